-- The family of each document before the first round: none has one.
SELECT path, id AS family FROM ballots WHERE round < 0

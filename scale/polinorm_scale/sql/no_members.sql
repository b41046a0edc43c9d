-- The family of each document before the first round: none has one.
SELECT document_id, id AS family FROM ballots WHERE round < 0

-- What the documents without a family vote for in a round.
WITH settled AS (SELECT path, family AS has_family FROM members)
SELECT path, id AS family
FROM ballots LEFT JOIN settled USING (path)
WHERE round = :round AND has_family IS NULL

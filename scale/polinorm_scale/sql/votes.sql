-- What the documents without a family vote for in a round.
WITH settled AS (SELECT document_id, family AS has_family FROM members)
SELECT document_id, id AS family
FROM ballots LEFT JOIN settled USING (document_id)
WHERE round = :round AND has_family IS NULL

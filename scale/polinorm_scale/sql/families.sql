-- The documents of each family. One document alone is none.
WITH sizes AS (SELECT family, count(*) AS documents FROM members GROUP BY family HAVING count(*) > 1)
SELECT family, id, path
FROM (SELECT family, document_id AS id FROM members JOIN sizes USING (family)) AS held JOIN (SELECT id, path FROM documents) AS named USING (id)

-- The documents of each family. One document alone is none.
WITH sizes AS (SELECT family, count(*) AS documents FROM members GROUP BY family HAVING count(*) > 1)
SELECT family, path FROM members JOIN sizes USING (family)

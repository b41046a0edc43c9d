-- What is undecided without those that are like one that leads.
WITH alike AS (SELECT DISTINCT id, 1 AS is_alike FROM resembled WHERE changes IS NOT NULL)
SELECT id, rank, band FROM undecided LEFT JOIN alike USING (id) WHERE is_alike IS NULL

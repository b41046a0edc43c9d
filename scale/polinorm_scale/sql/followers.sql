-- What is undecided without those that lead.
WITH ahead AS (SELECT DISTINCT id, 1 AS is_ahead FROM leaders)
SELECT id, rank, band FROM undecided LEFT JOIN ahead USING (id) WHERE is_ahead IS NULL

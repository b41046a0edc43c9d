-- Tables that are not shared as a whole and have rows that are, with these rows.
WITH whole AS (SELECT id AS row_of, 1 AS is_whole FROM templates WHERE platforms >= :min_documents),
rows_shared AS (SELECT id FROM templates WHERE is_row = 1 AND platforms >= :min_documents)
SELECT DISTINCT id, row_of
FROM mentions JOIN rows_shared USING (id) LEFT JOIN whole USING (row_of)
WHERE row_of IS NOT NULL AND is_whole IS NULL

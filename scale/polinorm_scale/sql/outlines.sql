-- The words of each document, without furniture and tables of cookies. A shared template has the words of its longest form.
WITH shared AS (SELECT id, words AS weight FROM templates WHERE is_row = 0)
SELECT document_id, CAST(sum(CASE WHEN cookie_table THEN 0 ELSE coalesce(weight, words) END) AS BIGINT) AS words
FROM mentions LEFT JOIN shared USING (id)
WHERE row_of IS NULL AND kind <> 'furniture'
GROUP BY document_id

-- What of a document's words stands in each shared template that it holds: in tables of cookies, and elsewhere. Furniture counts nowhere.
WITH shared AS (SELECT id, words AS weight FROM templates WHERE is_row = 0)
SELECT
    document_id, id,
    CAST(sum(CASE WHEN cookie_table THEN weight ELSE 0 END) AS BIGINT) AS tables,
    CAST(sum(CASE WHEN cookie_table THEN 0 ELSE weight END) AS BIGINT) AS prose
FROM mentions JOIN shared USING (id)
WHERE row_of IS NULL AND kind <> 'furniture'
GROUP BY document_id, id

-- Texts that enough platforms share, with slots: documents, platforms, forms, the share of all documents. A row of a table is one where it
-- stands in a table that is not shared as a whole. Texts are near-duplicates of such as have a lower rank.
WITH used_rows AS (SELECT DISTINCT id FROM parted),
used AS (
    SELECT id, documents, platforms, is_row FROM templates WHERE is_row = 0 AND platforms >= :min_documents
    UNION ALL
    SELECT id, documents, platforms, is_row FROM templates JOIN used_rows USING (id) WHERE is_row = 1
),
shown AS (SELECT id, text AS template FROM forms WHERE place = 1),
printed AS (SELECT id, count(*) AS forms FROM forms GROUP BY id),
-- As the program rounds: four places of a share like 0.01585 would be those of the number a little below it.
total AS (SELECT count(*) AS of_documents FROM documents WHERE error IS NULL)
SELECT
    id, template, documents, platforms, forms, round(documents / of_documents * 10000) / 10000 AS share, is_row = 1 AS is_row,
    concat(
        lpad(CAST(999999999999 - platforms AS STRING), 12, '0'), lpad(CAST(999999999999 - documents AS STRING), 12, '0'), id
    ) AS rank
FROM used JOIN shown USING (id) JOIN printed USING (id) CROSS JOIN total

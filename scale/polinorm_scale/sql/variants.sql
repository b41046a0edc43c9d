-- The texts that too few platforms share and that are near-duplicates of one that enough do.
WITH counted AS (
    SELECT id, count(DISTINCT document_id) AS documents, count(DISTINCT platform) AS platforms
    FROM mentions JOIN (SELECT id FROM near_likest) AS alike USING (id)
    GROUP BY id
),
shown AS (SELECT id, text AS template FROM variant_forms WHERE place = 1),
printed AS (SELECT id, count(*) AS forms FROM variant_forms GROUP BY id),
total AS (SELECT count(*) AS of_documents FROM documents WHERE error IS NULL)
SELECT
    id, template, documents, platforms, forms, round(documents / of_documents * 10000) / 10000 AS share, FALSE AS is_row, variant_of,
    similarity, changes
FROM counted JOIN near_likest USING (id) JOIN shown USING (id) JOIN printed USING (id) CROSS JOIN total

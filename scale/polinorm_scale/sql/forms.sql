-- The printed forms of templates, with slots. Place 1 is the one that is shown: the most frequent, ties by text, then by kind.
WITH counted AS (
    SELECT id, form, kind, count(*) AS documents
    FROM (SELECT DISTINCT id, form, kind, document_id FROM mentions) AS held
    GROUP BY id, form, kind
),
texts AS (
    SELECT block.id AS id, block.form AS form, max(block.text) AS text
    FROM (SELECT explode(blocks) AS block FROM documents) AS held
    GROUP BY block.id, block.form
),
shown AS (SELECT DISTINCT id FROM :templates)
SELECT
    id, form, text, kind, documents,
    row_number() OVER (
        PARTITION BY id
        ORDER BY
            documents DESC, text,
            CASE kind WHEN 'heading' THEN 0 WHEN 'paragraph' THEN 1 WHEN 'list_item' THEN 2 WHEN 'table' THEN 3 ELSE 4 END
    ) AS place
FROM counted JOIN shown USING (id) JOIN texts USING (id, form)

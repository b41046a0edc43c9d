-- Texts that too few platforms share, each as one of its forms: what `polinorm stream --signature` is asked. No rows, nor tables that are
-- parted into rows.
WITH parted_tables AS (SELECT DISTINCT row_of AS id, 1 AS is_parted FROM parted),
held AS (
    SELECT id, count(DISTINCT platform) AS platforms, max(CASE WHEN row_of IS NULL THEN 0 ELSE 1 END) AS is_row
    FROM mentions
    GROUP BY id
),
few AS (
    SELECT id
    FROM held LEFT JOIN parted_tables USING (id)
    WHERE platforms < :min_documents AND is_row = 0 AND is_parted IS NULL
),
texts AS (SELECT block.id AS id, block.text AS text FROM (SELECT explode(blocks) AS block FROM documents) AS held_blocks)
SELECT id, max(text) AS text FROM texts JOIN few USING (id) GROUP BY id

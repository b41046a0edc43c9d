-- The blocks of each document and the rows of its tables, without their texts.
SELECT
    document_id, platform, block.position AS position, block.id AS id, block.form AS form, block.kind AS kind, CAST(block.words AS BIGINT) AS words,
    block.cookie_table AS cookie_table, block.own AS own, block.row_of AS row_of
FROM (SELECT id AS document_id, platform, explode(blocks) AS block FROM documents) AS held

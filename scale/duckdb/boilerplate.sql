-- Templates that documents of two platforms or more hold: documents, platforms, forms, and the share of all documents.
-- A platform is a host less "www.", else a name, else the document itself.
CREATE OR REPLACE VIEW boilerplate AS
WITH held AS (
    SELECT DISTINCT
        document.source.path AS path,
        coalesce(
            'host ' || regexp_replace(document.platform.host, '^www[.]', ''),
            'name ' || lower(document.platform.name),
            'path ' || document.source.path
        ) AS platform,
        unnest(document.blocks) AS block
    FROM documents
)
SELECT
    block.id AS id,
    count(DISTINCT path) AS documents,
    count(DISTINCT platform) AS platforms,
    count(DISTINCT block.form || ' ' || block.kind) AS forms,
    -- As the program rounds: four places of a share like 0.01585 would be those of the number a little below it.
    round(count(DISTINCT path)::DOUBLE / (SELECT count(*) FROM documents WHERE error IS NULL) * 10000) / 10000 AS share
FROM held
WHERE block.id <> ''
GROUP BY block.id
HAVING count(DISTINCT platform) >= 2;

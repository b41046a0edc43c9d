-- Templates that documents of two platforms or more hold: documents, platforms, forms, and the share of all documents.
-- A platform is a host less "www.", else a name, else the document itself.
WITH held AS (
    SELECT DISTINCT
        path,
        coalesce('host ' || regexp_replace(platform_host, '^www[.]', ''), 'name ' || lower(platform_name), 'path ' || path) AS platform,
        block.id AS id,
        block.form AS form,
        block.kind AS kind
    FROM (SELECT path, platform_host, platform_name, explode(blocks) AS block FROM documents)
)
SELECT
    id,
    count(DISTINCT path) AS documents,
    count(DISTINCT platform) AS platforms,
    count(DISTINCT form || ' ' || kind) AS forms,
    -- As the program rounds: four places of a share like 0.01585 would be those of the number a little below it.
    round(count(DISTINCT path) / (SELECT count(path) FROM documents WHERE error IS NULL) * 10000) / 10000 AS share
FROM held
WHERE id <> ''
GROUP BY id
HAVING count(DISTINCT platform) >= 2

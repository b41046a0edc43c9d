-- Each family with what it agrees on, as JSON, or an error where that could not be told.
WITH sizes AS (
    SELECT family, count(*) AS documents, count(DISTINCT platform) AS platforms
    FROM families JOIN (SELECT id, platform FROM documents) AS held USING (id)
    GROUP BY family
)
SELECT family, documents, platforms, consensus, error, message FROM sizes JOIN agreed USING (family)

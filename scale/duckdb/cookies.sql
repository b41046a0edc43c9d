-- The cookie rows of `documents`, each with the path, host and date of its document.
CREATE OR REPLACE VIEW cookies AS
SELECT
    path, platform_host, date, c.name, c.pattern, c.storage, c.provider, c.domain, c.party, c.function, c.location, c.purpose, c.category,
    c.category_raw, c.duration.raw AS duration_raw, c.duration.iso8601 AS duration_iso8601, c.duration.seconds AS duration_seconds, c.found_in,
    c.evidence.line AS line, c.evidence.page AS page
FROM (
    SELECT document.source.path AS path, document.platform.host AS platform_host, document.date.value AS date, unnest(document.cookies) AS c
    FROM documents
);

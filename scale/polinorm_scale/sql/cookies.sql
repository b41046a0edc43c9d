-- The cookie rows of documents, each with the id, path, host and date of its document.
SELECT id, path, platform_host, date, cookie.*
FROM (SELECT id, path, platform_host, date, explode(cookies) AS cookie FROM documents) AS declared

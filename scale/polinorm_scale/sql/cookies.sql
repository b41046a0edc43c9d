-- The cookie rows of documents, each with the path, host and date of its document.
SELECT path, platform_host, date, cookie.*
FROM (SELECT path, platform_host, date, explode(cookies) AS cookie FROM documents) AS declared

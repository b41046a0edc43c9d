-- The cookie rows of `documents`, each with the path, host and date of its document.
SELECT d.path, d.platform_host, d.date, c.*
FROM (SELECT path, platform_host, date, explode(cookies) AS c FROM documents) AS d

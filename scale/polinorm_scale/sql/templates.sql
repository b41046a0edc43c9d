-- Templates that documents of two platforms or more hold: words of the longest form, documents, platforms, and whether they are of rows of
-- tables. Documents are counted, never brought together: first those of each id, one row for each, then ids.
SELECT id, max(words) AS words, count(*) AS documents, count(DISTINCT platform) AS platforms, max(is_row) AS is_row
FROM (
    SELECT id, document_id, platform, max(words) AS words, max(CASE WHEN row_of IS NULL THEN 0 ELSE 1 END) AS is_row
    FROM mentions
    GROUP BY id, document_id, platform
) AS held
GROUP BY id
HAVING count(DISTINCT platform) > 1

-- Texts, with the originals before them where they have a band in common.
WITH pairs AS (
    SELECT DISTINCT banded.id AS id, originals.id AS original
    FROM banded JOIN originals ON banded.band = originals.band
    WHERE originals.rank < banded.rank
)
SELECT id, original, template AS text FROM pairs JOIN shared_lines USING (id)

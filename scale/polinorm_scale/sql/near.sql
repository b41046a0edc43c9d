-- Texts that too few platforms share, with the originals that they have a band in common with.
WITH signed AS (SELECT id, explode(bands) AS band FROM other_signatures)
SELECT DISTINCT signed.id AS id, originals.id AS original FROM signed JOIN originals ON signed.band = originals.band

-- Texts that nothing before them is left undecided of: no band that is still open has one of a lower rank. They are near-duplicates of
-- nothing, since what is like an original is decided already.
WITH full_bands AS (SELECT band, 1 AS is_full FROM originals GROUP BY band HAVING count(*) >= 16),
open_bands AS (SELECT id, rank, band FROM undecided LEFT JOIN full_bands USING (band) WHERE is_full IS NULL),
firsts AS (SELECT band, min(rank) AS first_rank FROM open_bands GROUP BY band),
behind AS (SELECT DISTINCT id, 1 AS is_behind FROM open_bands JOIN firsts USING (band) WHERE rank > first_rank),
ahead AS (SELECT id, rank, band FROM undecided LEFT JOIN behind USING (id) WHERE is_behind IS NULL)
SELECT id, rank, band, coalesce(is_full, 0) AS is_full FROM ahead LEFT JOIN full_bands USING (band)

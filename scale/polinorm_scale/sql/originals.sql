-- With those that lead. At most sixteen texts are found by a band.
SELECT id, rank, band FROM originals
UNION ALL
SELECT id, rank, band FROM leaders WHERE is_full = 0

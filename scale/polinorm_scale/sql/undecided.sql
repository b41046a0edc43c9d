-- Texts of which it is not known yet whether they are near-duplicates, under each of their bands: all.
SELECT id, rank, band FROM banded

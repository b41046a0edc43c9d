-- Texts that are no near-duplicates, under each of their bands that finds them: none yet.
SELECT id, rank, band FROM banded WHERE band IS NULL

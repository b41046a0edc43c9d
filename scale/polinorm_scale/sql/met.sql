-- Undecided texts, with those that lead where they have a band in common.
WITH pairs AS (
    SELECT DISTINCT undecided.id AS id, leaders.id AS original
    FROM undecided JOIN leaders ON undecided.band = leaders.band
    WHERE is_full = 0
)
SELECT id, original, template AS text FROM pairs JOIN shared_lines USING (id)

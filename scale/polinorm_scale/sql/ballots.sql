-- What a document votes for in each round: its shared templates of five words or more, the heaviest first, ties by id.
SELECT path, id, round
FROM (
    SELECT path, id, row_number() OVER (PARTITION BY path ORDER BY words * (platforms - 1) DESC, id) - 1 AS round
    FROM stretches JOIN templates USING (id)
    WHERE words >= 5
) AS ranked
WHERE round < 16

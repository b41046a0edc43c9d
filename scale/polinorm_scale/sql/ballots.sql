-- What a document votes for in each round: its shared templates of five words or more, the heaviest first, ties by id.
SELECT document_id, id, round
FROM (
    SELECT document_id, id, row_number() OVER (PARTITION BY document_id ORDER BY words * (platforms - 1) DESC, id) - 1 AS round
    FROM stretches JOIN templates USING (id)
    WHERE words >= 5
) AS ranked
WHERE round < 16

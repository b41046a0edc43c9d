-- The text that each one is a near-duplicate of: that which it resembles most, ties by rank.
WITH ranks AS (SELECT id AS original, rank AS original_rank FROM shared_lines),
ranked AS (
    SELECT
        id, original, similarity, changes,
        row_number() OVER (PARTITION BY id ORDER BY similarity DESC, original_rank) AS place
    FROM :likenesses JOIN ranks USING (original)
    WHERE changes IS NOT NULL
)
SELECT id, original AS variant_of, round(similarity * 10000) / 10000 AS similarity, changes FROM ranked WHERE place = 1

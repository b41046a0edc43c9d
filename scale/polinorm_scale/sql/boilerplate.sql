-- The texts that enough platforms share, with what they are near-duplicates of.
SELECT id, template, documents, platforms, forms, share, is_row, variant_of, similarity, changes
FROM shared_lines LEFT JOIN likest USING (id)

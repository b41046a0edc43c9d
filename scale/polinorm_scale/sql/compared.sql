-- What `polinorm stream --resemblance` is asked.
WITH originals_shown AS (SELECT id AS original, template AS original_text FROM shared_lines)
SELECT id, original, text, original_text FROM :met JOIN originals_shown USING (original)

-- Texts that enough platforms share: what `polinorm stream --signature` is asked.
SELECT id, template AS text FROM shared_lines

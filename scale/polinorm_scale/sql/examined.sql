-- What `polinorm stream --flags` is asked: each document with what its family agrees on, if it has one.
WITH standards AS (SELECT family, consensus, error AS family_error, message AS family_message FROM consensus)
SELECT id, path, document, family, consensus, family_error, family_message
FROM documents LEFT JOIN (SELECT id, family FROM families) AS held USING (id) LEFT JOIN standards USING (family)
WHERE error IS NULL

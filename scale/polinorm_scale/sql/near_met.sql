-- These texts as they are shown.
SELECT near.id AS id, original, text FROM near JOIN variant_forms ON near.id = variant_forms.id WHERE place = 1

-- The bands of the signatures of texts that are shared.
SELECT id, rank, band FROM (SELECT id, explode(bands) AS band FROM signatures) AS signed JOIN shared_lines USING (id)

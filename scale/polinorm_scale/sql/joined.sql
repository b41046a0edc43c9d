-- Who of the voters of a round becomes a member: at least half of its words stand in templates that more than half of those hold who vote
-- for the same template or are members of its family.
WITH together AS (
    SELECT document_id, family FROM members
    UNION ALL
    SELECT document_id, family FROM votes
),
sizes AS (SELECT family, count(*) AS voters FROM together GROUP BY family HAVING count(*) > 1),
held AS (SELECT family, id, count(*) AS holders FROM together JOIN stretches USING (document_id) GROUP BY family, id),
common AS (SELECT family, id FROM held JOIN sizes USING (family) WHERE holders * 2 > voters),
shares AS (
    SELECT document_id, family, sum(tables) AS tables, sum(prose) AS prose
    FROM votes JOIN stretches USING (document_id) JOIN common USING (family, id)
    GROUP BY document_id, family
)
SELECT document_id, family
FROM shares JOIN outlines USING (document_id)
WHERE tables + prose > 0 AND (tables + prose) * 2 >= words + tables

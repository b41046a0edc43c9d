-- The family of each document after a round that some have joined one in: the largest whose common text holds half of its words, of families
-- of one size that with most of its words, of such the first by id; else the one that it had. Templates that more than eight families have
-- in common lead to none, but count once another has led there.
WITH together AS (
    SELECT document_id, family FROM members
    UNION ALL
    SELECT document_id, family FROM joined
),
sizes AS (SELECT family, count(*) AS voters FROM together GROUP BY family HAVING count(*) > 1),
held AS (SELECT family, id, count(*) AS holders FROM together JOIN stretches USING (document_id) GROUP BY family, id),
-- Counted before documents come in: a heading that all families have would else meet each of them in each document.
common AS (
    SELECT family, id, voters, count(*) OVER (PARTITION BY id) AS families
    FROM held JOIN sizes USING (family)
    WHERE holders * 2 > voters
),
near_ids AS (SELECT family, id, voters FROM common WHERE families <= 8),
near AS (
    SELECT document_id, family, voters, sum(tables) AS tables, sum(prose) AS prose
    FROM stretches JOIN near_ids USING (id)
    GROUP BY document_id, family, voters
),
spread AS (SELECT DISTINCT id FROM common WHERE families > 8),
everybodys AS (SELECT document_id, id, tables AS far_tables, prose AS far_prose FROM stretches JOIN spread USING (id)),
far AS (
    SELECT document_id, family, sum(far_tables) AS far_tables, sum(far_prose) AS far_prose
    FROM near JOIN everybodys USING (document_id) JOIN common USING (family, id)
    GROUP BY document_id, family
),
shares AS (
    SELECT
        document_id, family, voters, tables + prose AS near_words, tables + coalesce(far_tables, 0) AS tables,
        tables + prose + coalesce(far_tables, 0) + coalesce(far_prose, 0) AS share
    FROM near LEFT JOIN far USING (document_id, family)
),
ranked AS (
    SELECT document_id, family, row_number() OVER (PARTITION BY document_id ORDER BY voters DESC, near_words DESC, family) AS place
    FROM shares JOIN outlines USING (document_id)
    WHERE share > 0 AND share * 2 >= words + tables
),
best AS (SELECT document_id, family AS best_family FROM ranked WHERE place = 1)
SELECT document_id, best_family AS family FROM best
UNION ALL
SELECT document_id, family FROM together LEFT JOIN best USING (document_id) WHERE best_family IS NULL

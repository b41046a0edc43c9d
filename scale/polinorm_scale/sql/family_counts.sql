-- What the documents of each family state and how many do: what `polinorm stream --consensus` is asked.
WITH stated AS (
    SELECT document_id, statement.subject AS subject, statement.name AS name, statement.field AS field, statement.value AS value
    FROM (SELECT id AS document_id, explode(statements) AS statement FROM documents) AS said
),
members_of AS (SELECT family, id AS document_id FROM families),
shared AS (SELECT id FROM templates),
firsts AS (SELECT document_id, id, min(position) AS position FROM mentions JOIN shared USING (id) WHERE own GROUP BY document_id, id),
ordered AS (SELECT document_id, id, lag(id) OVER (PARTITION BY document_id ORDER BY position) AS before FROM firsts),
orders AS (SELECT family, id, before, count(*) AS documents FROM ordered JOIN members_of USING (document_id) GROUP BY family, id, before),
blocks AS (SELECT family, id, CAST(sum(documents) AS BIGINT) AS held FROM orders GROUP BY family, id HAVING sum(documents) > 1),
shown AS (SELECT id, kind, text FROM forms WHERE place = 1),
counted AS (
    SELECT
        family, 'documents' AS subject, CAST(NULL AS STRING) AS name, CAST(NULL AS STRING) AS field, CAST(NULL AS STRING) AS value,
        count(*) AS documents
    FROM families
    GROUP BY family
    UNION ALL
    SELECT family, subject, name, field, value, count(*) AS documents
    FROM stated JOIN members_of USING (document_id)
    GROUP BY family, subject, name, field, value
    UNION ALL
    SELECT family, 'block' AS subject, id AS name, kind AS field, text AS value, held AS documents
    FROM blocks JOIN shown USING (id)
    UNION ALL
    SELECT family, 'order' AS subject, id AS name, CAST(NULL AS STRING) AS field, before AS value, documents
    FROM orders JOIN blocks USING (family, id)
)
-- Documents have been counted: what is brought together here are the different things that they state.
SELECT family, collect_list(struct(subject, name, field, value, documents)) AS counts
FROM counted
GROUP BY family

-- What `polinorm stream --sketch` wrote, a row for each line, as the job of Spark has it. The variable `answers` names the file.
SELECT
    id->>'$' AS id,
    coalesce(document->>'$.source.path', error.path) AS path,
    error.code AS error,
    error.message AS message,
    document->>'$.platform.host' AS platform_host,
    document->>'$.platform.domain' AS platform_domain,
    document->>'$.platform.name' AS platform_name,
    document->>'$.date.value' AS date,
    list_transform(
        from_json(
            document->'$.cookies',
            '[{
                "name": "VARCHAR", "pattern": "VARCHAR", "storage": "VARCHAR", "provider": "VARCHAR", "domain": ["VARCHAR"], "party": "VARCHAR",
                "function": "VARCHAR", "location": "VARCHAR", "purpose": "VARCHAR", "category": "VARCHAR", "category_raw": "VARCHAR",
                "duration": {"raw": "VARCHAR", "iso8601": "VARCHAR", "seconds": "BIGINT"}, "found_in": "VARCHAR",
                "evidence": {"line": "BIGINT", "page": "BIGINT"}
            }]'
        ),
        lambda c: {
            name: c.name, pattern: c.pattern, storage: c.storage, provider: c.provider, domain: c.domain, party: c.party, function: c.function,
            location: c.location, purpose: c.purpose, category: c.category, category_raw: c.category_raw, duration_raw: c.duration.raw,
            duration_iso8601: c.duration.iso8601, duration_seconds: c.duration.seconds, found_in: c.found_in, line: c.evidence.line,
            page: c.evidence.page
        }
    ) AS cookies,
    sketch.platform AS platform,
    list_transform(
        sketch.blocks,
        lambda b, i: {
            position: i - 1, id: b.id, form: b.form, kind: b.kind, words: b.words, cookie_table: b.cookie_table, own: b.own, text: b.text,
            row_of: b.row_of
        }
    ) AS blocks,
    sketch.statements AS statements,
    CAST(document AS VARCHAR) AS document
FROM read_json(
    getvariable('answers'),
    format = 'newline_delimited',
    maximum_object_size = 268435456,
    columns = {
        id: 'JSON',
        document: 'JSON',
        sketch: 'STRUCT(
            platform VARCHAR,
            blocks STRUCT(
                id VARCHAR, form VARCHAR, kind VARCHAR, words BIGINT, cookie_table BOOLEAN, own BOOLEAN, text VARCHAR, row_of VARCHAR
            )[],
            statements STRUCT(subject VARCHAR, name VARCHAR, field VARCHAR, value VARCHAR)[]
        )',
        error: 'STRUCT(path VARCHAR, code VARCHAR, message VARCHAR, remedy VARCHAR)'
    }
)

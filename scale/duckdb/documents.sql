-- What `polinorm stream` wrote, as a table with a row for each line: SET VARIABLE answers = 'answers.ndjson' names the file.
CREATE OR REPLACE TABLE documents AS
SELECT id, document, error
FROM read_json(
    getvariable('answers'),
    format = 'newline_delimited',
    maximum_object_size = 268435456,
    columns = {
        id: 'JSON',
        document: 'STRUCT(
            source STRUCT(path VARCHAR),
            platform STRUCT(host VARCHAR, domain VARCHAR, name VARCHAR),
            date STRUCT(value VARCHAR),
            cookies STRUCT(
                name VARCHAR, pattern VARCHAR, storage VARCHAR, provider VARCHAR, domain VARCHAR[], party VARCHAR, function VARCHAR,
                location VARCHAR, purpose VARCHAR, category VARCHAR, category_raw VARCHAR,
                duration STRUCT(raw VARCHAR, iso8601 VARCHAR, seconds BIGINT), found_in VARCHAR, evidence STRUCT(line BIGINT, page BIGINT)
            )[],
            blocks STRUCT(id VARCHAR, form VARCHAR, kind VARCHAR)[]
        )',
        error: 'STRUCT(path VARCHAR, code VARCHAR, message VARCHAR, remedy VARCHAR)'
    }
);

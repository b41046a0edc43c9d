"""The extraction as PySpark DataFrames. Written against the DataFrame API alone, so that it runs on Apache Spark and on Sail alike.

Frames in have the columns `id` (string) and, as far as they have them, `path`, `media_type`, `text`, `html`, `bytes` (binary). Rows out
are as many as rows in.
"""

import base64
import importlib.resources
import json

import pyarrow

from .coprocess import Coprocess

COOKIE = """struct<name: string, pattern: string, storage: string, provider: string, domain: array<string>, party: string, function: string,
    location: string, purpose: string, category: string, category_raw: string, duration_raw: string, duration_iso8601: string,
    duration_seconds: bigint, found_in: string, line: bigint, page: bigint>"""

DOCUMENTS = f"""id string, path string, error string, message string, platform_host string, platform_domain string, platform_name string,
    date string, cookies array<{COOKIE}>, blocks array<struct<id: string, form: string, kind: string>>, document string"""

FLAGS = "id string, path string, error string, message string, flags array<string>"


def documents(frame, program="polinorm", arguments=("--jobs", "1"), deadline=120.0):
    """A row for each row: the document as JSON, its rows and blocks as columns, or an error with its message."""
    return frame.mapInArrow(_asking(_request, _document, program, arguments, deadline, _DOCUMENTS), DOCUMENTS)


def flags(frame, program="polinorm", arguments=("--jobs", "1"), deadline=120.0):
    """The flags of each row of `id`, `document`, `consensus`, `family`, the middle two JSON."""
    arguments = ("--flags", *arguments)
    return frame.mapInArrow(_asking(_flag_request, _flags, program, arguments, deadline, _FLAGS), FLAGS)


def cookies(documents):
    """The cookie rows of documents, with the path of each."""
    return _query("cookies", documents)


def boilerplate(documents):
    """Templates that documents of two platforms or more hold, with counts: group-bys that never bring the documents of an id together."""
    return _query("boilerplate", documents)


def write(documents, folder, shards):
    """Writes documents as Parquet, in shards by the registrable domain, sorted within. A shard holds all documents of its domains, so
    that a shard written again replaces itself and nothing else."""
    functions = _functions()
    shard = functions.pmod(functions.xxhash64(functions.coalesce("platform_domain", "path")), functions.lit(shards))
    sorted_shards = documents.withColumn("shard", shard).repartition(shards, "shard").sortWithinPartitions("shard", "platform_domain", "path")
    sorted_shards.write.mode("overwrite").partitionBy("shard").parquet(folder)


def _functions():
    # A worker that only extracts has no need of Spark's side.
    from pyspark.sql import functions
    return functions


def _query(name, documents):
    text = importlib.resources.files(__package__).joinpath(f"sql/{name}.sql").read_text()
    documents.createOrReplaceTempView("documents")
    return documents.sparkSession.sql(text)


def _asking(request, row, program, arguments, deadline, schema):
    """A function of record batches for `mapInArrow`: one process for each partition, kept running from batch to batch."""

    def ask(batches):
        with Coprocess(program, arguments, deadline) as coprocess:
            for batch in batches:
                asked = batch.to_pylist()
                answers = coprocess.answers([request(record) for record in asked])
                rows = [row(record["id"], answer) for record, answer in zip(asked, answers, strict=True)]
                yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)

    return ask


def _request(row):
    record = {key: row[key] for key in ("id", "path", "media_type", "text", "html") if row.get(key) is not None}
    if row.get("bytes") is not None:
        record["bytes_base64"] = base64.b64encode(row["bytes"]).decode()
    return record


def _flag_request(row):
    loaded = {key: json.loads(row[key]) if row[key] else None for key in ("document", "consensus")}
    return {"id": row["id"], "family": row["family"], **loaded}


def _document(asked, answer):
    document, error = answer["document"], answer["error"]
    row = _row(asked, answer)
    if error:
        return {**row, "path": error["path"]}
    platform = document["platform"] or {}
    return {
        **row,
        "path": document["source"]["path"],
        **{f"platform_{field}": platform.get(field) for field in ("host", "domain", "name")},
        "date": (document["date"] or {}).get("value"),
        "cookies": [_cookie(cookie) for cookie in document["cookies"]],
        "blocks": [{field: block[field] for field in ("id", "form", "kind")} for block in document["blocks"]],
        "document": json.dumps(document, ensure_ascii=False, separators=(",", ":")),
    }


def _cookie(cookie):
    duration, evidence = cookie["duration"] or {}, cookie["evidence"]
    durations = {f"duration_{field}": duration.get(field) for field in ("raw", "iso8601", "seconds")}
    return {**cookie, **durations, "line": evidence["line"], "page": evidence["page"]}


def _flags(asked, answer):
    given = answer["flags"]
    return {**_row(asked, answer), "flags": given and [json.dumps(flag, ensure_ascii=False, separators=(",", ":")) for flag in given]}


def _row(asked, answer):
    error = answer["error"] or {}
    return {"id": asked, "path": error.get("path"), "error": error.get("code"), "message": error.get("message")}


def _strings(*names):
    return [(name, pyarrow.string()) for name in names]


_COOKIE = pyarrow.struct([
    *_strings("name", "pattern", "storage", "provider"),
    ("domain", pyarrow.list_(pyarrow.string())),
    *_strings("party", "function", "location", "purpose", "category", "category_raw", "duration_raw", "duration_iso8601"),
    ("duration_seconds", pyarrow.int64()),
    *_strings("found_in"),
    ("line", pyarrow.int64()),
    ("page", pyarrow.int64()),
])
_DOCUMENTS = pyarrow.schema([
    *_strings("id", "path", "error", "message", "platform_host", "platform_domain", "platform_name", "date"),
    ("cookies", pyarrow.list_(_COOKIE)),
    ("blocks", pyarrow.list_(pyarrow.struct(_strings("id", "form", "kind")))),
    *_strings("document"),
])
_FLAGS = pyarrow.schema([*_strings("id", "path", "error", "message"), ("flags", pyarrow.list_(pyarrow.string()))])

"""What is asked of `polinorm stream`, and its answers, as rows of Arrow. Knows no data engine.

Each function here takes rows and gives rows batch by batch, with one process that is kept running, as `mapInArrow` of Spark wants it.
"""

import base64
import dataclasses
import itertools
import json

import pyarrow

from .coprocess import Coprocess

# Records that are asked together: so many are held, with their answers.
TOGETHER = 64


@dataclasses.dataclass(frozen=True)
class Program:
    """How the program is run: a process for each partition, with these arguments, and the longest time in seconds without any answer."""

    path: str = "polinorm"
    arguments: tuple = ("--jobs", "1")
    deadline: float = 120.0

    def answers(self, mode, records, requests):
        """Pairs of a record and its answer, in order; `requests` makes of a record what is asked."""
        with Coprocess(self.path, (mode, *self.arguments), self.deadline) as coprocess:
            while some := list(itertools.islice(records, TOGETHER)):
                yield from zip(some, coprocess.answers([requests(record) for record in some]), strict=True)


def documents(program):
    """Of rows of `id`, `path`, `media_type`, and `text`, `html` or `bytes`: a row for each, the document or an error."""
    return _asker(lambda batches: (_document(row["id"], answer) for row, answer in program.answers("--sketch", _rows(batches), request)), DOCUMENTS)


def consensus(program):
    """Of families with their counts: a row for each."""
    return _asker(lambda batches: (_agreed(*pair) for pair in program.answers("--consensus", _rows(batches), _counts)), AGREED)


def signatures(program):
    """Of texts: a row for each, with the bands of its signature, if they can be told."""
    return _asker(lambda batches: (_signed(*pair) for pair in program.answers("--signature", _rows(batches), dict)), SIGNED)


def resemblances(program):
    """Of pairs of texts: a row for each, with what changed if the one is a near-duplicate of the other."""
    return _asker(lambda batches: (_resembled(*pair) for pair in program.answers("--resemblance", _rows(batches), _pair)), RESEMBLED)


def flags(program):
    """Of documents, each with what its family agrees on: a row for each. Where that could not be told there are no flags, but its error."""
    return _asker(lambda batches: (_flagged(*pair) for pair in program.answers("--flags", _rows(batches), _flag_request)), FLAGS)


def request(row):
    """What is asked for a row with a document."""
    record = {key: row[key] for key in ("id", "path", "media_type", "text", "html") if row.get(key) is not None}
    if row.get("bytes") is not None:
        record["bytes_base64"] = base64.b64encode(row["bytes"]).decode()
    return record


def _asker(answered, schema):
    """A function from batches to batches, of one from batches to rows."""

    def ask(batches):
        rows = answered(batches)
        while some := list(itertools.islice(rows, TOGETHER)):
            yield pyarrow.RecordBatch.from_pylist(some, schema=schema)

    return ask


def _rows(batches):
    for batch in batches:
        for start in range(0, batch.num_rows, TOGETHER):
            yield from batch.slice(start, TOGETHER).to_pylist()


def _document(asked, answer):
    document, sketch, error = answer["document"], answer["sketch"], answer["error"]
    row = {"id": asked, **_failure(error)}
    if error:
        return {**row, "path": error["path"]}
    platform = document["platform"] or {}
    return {
        **row,
        "path": document["source"]["path"],
        **{f"platform_{field}": platform.get(field) for field in ("host", "domain", "name")},
        "date": (document["date"] or {}).get("value"),
        "cookies": [_cookie(cookie) for cookie in document["cookies"]],
        "platform": sketch["platform"],
        "blocks": [{"position": position, **block} for position, block in enumerate(sketch["blocks"])],
        "statements": sketch["statements"],
        "document": _json(document),
    }


def _cookie(cookie):
    duration, evidence = cookie["duration"] or {}, cookie["evidence"]
    durations = {f"duration_{field}": duration.get(field) for field in ("raw", "iso8601", "seconds")}
    return {**cookie, **durations, "line": evidence["line"], "page": evidence["page"]}


def _counts(row):
    request, blocks, orders = {"id": row["family"], "documents": 0, "statements": []}, [], {}
    for count in row["counts"]:
        match count["subject"]:
            case "documents":
                request["documents"] = count["documents"]
            case "block":
                blocks.append({"id": count["name"], "kind": count["field"], "text": count["value"], "documents": count["documents"]})
            case "order":
                orders.setdefault(count["name"], []).append({"id": count["value"], "documents": count["documents"]})
            case _:
                request["statements"].append(count)
    return {**request, "blocks": [{**block, "after": orders[block["id"]]} for block in blocks]}


def _agreed(row, answer):
    return {"family": row["family"], "consensus": _json(answer["consensus"]), **_failure(answer["error"])}


def _signed(row, answer):
    return {"id": row["id"], "bands": answer["bands"], **_failure(answer["error"])}


def _pair(row):
    return {"id": row["id"], "original": row["original_text"], "text": row["text"]}


def _resembled(row, answer):
    resemblance = answer["resemblance"] or {"similarity": None, "changes": None}
    return {"id": row["id"], "original": row["original"], **resemblance, **_failure(answer["error"])}


def _flag_request(row):
    if row["family_error"]:
        return {"id": row["id"]}
    loaded = {key: json.loads(row[key]) if row[key] else None for key in ("document", "consensus")}
    return {"id": row["id"], "family": row["family"], **loaded}


def _flagged(row, answer):
    failed = {"code": row["family_error"], "message": row["family_message"]} if row["family_error"] else answer["error"]
    flags = None if failed else [_json(flag) for flag in answer["flags"]]
    return {"id": row["id"], "path": row["path"], **_failure(failed), "family": row["family"], "flags": flags}


def _failure(error):
    error = error or {}
    return {"error": error.get("code"), "message": error.get("message")}


def _json(value):
    return value and json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
_BLOCK = pyarrow.struct([
    ("position", pyarrow.int64()),
    *_strings("id", "form", "kind"),
    ("words", pyarrow.int64()),
    ("cookie_table", pyarrow.bool_()),
    ("own", pyarrow.bool_()),
    *_strings("text", "row_of"),
])
_STATEMENT = pyarrow.struct(_strings("subject", "name", "field", "value"))

DOCUMENTS = pyarrow.schema([
    *_strings("id", "path", "error", "message", "platform_host", "platform_domain", "platform_name", "date"),
    ("cookies", pyarrow.list_(_COOKIE)),
    *_strings("platform"),
    ("blocks", pyarrow.list_(_BLOCK)),
    ("statements", pyarrow.list_(_STATEMENT)),
    *_strings("document"),
])
AGREED = pyarrow.schema(_strings("family", "consensus", "error", "message"))
SIGNED = pyarrow.schema([*_strings("id"), ("bands", pyarrow.list_(pyarrow.string())), *_strings("error", "message")])
RESEMBLED = pyarrow.schema([
    *_strings("id", "original"),
    ("similarity", pyarrow.float64()),
    ("changes", pyarrow.list_(pyarrow.struct(_strings("op", "text")))),
    *_strings("error", "message"),
])
FLAGS = pyarrow.schema([*_strings("id", "path", "error", "message", "family"), ("flags", pyarrow.list_(pyarrow.string()))])

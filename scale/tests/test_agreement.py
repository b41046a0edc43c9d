"""PySpark on Sail, DuckDB and the program itself agree to the row, on the samples and on generated documents."""

import json
import pathlib
import subprocess

import duckdb
import pyarrow
import pyarrow.parquet
import pytest

import polinorm_scale
from dataset import Dataset, boilerplate_row, cookie_row

COLUMNS = "id string, path string, bytes binary"
DUCKDB = pathlib.Path(__file__).resolve().parents[1] / "duckdb"


@pytest.fixture(params=["samples", "generated"])
def records(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def dataset(program, folder_of, records, tmp_path):
    return Dataset(program, folder_of(records), tmp_path / "out")


def frame(spark, records):
    return spark.createDataFrame([(record["id"], record["path"], bytearray(record["bytes"])) for record in records], COLUMNS).repartition(4)


def test_spark_agrees_with_the_program(spark, program, records, dataset, tmp_path):
    made = polinorm_scale.documents(frame(spark, records), program)
    made.write.mode("overwrite").parquet(str(tmp_path / "documents"))
    documents = spark.read.parquet(str(tmp_path / "documents"))
    assert documents.count() == len(records)
    stored = {row.path: json.loads(row.document) for row in documents.where("error IS NULL").select("path", "document").collect()}
    assert stored == {document["source"]["path"]: document for document in dataset.documents}
    assert sorted(cookie_row(row) for row in polinorm_scale.cookies(documents).collect()) == dataset.cookies()
    shared = sorted(boilerplate_row(row) for row in polinorm_scale.boilerplate(documents).collect())
    assert shared == dataset.boilerplate() and len(shared) > 5


def test_duckdb_agrees_with_the_program(program, records, dataset, tmp_path):
    answers = tmp_path / "answers.ndjson"
    lines = "".join(json.dumps(record) + "\n" for record in map(_request, records))
    answers.write_bytes(subprocess.run([program, "stream"], input=lines.encode(), capture_output=True, check=True).stdout)
    database = duckdb.connect()
    database.execute(f"SET VARIABLE answers = '{answers}'")
    for name in ("documents", "cookies", "boilerplate"):
        database.execute((DUCKDB / f"{name}.sql").read_text())
    assert len(_rows(database, "documents")) == len(records)
    assert sorted(cookie_row(row) for row in _rows(database, "cookies")) == dataset.cookies()
    assert sorted(boilerplate_row(row) for row in _rows(database, "boilerplate")) == dataset.boilerplate()


def _request(record):
    return polinorm_scale.job._request(record)


def _rows(database, view):
    rows = database.execute(f"SELECT * FROM {view}").fetchall()
    return [dict(zip([column[0] for column in database.description], row)) for row in rows]


def test_the_second_stream_raises_the_flags_of_the_program(spark, program, records, dataset, tmp_path):
    families = {family["id"]: json.dumps(family["consensus"]) for family in dataset.lines("families")}
    family_of = {line["source"]["path"]: line["family"] for line in dataset.lines("documents")}
    rows = [
        (document["source"]["path"], json.dumps(document), families.get(family_of[document["source"]["path"]]), family_of[document["source"]["path"]])
        for document in dataset.documents
    ]
    # By a file: a session takes 128 MB in one message.
    columns = dict(zip(("id", "document", "consensus", "family"), map(list, zip(*rows))))
    schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    pyarrow.parquet.write_table(pyarrow.table(columns, schema=schema), tmp_path / "asked.parquet")
    asked = spark.read.parquet(str(tmp_path / "asked.parquet")).repartition(3)
    answers = polinorm_scale.flags(asked, program).collect()
    assert len(answers) == len(rows) and not any(row.error for row in answers)
    flags = [json.loads(flag) for row in answers for flag in row.flags]
    by_id = lambda flag: json.dumps(flag, sort_keys=True)
    assert sorted(flags, key=by_id) == sorted(dataset.lines("flags"), key=by_id) and len(flags) > 5


def test_a_row_out_for_each_row_in_in_shards_of_whole_domains(spark, program, samples, tmp_path):
    odd = [{"id": "odd", "path": "odd.pdf", "bytes": b"%PDF-1.7 nothing"}, {"id": "empty", "path": "empty.txt", "bytes": b""}]
    made = polinorm_scale.documents(frame(spark, samples + odd), program)
    for _ in range(2):
        polinorm_scale.write(made, str(tmp_path / "shards"), 5)
    rows = spark.read.parquet(str(tmp_path / "shards")).select("id", "error", "shard", "platform_domain").collect()
    assert sorted(row.id for row in rows) == sorted(record["id"] for record in samples + odd)
    assert {row.error for row in rows if row.id in ("odd", "empty")} == {"damaged-pdf", "empty-file"}
    shards = {}
    for row in rows:
        shards.setdefault(row.platform_domain, set()).add(row.shard)
    assert all(len(held) == 1 for domain, held in shards.items() if domain)

"""PySpark on Sail, DuckDB and the program itself agree to the row, on the samples and on generated documents."""

import json
import os
import subprocess
import sys

import pyarrow.parquet
import pytest

import polinorm_scale
from dataset import Dataset, boilerplate_row, cookie_row, form_row, in_one_way
from polinorm_scale import asking, duckdb

COLUMNS = "id string, path string, bytes binary"


ODD = [{"id": "odd", "path": "odd.pdf", "bytes": b"%PDF-1.7 nothing"}, {"id": "empty", "path": "empty.txt", "bytes": b""}]


@pytest.fixture(params=["samples", "generated"])
def records(request):
    """Documents, and what is none."""
    return request.getfixturevalue(request.param) + ODD


@pytest.fixture
def dataset(program, folder_of, records, tmp_path):
    return Dataset(program, folder_of(records), tmp_path / "out")


def frame(spark, records):
    return spark.createDataFrame([(record["id"], record["path"], bytearray(record["bytes"])) for record in records], COLUMNS).repartition(4)


def sketched(program, records):
    """What `polinorm stream --sketch` answers to records."""
    lines = "".join(json.dumps(asking.request(record)) + "\n" for record in records)
    return subprocess.run([program, "stream", "--sketch"], input=lines.encode(), capture_output=True, check=True).stdout


def test_spark_agrees_with_the_program(spark, program, records, dataset, tmp_path):
    run = polinorm_scale.Program(program)
    made = polinorm_scale.documents(frame(spark, records), run)
    made.write.mode("overwrite").parquet(str(tmp_path / "documents"))
    documents = spark.read.parquet(str(tmp_path / "documents"))
    corpus = polinorm_scale.corpus(documents, str(tmp_path / "work"), run)
    rows = {name: [row.asDict(recursive=True) for row in getattr(corpus, name)().collect()] for name in duckdb.WRITTEN if name != "documents"}
    rows["documents"] = [row.asDict(recursive=True) for row in documents.collect()]
    hold(rows, records, dataset)
    hold_rounds(corpus, rows, records)


def test_duckdb_agrees_with_the_program(program, records, dataset, tmp_path):
    answers, out = tmp_path / "answers.ndjson", tmp_path / "tables"
    answers.write_bytes(sketched(program, records))
    corpus = duckdb.run(answers, out, polinorm_scale.Program(program, arguments=()))
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{name}.parquet" for name in duckdb.WRITTEN)
    rows = {name: pyarrow.parquet.read_table(out / f"{name}.parquet").to_pylist() for name in duckdb.WRITTEN}
    hold(rows, records, dataset)
    hold_rounds(corpus, rows, records)


def test_more_platforms_may_be_asked_of_boilerplate(program, folder_of, generated, tmp_path):
    records, answers, out = generated[:300], tmp_path / "answers.ndjson", tmp_path / "tables"
    dataset = Dataset(program, folder_of(records), tmp_path / "out", min_documents=4)
    answers.write_bytes(sketched(program, records))
    command = [sys.executable, "-m", "polinorm_scale.duckdb", answers, out, "--program", os.path.abspath(program), "--min-documents", "4"]
    subprocess.run(command, check=True)
    rows = {name: pyarrow.parquet.read_table(out / f"{name}.parquet").to_pylist() for name in duckdb.WRITTEN}
    hold(rows, records, dataset)
    assert {2, 3} & {line["platforms"] for line in rows["variants"]} and min(line["platforms"] for line in rows["boilerplate"]) == 4


def test_a_page_may_be_there_as_often_as_it_was_scraped(program, generated, tmp_path):
    def tables(name, records):
        (tmp_path / name).write_bytes(sketched(program, records))
        out = tmp_path / f"{name}-tables"
        duckdb.run(tmp_path / name, out, polinorm_scale.Program(program, arguments=()))
        return {name: pyarrow.parquet.read_table(out / f"{name}.parquet").to_pylist() for name in duckdb.WRITTEN}

    once = tables("once", generated[:60])
    scraped = tables("scraped", [{**record, "path": "policy.txt"} for record in generated[:60]])
    members = [sorted((row["family"], row["id"]) for row in rows["families"]) for rows in (once, scraped)]
    assert members[0] == members[1] and len(members[0]) > 5
    assert {row["path"] for row in scraped["families"]} == {"policy.txt"}
    for name in ("boilerplate", "consensus", "cookies", "forms", "variants"):
        assert len(once[name]) == len(scraped[name]) > 0, name
    flagged = [{row["id"]: len(row["flags"]) for row in rows["flags"]} for rows in (once, scraped)]
    assert flagged[0] == flagged[1]


def hold(rows, records, dataset):
    """Holds the rows of all tables to what the program wrote."""
    assert len(rows["documents"]) == len(records)
    stored = {row["path"]: json.loads(row["document"]) for row in rows["documents"] if not row["error"]}
    assert stored == {document["source"]["path"]: document for document in dataset.documents}
    assert sorted(cookie_row(row) for row in rows["cookies"]) == dataset.cookies()
    hold_boilerplate(rows, dataset)
    hold_families(rows, dataset.families())
    flags = sorted(in_one_way(json.loads(flag)) for row in rows["flags"] for flag in row["flags"])
    assert flags == dataset.flags() and len(flags) > 5
    assert len(rows["flags"]) == len(dataset.documents) and not any(row["error"] for row in rows["flags"])


def hold_boilerplate(rows, dataset):
    lines = rows["boilerplate"] + rows["variants"]
    assert sorted(map(boilerplate_row, lines)) == dataset.boilerplate() and len(lines) > 5
    assert any(line["is_row"] for line in lines) and any(line["variant_of"] for line in lines)
    ids = {line["id"] for line in lines}
    printed = {(row["id"], row["place"], *form_row(row)) for row in rows["forms"] + rows["variant_forms"] if row["id"] in ids}
    assert sorted(printed) == dataset.forms() and len(printed) > len(lines)


def hold_families(rows, families):
    paths = {}
    for row in rows["families"]:
        paths.setdefault(row["family"], []).append(row["path"])
    assert {family: sorted(held) for family, held in paths.items()} == {family: line["documents"] for family, line in families.items()}
    counted = {row["family"]: (row["documents"], row["platforms"]) for row in rows["consensus"]}
    assert counted == {family: (len(line["documents"]), line["platforms"]) for family, line in families.items()}
    consensus = {row["family"]: json.loads(row["consensus"]) for row in rows["consensus"]}
    assert consensus == {family: line["consensus"] for family, line in families.items()} and len(consensus) > 0


def hold_rounds(corpus, rows, records):
    """Generated documents are such that texts are near-duplicates of others, that the first votes found no family, and that some portals can only have come by settling: they lack
    the very text that their family is named by."""
    if not records[0]["path"].startswith("0"):
        return
    held = {(row["id"], block["id"]) for row in rows["documents"] for block in row["blocks"] or []}
    settled = [row for row in rows["families"] if (row["id"], row["family"]) not in held]
    families = {row["family"] for row in rows["families"]}
    assert any(line["variant_of"] for line in rows["boilerplate"]) and rows["variants"]
    assert corpus.rounds > 2 and len(families) > 9 and settled, (corpus.rounds, len(families), len(settled))


def test_duckdb_is_a_program_of_its_own(program, samples, tmp_path):
    (tmp_path / "an'swers.ndjson").write_bytes(sketched(program, samples[:5] + [{"id": "odd"}]))
    command = [sys.executable, "-m", "polinorm_scale.duckdb", "an'swers.ndjson", "o'ut", "--program", os.path.abspath(program)]
    subprocess.run(command, check=True, cwd=tmp_path)
    rows = pyarrow.parquet.read_table(tmp_path / "o'ut" / "documents.parquet").to_pylist()
    assert [row["id"] for row in rows] == [*(record["id"] for record in samples[:5]), "odd"]
    assert [row["error"] for row in rows] == [None] * 5 + ["bad-record"]


NO_CONSENSUS = """#!{python}
import json, os, sys
if "--consensus" not in sys.argv:
    os.execv("{program}", ["{program}", *sys.argv[1:]])
for line in sys.stdin:
    error = {{"path": "", "code": "too-large", "message": "too many statements", "remedy": ""}}
    print(json.dumps({{"id": json.loads(line)["id"], "consensus": None, "error": error}}), flush=True)
"""


def test_documents_of_a_family_without_a_consensus_are_not_taken_for_strangers(program, folder_of, samples, tmp_path):
    dataset = Dataset(program, folder_of(samples), tmp_path / "out")
    played = tmp_path / "played"
    played.write_text(NO_CONSENSUS.format(python=sys.executable, program=os.path.abspath(program)))
    played.chmod(0o755)
    (tmp_path / "answers.ndjson").write_bytes(sketched(program, samples))
    duckdb.run(tmp_path / "answers.ndjson", tmp_path / "tables", polinorm_scale.Program(str(played), arguments=()))
    families, flags = (pyarrow.parquet.read_table(tmp_path / "tables" / f"{name}.parquet").to_pylist() for name in ("consensus", "flags"))
    assert families and {(row["error"], row["consensus"]) for row in families} == {("too-large", None)}
    members = {path for family in dataset.families().values() for path in family["documents"]}
    failed = {row["path"]: row["flags"] for row in flags if row["error"] == "too-large"}
    assert failed == dict.fromkeys(members)
    assert len(flags) == len(samples) and all(row["flags"] is not None for row in flags if row["path"] not in members)


def test_a_row_out_for_each_row_in_in_shards_of_whole_domains(spark, program, samples, tmp_path):
    made = polinorm_scale.documents(frame(spark, samples + ODD), polinorm_scale.Program(program))
    for _ in range(2):
        polinorm_scale.write(made, str(tmp_path / "shards"), 5)
    rows = spark.read.parquet(str(tmp_path / "shards")).select("id", "error").collect()
    assert {row.error for row in rows if row.id in ("odd", "empty")} == {"damaged-pdf", "empty-file"}
    hold_shards(tmp_path / "shards", samples + ODD)


def hold_shards(folder, records):
    """Every record is in one file and a domain in one shard. Gives the rows of each file."""
    files = {path: pyarrow.parquet.read_table(path, columns=["path", "platform_domain"]).to_pylist() for path in folder.rglob("*.parquet")}
    assert sorted(row["path"] for rows in files.values() for row in rows) == sorted(record["path"] for record in records)
    held = {(row["platform_domain"], path.parent) for path, rows in files.items() for row in rows if row["platform_domain"]}
    assert len(held) == len({domain for domain, _ in held}) and len({folder for _, folder in held}) > 1
    return list(files.values())

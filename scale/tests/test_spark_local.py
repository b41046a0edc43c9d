"""The same job on Apache Spark in local mode, where there is a Java to run it."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from dataset import Dataset
from test_agreement import hold, hold_shards

# So many that families are found by several rounds.
GENERATED = 120

# A process of its own: a session of Sail and one of the JVM do not live in one.
JOB = """
import json, pathlib, sys
import polinorm_scale
from polinorm_scale.duckdb import WRITTEN
from pyspark.sql import SparkSession
folder, work, program = sys.argv[1:]
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
# So few rows are not worth compiling queries for, nor parting.
session = session.config("spark.sql.codegen.wholeStage", "false").config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
session = session.config("spark.sql.adaptive.enabled", "false").config("spark.sql.shuffle.partitions", "1")
# A codec that is the JVM's own: native libraries of others do not load everywhere.
session = session.config("spark.sql.parquet.compression.codec", "gzip")
spark = session.getOrCreate()
paths = [path for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()]
rows = [(str(path), path.relative_to(folder).as_posix(), bytearray(path.read_bytes())) for path in paths]
run = polinorm_scale.Program(program)
documents = polinorm_scale.documents(spark.createDataFrame(rows, "id string, path string, bytes binary").repartition(3), run).cache()
corpus = polinorm_scale.corpus(documents, work, run)
tables = {name: [row.asDict(recursive=True) for row in getattr(corpus, name)().collect()] for name in WRITTEN if name != "documents"}
polinorm_scale.write(documents, f"{work}/shards", 5)
# A task that is tried again writes a shard as a whole.
again = spark.read.parquet(f"{work}/shards").where("shard = 1").drop("shard").localCheckpoint()
polinorm_scale.write(again, f"{work}/shards", 5)
print(json.dumps({"documents": [row.asDict(recursive=True) for row in documents.collect()], **tables}))
"""


@pytest.mark.skipif(not shutil.which("java"), reason="no Java to run Spark")
def test_spark_in_local_mode_agrees_with_the_program(program, samples, generated, folder_of, tmp_path):
    records = samples + generated[:GENERATED]
    folder = folder_of(records)
    dataset = Dataset(program, folder, tmp_path / "out")
    # A session of Spark Connect leaves its mark on the environment.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
    command = [sys.executable, "-c", JOB, str(folder), str(tmp_path / "work"), program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env={**environment, "PYSPARK_PYTHON": sys.executable})
    assert done.returncode == 0, done.stderr[-3000:]
    hold(json.loads(done.stdout.splitlines()[-1]), records, dataset)
    for rows in hold_shards(tmp_path / "work" / "shards", records):
        # By domain, then path; those without a domain come first.
        assert rows == sorted(rows, key=lambda row: (row["platform_domain"] is not None, row["platform_domain"] or "", row["path"]))

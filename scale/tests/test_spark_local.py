"""The same job on Apache Spark in local mode, where there is a Java to run it: the samples, and the counts of the program."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from dataset import Dataset

# A process of its own: a session of Sail and one of the JVM do not live in one.
JOB = """
import json, pathlib, sys
import polinorm_scale
from pyspark.sql import SparkSession
folder, program = sys.argv[1:]
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
spark = session.config("spark.sql.shuffle.partitions", "2").getOrCreate()
paths = [path for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()]
rows = [(str(path), path.relative_to(folder).as_posix(), bytearray(path.read_bytes())) for path in paths]
documents = polinorm_scale.documents(spark.createDataFrame(rows, "id string, path string, bytes binary").repartition(3), program).cache()
boilerplate = polinorm_scale.boilerplate(documents).collect()
print(json.dumps([documents.count(), polinorm_scale.cookies(documents).count(), sorted(row.id for row in boilerplate)]))
"""


@pytest.mark.skipif(not shutil.which("java"), reason="no Java to run Spark")
def test_spark_in_local_mode_counts_what_the_program_counts(program, samples, folder_of, tmp_path):
    folder = folder_of(samples)
    dataset = Dataset(program, folder, tmp_path / "out")
    # A session of Spark Connect leaves its mark on the environment.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
    command = [sys.executable, "-c", JOB, str(folder), program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env={**environment, "PYSPARK_PYTHON": sys.executable})
    assert done.returncode == 0, done.stderr[-3000:]
    documents, cookies, boilerplate = json.loads(done.stdout.splitlines()[-1])
    assert documents == len(samples) and cookies == len(dataset.cookies())
    assert boilerplate == [line[0] for line in dataset.boilerplate()]

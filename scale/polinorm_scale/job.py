"""The extraction as PySpark DataFrames. Written against the DataFrame API alone, so that it runs on Apache Spark and on Sail alike.

Frames in have the columns `id` (string) and, as far as they have them, `path`, `media_type`, `text`, `html`, `bytes` (binary). Rows out
are as many as rows in.
"""

import pyarrow

from . import asking
from .shared import Corpus


def documents(frame, program=asking.Program()):
    """A row for each row: the document as JSON, what a set must know of it as columns, or an error with its message."""
    return frame.mapInArrow(asking.documents(program), _ddl(asking.DOCUMENTS))


def write(documents, folder, shards):
    """Writes documents as Parquet, in shards by the registrable domain, sorted within. A shard holds all documents of its domains, so
    that a shard written again replaces itself and nothing else. Sail leaves the sort out and replaces all shards."""
    # A worker that only extracts has no need of Spark's side.
    from pyspark.sql import functions

    shard = functions.pmod(functions.xxhash64(functions.coalesce("platform_domain", "path")), functions.lit(shards))
    sorted_shards = documents.withColumn("shard", shard).repartition(shards, "shard").sortWithinPartitions("shard", "platform_domain", "path")
    # Without this, writing one shard again would take the others away.
    writer = sorted_shards.write.mode("overwrite").option("partitionOverwriteMode", "dynamic")
    writer.partitionBy("shard").parquet(folder)


def corpus(documents, folder, program=asking.Program(), min_documents=2):
    """The documents as one set. What is made of them is kept as Parquet in a folder that all workers can write to, and named by temporary
    views of the session (`documents`, `templates`, `families` and so on). Texts of so many platforms are boilerplate."""
    return Corpus(_Tables(documents, folder), program, min_documents)


class _Tables:
    """Tables as Parquet files, so that no plan grows from round to round, and temporary views of them."""

    def __init__(self, documents, folder):
        self._session, self._folder, self._turns = documents.sparkSession, folder, {}
        documents.createOrReplaceTempView("documents")

    def keep(self, name, query):
        return self._store(name, self._session.sql(query))

    def ask(self, name, query, ask, schema):
        return self._store(name, self._session.sql(query).mapInArrow(ask, _ddl(schema)))

    def is_empty(self, name):
        return not self._session.table(name).limit(1).collect()

    def _store(self, name, frame):
        # A table that is made of itself takes turns with another place.
        turn = self._turns[name] = 1 - self._turns.get(name, 1)
        place = f"{self._folder}/{name}.{turn}"
        frame.write.mode("overwrite").parquet(place)
        stored = self._session.read.schema(frame.schema).parquet(place)
        stored.createOrReplaceTempView(name)
        return stored


def _ddl(schema):
    """A schema of Arrow as Spark writes one."""
    return ", ".join(f"{field.name} {_type(field.type)}" for field in schema)


def _type(of):
    if pyarrow.types.is_list(of):
        return f"array<{_type(of.value_type)}>"
    if pyarrow.types.is_struct(of):
        return f"struct<{', '.join(f'{field.name}: {_type(field.type)}' for field in of.fields)}>"
    return {pyarrow.string(): "string", pyarrow.int64(): "bigint", pyarrow.float64(): "double", pyarrow.bool_(): "boolean"}[of]

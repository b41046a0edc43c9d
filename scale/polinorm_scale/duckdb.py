"""The job on one machine, over the lines that `polinorm stream --sketch` wrote: `python -m polinorm_scale.duckdb answers.ndjson out`.

DuckDB holds in memory what fits, and puts the rest beside the output.
"""

import argparse
import pathlib
import tempfile

import duckdb
import pyarrow.parquet

from . import asking
from .shared import Corpus, select

# Rows that are handed on together.
ROWS = 2048

# What the names of Spark mean.
MACROS = (
    "explode(list) AS unnest(list)",
    "collect_list(value) AS list(value)",
    "struct(subject, name, field, value, documents) AS {subject: subject, name: name, field: field, value: value, documents: documents}",
)

WRITTEN = ("documents", "cookies", "boilerplate", "forms", "variants", "variant_forms", "families", "consensus", "flags")


class Tables:
    """Tables of a database in a folder, of the answers in a file."""

    def __init__(self, answers, folder):
        self._folder = pathlib.Path(folder)
        self._database = duckdb.connect(str(self._folder / "tables.duckdb"))
        for macro in MACROS:
            self._database.execute(f"CREATE MACRO {macro}")
        self._database.execute("SET VARIABLE answers = ?", [str(answers)])
        self.keep("documents", select("duckdb_documents"))

    def keep(self, name, query):
        self._database.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")
        return self._database.table(name)

    def ask(self, name, query, ask, schema):
        place = self._folder / f"{name}.asked.parquet"
        asked = self._database.cursor().sql(query).to_arrow_reader(ROWS)
        with pyarrow.parquet.ParquetWriter(place, schema) as out:
            for batch in ask(asked):
                out.write_batch(batch)
        return self.keep(name, f"SELECT * FROM read_parquet('{_quoted(place)}')")

    def is_empty(self, name):
        return not self._database.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall()

    def write(self, name, path):
        """Writes a table as Parquet."""
        self._database.execute(f"COPY {name} TO '{_quoted(path)}' (FORMAT parquet)")


def run(answers, out, program=asking.Program(arguments=()), min_documents=2):
    """Writes all tables of a set of answers into a folder, as Parquet; the corpus that they are of."""
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        tables = Tables(answers, folder)
        corpus = Corpus(tables, program, min_documents)
        for name in WRITTEN:
            if name != "documents":
                getattr(corpus, name)()
            tables.write(name, out / f"{name}.parquet")
    return corpus


def _quoted(path):
    return str(path).replace("'", "''")


def main():
    arguments = argparse.ArgumentParser(prog="python -m polinorm_scale.duckdb", description=__doc__.splitlines()[0])
    arguments.add_argument("answers", help="what `polinorm stream --sketch` wrote")
    arguments.add_argument("out", help="the folder that the tables are written into, as Parquet")
    arguments.add_argument("--program", default="polinorm", help="the program, for consensus and flags")
    arguments.add_argument("--min-documents", type=int, default=2, help="documents on how many platforms make a text boilerplate")
    asked = arguments.parse_args()
    run(asked.answers, asked.out, asking.Program(asked.program, arguments=()), asked.min_documents)


if __name__ == "__main__":
    main()

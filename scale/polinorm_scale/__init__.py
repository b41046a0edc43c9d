"""Extraction of policy documents as a job of a data engine, around `polinorm stream`.

`coprocess` keeps the program running and `asking` makes rows of its answers; `shared` says what a set of documents shares, in SQL. These know
no engine. `job` is written against the PySpark DataFrame API and runs wherever that does, `duckdb` is for one machine.
"""

from .asking import Program
from .coprocess import Coprocess
from .shared import Corpus
from .job import corpus, documents, write

__all__ = ["Coprocess", "Corpus", "Program", "corpus", "documents", "write"]

"""Extraction of policy documents as a job of a data engine, around `polinorm stream`.

`coprocess` keeps the program running and knows no engine; `job` is written against the PySpark DataFrame API and runs wherever that does.
"""

from .coprocess import Coprocess
from .job import boilerplate, cookies, documents, flags, write

__all__ = ["Coprocess", "boilerplate", "cookies", "documents", "flags", "write"]

"""What the tests are given: the program, the samples, and sessions of the engines."""

import os
import pathlib
import shutil

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT_ENDINGS = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"}


@pytest.fixture(scope="session")
def program():
    """The program: that of POLINORM, else the one that was built last."""
    built = [ROOT / "target" / profile / "polinorm" for profile in ("release", "debug")]
    found = os.environ.get("POLINORM") or max((path for path in built if path.exists()), key=lambda path: path.stat().st_mtime, default=None)
    assert found, "build the program first, or name it in POLINORM"
    return str(found)


@pytest.fixture(scope="session")
def spark():
    """A session of Sail, which answers to the API of Spark in this process and has no JVM."""
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


@pytest.fixture(scope="session")
def samples():
    """The samples of the project as records: path and bytes."""
    folder = ROOT / "corpus"
    paths = sorted(path for path in folder.rglob("*") if path.suffix in DOCUMENT_ENDINGS)
    assert len(paths) > 20, "the samples were not found"
    return [{"id": str(number), "path": path.relative_to(folder).as_posix(), "bytes": path.read_bytes()} for number, path in enumerate(paths)]


@pytest.fixture(scope="session")
def generated():
    """Policies of many portals of a few groups: as many as POLINORM_SCALE_DOCUMENTS says, else 2,000."""
    count = int(os.environ.get("POLINORM_SCALE_DOCUMENTS", "2000"))
    return [{"id": str(number), "path": f"{number:06}.txt", "bytes": _policy(number).encode()} for number in range(count)]


def _policy(number):
    group = number % 7
    parts = [f"Part {part} of the text that the portals of group {group} share, whatever else they may say of themselves." for part in range(6)]
    if number % 5 == 0:
        parts[number % 6] = f"Portal {number} has words of its own about what it keeps in a browser."
    date = [f"Last updated: {1 + number % 28} March 2024"] if number % 3 else []
    rows = [f"_g{group}_{row}\tCounts the visits of page {row}\t{1 + (row + number) % 3} years" for row in range(4 + number % 9)]
    about = f"This is the cookie policy of our website https://portal{number // 2}.example/"
    table = "\n".join(["Name\tPurpose\tDuration", *rows])
    return "\n\n".join(["Cookie policy", about, *date, *parts, "Cookies we use", table]) + "\n"


@pytest.fixture
def folder_of(tmp_path):
    """Writes records as files of a folder."""

    def write(records):
        folder = tmp_path / "in"
        shutil.rmtree(folder, ignore_errors=True)
        for record in records:
            path = folder / record["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(record["bytes"])
        return folder

    return write

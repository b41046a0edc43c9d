"""What the tests are given: the program, the samples, and sessions of the engines."""

import os
import pathlib
import random
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
    """Two of three are portals of a few large groups, the others stand among ten that share what they will."""
    return _page(number, *(_among_ten(number) if number % 3 == 2 else _of_a_group(number)))


def _page(number, texts, table):
    about = f"This is the cookie policy of our website https://portal{number // 2}.example/"
    date = f"Last updated: {1 + number % 28} March 2024" if number % 4 else ""
    # A running line is furniture.
    running = "Page 1 of 3" if number % 2 else ""
    rows = ["Cookies we use", "\n".join(["Name\tPurpose\tDuration", *table])] if table else []
    return "\n\n".join(filter(None, ["Cookie policy", about, date, *texts, running, *rows])) + "\n"


GROUPS = 13


def _of_a_group(number):
    """A group, large or small, prints six texts, and so does a vendor whom all groups ask, and one whom half of them do: so the first votes
    gather strangers. Some portals have other words in the place of a text, even of the one that the rest of their group vote for; some belong to
    no group. Portals share rows although few of their tables are the same; some declare a cookie twice."""
    group = int(GROUPS * (number * 0.618 % 1) ** 2)
    texts = [f"Part {part} of the text that the portals of group {group} share, whatever else they may say {'of themselves ' * part}." for part in range(6)]
    if number % 5 == 0:
        texts[number % 6] = f"Portal {number} has words of its own about what it keeps in a browser."
    if number % 17 == 0:
        texts = [f"Portal {number} belongs to nobody, and says {part} times in its own words what it keeps and for how long." for part in range(6)]
    vendor = "The vendor that all sites use asks every one of them to print this sentence, which is longer than any that they write themselves."
    # Other forms of the same template.
    texts.append(vendor.replace("vendor", "Vendor") if number % 7 == 0 else vendor)
    if group % 2:
        texts.append("Another vendor, whom only some of them use, asks for a sentence of its own, and for nothing else that anybody could see.")
    rows = [
        f"_g{group}_{row}\tCounts the visits of page {row} and of all the pages behind it\t{1 + (row + number) % 3} years" for row in range(4 + number % 9)
    ]
    again = [f"_g{group}_1\tCounts the visits once more\t2 days"] if number % 11 == 0 else []
    return texts, rows + again


def _among_ten(number):
    """Ten that share some of a few short texts and tables, with words of their own that weigh about as much: whether half of a document is
    common text is a matter of a word."""
    ten, drawn = number // 30, random.Random(number)
    shared = [f"Ten {ten} text {text} {' '.join(f'word{word}' for word in range(random.Random(f'{ten} {text}').randrange(12)))}." for text in range(6)]
    texts = drawn.sample(shared, drawn.randrange(1, 6))
    own = drawn.choice([0, 0, 4, 8, 16, 24, 32])
    if own:
        texts.insert(drawn.randrange(len(texts)), " ".join(f"own{number}" for _ in range(own)) + ".")
    if drawn.random() < 0.2:
        texts.append(texts[0])
    table = [f"_t{ten}_{row}\tSays {row}\t1 day" for row in range(drawn.randrange(1, 4))] if drawn.random() < 0.6 else []
    return texts, table


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

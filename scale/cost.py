#!/usr/bin/env python3
"""Measures what `polinorm stream` takes for a document, and works out what a billion take; --write puts the table into COST.md.
--sketch measures `polinorm stream --sketch` instead.

usage: cost.py [--program POLINORM] [--documents N] [--runs N] [--write | --sketch]

The records are the documents of `corpus/` and `tests/labelled/`, again and again until there are N of each format. One thread; processor
time of whole processes, children among them, as the operating system counts it; the least of the runs counts.
"""
import argparse, base64, dataclasses, itertools, json, pathlib, subprocess, sys, tempfile, zlib

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "scale" / "COST.md"
MARK = "<!-- measured -->\n"
BILLION = 1_000_000_000

FORMATS = {"text": [".txt"], "Markdown": [".md"], "HTML": [".html"], "PDF": [".pdf"]}

# Runs a command over a file: in a process of its own, since the system adds up all children of a process.
MEASURE = """
import json, resource, subprocess, sys
records, answers, *command = sys.argv[1:]
with open(records) as asked, open(answers, "w") as given:
    subprocess.run(command, stdin=asked, stdout=given, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


@dataclasses.dataclass
class Cost:
    """What the documents of one format took: seconds and bytes are for one document."""
    name: str
    seconds: float
    bytes_in: float
    bytes_out: float
    packed: float
    blocks: float
    peak_mib: float

    def row(self):
        return (
            f"| {self.name} | {self.bytes_in / 1000:.1f} | {1 / self.seconds:,.0f} | {self.bytes_in / self.seconds / 1e6:.1f} | "
            f"{self.seconds * BILLION / 3600:,.0f} | {self.bytes_out / 1000:.1f} | {self.bytes_out * BILLION / 1e12:.1f} | "
            f"{self.packed * BILLION / 1e12:.1f} | {self.blocks:.0f} | {self.peak_mib:.0f} |"
        )


def documents(endings):
    """The bytes of the documents with these endings, in the order of their paths."""
    paths = [path for folder in ("corpus", "tests/labelled") for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    return [path.read_bytes() for path in sorted(paths)]


def write_records(path, contents, ending, count):
    """Writes that many records, the documents in turn."""
    with open(path, "w") as out:
        for number, content in zip(range(count), itertools.cycle(contents)):
            record = {"id": number, "path": f"{number}{ending}", "bytes_base64": base64.b64encode(content).decode()}
            out.write(json.dumps(record) + "\n")


def measured(name, endings, command, count, runs):
    """The cost of one format."""
    contents = documents(endings)
    with tempfile.TemporaryDirectory() as folder:
        records, answers = pathlib.Path(folder, "records.ndjson"), pathlib.Path(folder, "answers.ndjson")
        write_records(records, contents, endings[0], count)
        measure = [sys.executable, "-c", MEASURE, records, answers, *command]
        taken = [json.loads(subprocess.check_output(measure)) for _ in range(runs)]
        # Each document once: the same one again would pack to nothing.
        lines = answers.read_bytes().splitlines(keepends=True)[: len(contents)]
        size = answers.stat().st_size
    given = [document for document in (json.loads(line)["document"] for line in lines) if document]
    sent = sum(len(content) for content, _ in zip(itertools.cycle(contents), range(count)))
    seconds = min(seconds for seconds, _ in taken)
    packed = len(zlib.compress(b"".join(lines))) / sum(map(len, lines)) * size
    blocks = sum(len(document["blocks"]) for document in given) / len(lines)
    return Cost(name, seconds / count, sent / count, size / count, packed / count, blocks, max(peak for _, peak in taken))


def table(costs):
    head = [
        "format", "KB each", "documents a core-second", "MB a core-second", "core-hours a billion", "KB of answer", "TB a billion", "TB packed",
        "blocks each", "MiB of memory",
    ]
    rows = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}", *(cost.row() for cost in costs)]
    return "\n".join(rows) + "\n"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default=ROOT / "target/release/polinorm")
    arguments.add_argument("--documents", type=int, default=3000)
    arguments.add_argument("--runs", type=int, default=3)
    either = arguments.add_mutually_exclusive_group()
    either.add_argument("--write", action="store_true")
    either.add_argument("--sketch", action="store_true")
    asked = arguments.parse_args()
    command = [asked.program, "stream", *(["--sketch"] if asked.sketch else []), "--jobs", "1"]
    costs = [measured(name, endings, command, asked.documents, asked.runs) for name, endings in FORMATS.items()]
    made = table(costs)
    print(made, end="")
    if asked.write:
        before, _, after = PAGE.read_text().split(MARK)
        PAGE.write_text(f"{before}{MARK}{made}{MARK}{after}")


main()

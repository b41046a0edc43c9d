#!/usr/bin/env python3
"""Races the program against another pipeline and against plain reading of the same files, in one run, and prints ratios of CPU seconds.

usage: race.py --peer FOLDER [--python PYTHON] [--work FOLDER] [--program POLINORM] [--runs N] [NAME ...]

FOLDER holds `gen_corpus.py` (writes folders of documents, the same bytes each time) and `peer_pipeline.py` (the opponent); PYTHON is an
interpreter that has what they import. The folders are made under the work folder and kept for the next run. NAME picks races.

Whole processes are measured, children among them: user and system time as the operating system counts it, and the peak of memory of
the largest process. The runners take turns, so that what else the machine does hits all of them; the least of the runs counts.
"""
import argparse, dataclasses, json, pathlib, shutil, subprocess, sys

@dataclasses.dataclass
class Runner:
    """A command and what makes its table row."""
    name: str
    command: list
    goal: str = ""          # of the ratio to this runner

@dataclasses.dataclass
class Cost:
    """What a run took: CPU seconds, wall-clock seconds, MiB of the largest process."""
    cpu: float
    wall: float
    peak: float

# Runs a command and tells what it took: in a process of its own, since the system adds up all children of a process.
MEASURE = """
import json, resource, subprocess, sys, time
begun = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024]))
"""


def measure(command):
    """The cost of a run; ends the race where the command fails, for then it did not do the work. Exit code 1 is a difference found."""
    made = subprocess.run([sys.executable, "-c", MEASURE, *map(str, command)], capture_output=True, text=True, check=True)
    code, cpu, wall, peak = json.loads(made.stdout)
    if code not in (0, 1):
        sys.exit(f"race.py: exit code {code} of {' '.join(map(str, command))}")
    return Cost(cpu, wall, peak)


def least(runners, runs):
    """The least cost of each runner, taking turns."""
    costs = {runner.name: [] for runner in runners}
    for _ in range(runs):
        for runner in runners:
            costs[runner.name].append(measure(runner.command))
    return {name: min(taken, key=lambda cost: cost.cpu) for name, taken in costs.items()}


def show(title, runners, costs):
    """A table: each runner against the program, which is the first."""
    print(f"\n{title}\n{'':34}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'times ours':>12}   goal")
    ours = costs[runners[0].name].cpu
    for runner in runners:
        cost = costs[runner.name]
        print(f"{runner.name:34}{cost.cpu:9.3f}{cost.wall:9.3f}{cost.peak:10.0f}{cost.cpu / ours:12.2f}   {runner.goal}")


class Race:
    def __init__(self, given):
        self.given, self.work = given, pathlib.Path(given.work)
        self.work.mkdir(parents=True, exist_ok=True)

    def folder(self, kind, count):
        """A folder of generated documents."""
        folder = self.work / f"{kind}-{count}"
        if not folder.is_dir():
            made = self.work / f"{kind}-{count}.part"
            shutil.rmtree(made, ignore_errors=True)
            subprocess.run([self.given.python, f"{self.given.peer}/gen_corpus.py", made, f"--{kind}", str(count)], check=True)
            made.rename(folder)
        return folder

    def ours(self, *arguments):
        return [self.given.program, *arguments]

    def peer(self, *arguments):
        return [self.given.python, f"{self.given.peer}/peer_pipeline.py", *arguments]

    def dataset(self, folder, *options):
        """The whole job of either side: documents, boilerplate, flags, written to a folder."""
        out = self.work / "out"
        return [
            Runner("polinorm, dataset", self.ours("extract", folder, "-o", out, "-q", "--no-cache", *options)),
            Runner("opponent", self.peer("run", folder, self.work / "out-peer", "--pdf", "pymupdf", "--html", "lxml")),
        ]

    def text(self):
        folder = self.folder("txt", self.given.texts)
        runners = self.dataset(folder)
        out = self.work / "out"
        measure(runners[0].command)
        copy = f'find "$1" -type f -exec cat {{}} + > /dev/null; find "$2" -type f -exec cat {{}} + > "$3"'
        runners[1].goal = "at least 25"
        runners += [
            Runner("reading, and writing the dataset", ["sh", "-c", copy, "sh", folder, out, self.work / "copied"], "at least 0.25"),
            Runner("polinorm, one thread", self.ours("extract", folder, "-o", out, "-q", "--no-cache", "--jobs", "1")),
            Runner("polinorm, to standard output", self.ours("extract", folder, "-q")),
        ]
        return f"{self.given.texts} text files", runners

    def html(self):
        folder = self.folder("html", 500)
        runners = self.dataset(folder)
        runners[1].goal = "at least 10"
        parse = "import lxml.html, pathlib, sys\nfor path in sorted(pathlib.Path(sys.argv[1]).iterdir()): lxml.html.fromstring(path.read_bytes())"
        return "500 HTML files", runners + [Runner("lxml parse alone", [self.given.python, "-c", parse, folder])]

    def pdf(self):
        folder = self.folder("pdf", 100)
        runners = self.dataset(folder)
        runners[1].goal = "at least 16"
        text = "import pathlib, pymupdf, sys\nfor path in sorted(pathlib.Path(sys.argv[1]).iterdir()): [page.get_text() for page in pymupdf.open(path)]"
        return "100 PDF files", runners + [Runner("PyMuPDF text alone", [self.given.python, "-c", text, folder])]

    def diff(self):
        a, b = self.two_long_documents()
        words = ["git", "diff", "--no-index", "--word-diff", a, b]
        return "diff of two documents of 60 KB", [
            Runner("polinorm diff", self.ours("diff", a, b), "at most 0.010 s"),
            Runner("opponent", self.peer("diff", a, b)),
            Runner("git's word diff", words),
        ]

    def memory(self):
        """A tenth of the texts, all of them and ten times as many: what is held must not grow with them."""
        counts = [self.given.texts // 10, self.given.texts, 10 * self.given.texts]
        runs = [Runner(f"{count} text files", self.dataset(self.folder("txt", count))[0].command) for count in counts]
        runs[1].goal = "at most 150 MiB"
        return "peak of memory of a dataset of so many", runs

    def two_long_documents(self):
        """Ten generated documents one after the other, and the same with an eleventh in place of the sixth."""
        pages = [path.read_text() for path in sorted(self.folder("txt", self.given.texts).iterdir())[:12]]
        a, b = self.work / "long-a.txt", self.work / "long-b.txt"
        a.write_text("\n\n".join(pages[:11])[:60_000])
        b.write_text("\n\n".join(pages[:5] + [pages[11]] + pages[6:11])[:60_000])
        return a, b


def main():
    races = ["text", "html", "pdf", "diff", "memory"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", required=True, help="folder of the opponent")
    parser.add_argument("--python", default=sys.executable, help="interpreter with what the opponent imports")
    parser.add_argument("--work", default="target/race", help="folder for what is generated")
    parser.add_argument("--program", default="target/release/polinorm")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--texts", type=int, default=20000, help="number of text files")
    parser.add_argument("races", nargs="*", choices=[[], *races], default=[], metavar="NAME", help=" ".join(races))
    given = parser.parse_args()
    race = Race(given)
    for name in given.races or races:
        title, runners = getattr(race, name)()
        show(title, runners, least(runners, given.runs))


if __name__ == "__main__":
    main()

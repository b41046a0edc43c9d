"""What the program itself makes of a folder, as rows that the jobs are held against."""

import json
import subprocess

COOKIE_FIELDS = ["name", "pattern", "storage", "provider", "party", "function", "location", "purpose", "category", "category_raw"]
DURATION_FIELDS = ["raw", "iso8601", "seconds"]


class Dataset:
    """A dataset that the program wrote, and its documents with all their text."""

    def __init__(self, program, folder, out, min_documents=2):
        _run([program, "extract", folder, "-o", out, "-q", "--min-documents", str(min_documents)])
        self._out = out
        self.documents = [json.loads(line) for line in _run([program, "extract", folder, "-q"]).splitlines()]

    def lines(self, name):
        return [json.loads(line) for line in (self._out / f"{name}.ndjson").read_text().splitlines()]

    def cookies(self):
        return sorted(_cookie(document, cookie) for document in self.documents for cookie in document["cookies"])

    def boilerplate(self):
        """The texts that enough platforms share, and near-duplicates of them that fewer do."""
        blocks = {block["id"] for document in self.documents for block in document["blocks"]}
        lines = ({**line, "forms": len(line["forms"]), "is_row": line["id"] not in blocks} for line in self.lines("boilerplate"))
        return sorted(map(boilerplate_row, lines))

    def forms(self):
        """Their forms, the most frequent first."""
        return sorted((line["id"], place, *form_row(form)) for line in self.lines("boilerplate") for place, form in enumerate(line["forms"], 1))

    def families(self):
        return {family["id"]: family for family in self.lines("families")}

    def flags(self):
        return sorted(map(in_one_way, self.lines("flags")))

def _run(command):
    """What the program prints; some inputs may be no documents."""
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def _cookie(document, cookie):
    duration, evidence = cookie["duration"] or {}, cookie["evidence"]
    host, date = (document["platform"] or {}).get("host"), (document["date"] or {}).get("value")
    return in_order(
        document["source"]["path"], host, date, *(cookie[field] for field in COOKIE_FIELDS), *cookie["domain"],
        *(duration.get(field) for field in DURATION_FIELDS), cookie["found_in"], evidence["line"], evidence["page"],
    )


def cookie_row(row):
    """A row of a job, in the same form."""
    durations = [row[f"duration_{field}"] for field in DURATION_FIELDS]
    fields = [row[field] for field in COOKIE_FIELDS]
    return in_order(row["path"], row["platform_host"], row["date"], *fields, *row["domain"], *durations, row["found_in"], row["line"], row["page"])


def in_order(*values):
    """Values that sort although some are null."""
    return tuple((value is None, "" if value is None else str(value)) for value in values)


def boilerplate_row(row):
    counts = (row[field] for field in ("id", "template", "documents", "platforms", "share", "forms", "is_row"))
    changes = [(change["op"], change["text"]) for change in row["changes"] or []]
    return *counts, row["variant_of"] or "", row["similarity"] or 0.0, changes


def form_row(row):
    return tuple(row[field] for field in ("form", "text", "kind", "documents"))


def in_one_way(value):
    """JSON of a value, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True)

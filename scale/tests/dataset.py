"""What the program itself makes of a folder, as rows that the jobs are held against."""

import json
import subprocess

COOKIE_FIELDS = ["name", "pattern", "storage", "provider", "party", "function", "location", "purpose", "category", "category_raw"]
DURATION_FIELDS = ["raw", "iso8601", "seconds"]


class Dataset:
    """A dataset that the program wrote, and its documents with all their text."""

    def __init__(self, program, folder, out):
        done = subprocess.run([program, "extract", folder, "-o", out, "-q"], capture_output=True, text=True)
        assert done.returncode in (0, 3), done.stderr
        self._out = out
        self.documents = [json.loads(line) for line in subprocess.check_output([program, "extract", folder, "-q"], text=True).splitlines()]

    def lines(self, name):
        return [json.loads(line) for line in (self._out / f"{name}.ndjson").read_text().splitlines()]

    def cookies(self):
        return sorted(_cookie(document, cookie) for document in self.documents for cookie in document["cookies"])

    def boilerplate(self):
        """The shared texts of blocks. Those of one platform are here for what they are variants of, which takes signatures and no
        counting; others are rows of tables, which a stream does not tell apart."""
        fields = ("id", "documents", "platforms")
        blocks = {block["id"] for document in self.documents for block in document["blocks"]}
        shared = [line for line in self.lines("boilerplate") if line["platforms"] > 1 and line["id"] in blocks]
        return sorted((*(line[field] for field in fields), len(line["forms"]), line["share"]) for line in shared)


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
    return tuple(row[field] for field in ("id", "documents", "platforms", "forms", "share"))

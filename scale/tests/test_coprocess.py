"""A process that dies or hangs costs the record that did it, and nothing else. The program is played by one that does so on demand."""

import sys
import time

import pytest

from polinorm_scale import Coprocess

PLAYED = """#!{python}
import json, os, sys, time
for number, line in enumerate(sys.stdin):
    record = json.loads(line)
    if record["text"] == "die":
        os._exit(9)
    if record["text"] == "die together" and number:
        os._exit(9)
    if record["text"] == "hang":
        time.sleep(600)
    print(json.dumps({{"id": record["id"], "document": record["text"], "error": None, "process": os.getpid()}}), flush=True)
"""


@pytest.fixture
def played(tmp_path):
    path = tmp_path / "played"
    path.write_text(PLAYED.format(python=sys.executable))
    path.chmod(0o755)
    return str(path)


def texts(*texts):
    return [{"id": number, "text": text} for number, text in enumerate(texts)]


def test_one_process_answers_many_lists(played):
    with Coprocess(played) as coprocess:
        answers = [answer for _ in range(5) for answer in coprocess.answers(texts("a", "b"))]
    assert [answer["document"] for answer in answers] == ["a", "b"] * 5
    assert len({answer["process"] for answer in answers}) == 1


def test_the_record_that_kills_is_named_and_its_neighbours_are_answered(played):
    records = texts("a", "b", "die", "c", "die", "d")
    with Coprocess(played) as coprocess:
        answers = coprocess.answers(records)
    assert [answer["id"] for answer in answers] == list(range(6))
    assert [answer["document"] for answer in answers] == ["a", "b", None, "c", None, "d"]
    assert answers[2]["error"]["code"] == "reader-failed" and "exit code 9" in answers[2]["error"]["message"]
    assert answers[2]["error"]["path"] == "2"


def test_a_record_that_kills_only_in_company_is_answered(played):
    with Coprocess(played) as coprocess:
        answers = coprocess.answers(texts("a", "die together", "b"))
    assert [answer["document"] for answer in answers] == ["a", "die together", "b"]


def test_a_hang_ends_at_the_deadline(played):
    begun = time.monotonic()
    with Coprocess(played, deadline=0.5) as coprocess:
        answers = coprocess.answers(texts("a", "hang", "b"))
    assert time.monotonic() - begun < 30
    assert [answer["document"] for answer in answers] == ["a", None, "b"]
    assert "0.5 s" in answers[1]["error"]["message"]


def test_a_program_that_cannot_be_started_is_no_matter_of_one_record():
    with pytest.raises(RuntimeError, match="cannot be started"):
        Coprocess("/no/such/program").answers(texts("a"))


def test_more_than_a_pipe_holds_goes_both_ways(program):
    text = "Cookie policy\n\n" + "Some words that stand here to fill a pipe. " * 400
    with Coprocess(program) as coprocess:
        answers = coprocess.answers(texts(*[text] * 60))
    assert [answer["id"] for answer in answers] == list(range(60))
    assert all(answer["document"]["title"] == "Cookie policy" for answer in answers)

"""`polinorm stream` as a process that is kept running. Knows no data engine.

One record in, one answer out, whatever happens: when the program dies or hangs, a new one is started, what had no answer is asked again
one by one, and the record that takes the new one down too is answered with an error that names it.
"""

import json
import os
import selectors
import subprocess

REMEDY = "export the document in another format, and please report the file"


class Coprocess:
    """A run of `polinorm stream` with these arguments.

    `deadline` is the longest time in seconds without any answer while one is owed. It is a backstop for a hang: the program bounds
    its own work, so it should be far above what the largest document takes.
    """

    def __init__(self, program="polinorm", arguments=(), deadline=120.0):
        self._command = [program, "stream", *arguments]
        self._deadline = deadline
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Lets the program end, and waits for it."""
        if self._process:
            self._process.stdin.close()
            self._process.stdout.close()
            self._process.wait()
            self._process = None

    def answers(self, records):
        """The answer to each of a list of records, in order. Both are dictionaries, as the README of polinorm specifies them."""
        lines = [json.dumps(record).encode() + b"\n" for record in records]
        answers, together = [], True
        while len(answers) < len(lines):
            waiting = lines[len(answers):] if together else lines[len(answers):][:1]
            given, failure = self._ask(waiting)
            answers += given
            # What was asked together with the culprit is innocent: each is tried alone, until the culprit is found.
            if failure and len(waiting) == 1:
                answers.append(_failed(records[len(answers)], failure))
                together = True
            elif failure:
                together = False
        return answers

    def _ask(self, lines):
        """The answers that come, and why there are no more of them, if they are fewer than the lines."""
        try:
            self._start()
        except OSError as error:
            # Nothing can be extracted at all: this is no matter of one record.
            raise RuntimeError(f"{self._command[0]} cannot be started: {error}") from error
        answers, failure = [], None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            selector.register(self._process.stdin, selectors.EVENT_WRITE)
            owed, held = memoryview(b"".join(lines)), bytearray()
            while len(answers) < len(lines):
                events = selector.select(self._deadline)
                if not events:
                    failure = f"no answer within {self._deadline:g} s"
                    break
                for key, _ in events:
                    if key.fileobj is self._process.stdin:
                        owed = self._write(owed, selector)
                        continue
                    read = os.read(key.fd, 1 << 20)
                    if not read:
                        failure = "the program died"
                    held += read
                    *whole, held = held.split(b"\n")
                    answers += [json.loads(line) for line in whole]
                if failure:
                    break
        if failure:
            failure = self._end(failure)
        return answers, failure

    def _start(self):
        if not self._process:
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
            os.set_blocking(self._process.stdin.fileno(), False)

    def _write(self, owed, selector):
        """What is left to write; a program that is gone takes nothing more, and says so by its output."""
        try:
            owed = owed[self._process.stdin.write(owed[: 1 << 16]) or 0:]
        except BlockingIOError:
            return owed
        except BrokenPipeError:
            owed = owed[len(owed):]
        if not owed:
            selector.unregister(self._process.stdin)
        return owed

    def _end(self, failure):
        self._process.kill()
        code = self._process.wait()
        self.close_pipes()
        self._process = None
        return failure if failure != "the program died" else f"the program died ({'signal' if code < 0 else 'exit code'} {abs(code)})"

    def close_pipes(self):
        """Closes both pipes of a program that is gone."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:
                pass


def _failed(record, failure):
    """An answer as the program gives them."""
    path = record.get("path") or str(record.get("id"))
    error = {"path": path, "code": "reader-failed", "message": failure, "remedy": REMEDY}
    return {"id": record.get("id"), "document": None, "sketch": None, "consensus": None, "flags": None, "error": error}

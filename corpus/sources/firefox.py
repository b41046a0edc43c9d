"""Prints a page to PDF with Firefox, by the protocol that it is driven with (Marionette): firefox.py ADDRESS FILE."""

import base64
import json
import socket
import subprocess
import sys
import tempfile
import time

PORT = 2828


def connection():
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", PORT))
        except OSError:
            time.sleep(0.2)
    sys.exit("Firefox does not answer")


def answer(stream):
    length = b""
    while (byte := stream.read(1)) != b":":
        length += byte
    return json.loads(stream.read(int(length)))


def main(address, path):
    with tempfile.TemporaryDirectory() as profile:
        firefox = subprocess.Popen(["firefox-esr", "--headless", "--marionette", "--profile", profile], stderr=subprocess.DEVNULL)
        try:
            stream = connection().makefile("rwb")
            answer(stream)

            def ask(command, **parameters):
                message = json.dumps([0, 1, command, parameters])
                stream.write(f"{len(message)}:{message}".encode())
                stream.flush()
                _, _, error, result = answer(stream)
                return result if error is None else sys.exit(str(error))

            ask("WebDriver:NewSession")
            ask("WebDriver:Navigate", url=address)
            printed = ask("WebDriver:Print")
            with open(path, "wb") as file:
                file.write(base64.b64decode(printed["value"]))
            ask("Marionette:Quit")
        finally:
            firefox.wait()


main(*sys.argv[1:])

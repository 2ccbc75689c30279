"""A stub of a server on loopback, which answers as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it came in; JSON is read, other bodies are bytes."""

    path: str
    headers: dict[str, str]
    body: Any


Answer = Callable[[BaseHTTPRequestHandler, Asked], None]


@dataclass
class Endpoint:
    """Where the stub is, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(*answers: Answer) -> Iterator[Endpoint]:
    """A stub that gives these answers in turn, and the last one from then on."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_json = self.headers["Content-Type"] == "application/json"
            asked = Asked(self.path, dict(self.headers), json.loads(body) if is_json else body)
            endpoint.asked.append(asked)
            with suppress(OSError):
                answers[min(len(endpoint.asked), len(answers)) - 1](self, asked)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer of these bytes."""

    def answer(handler: BaseHTTPRequestHandler, _: Asked) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def says(text: object) -> Answer:
    """A chat completion with this text."""
    return sends(json.dumps({"choices": [{"message": {"content": text}}]}).encode())


def drips(handler: BaseHTTPRequestHandler, _: Asked) -> None:
    """A byte every now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "10000")
    handler.end_headers()
    pause = threading.Event()
    for _byte in range(200):
        handler.wfile.write(b" ")
        pause.wait(0.05)


def silent(handler: BaseHTTPRequestHandler, _: Asked) -> None:
    """Nothing at all, for longer than a test waits."""
    threading.Event().wait(3)


def hangs_up(handler: BaseHTTPRequestHandler, _: Asked) -> None:
    """The connection ends without an answer."""
    handler.connection.close()

"""SSH agents for tests: the real one, and one of our own that stands in for a FIDO token."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from redactor.sign.keys import PrivateKey
from redactor.sign.public import HardwareKey, key_blob
from redactor.sign.wire import Wire, string

SSH_AGENT = shutil.which("ssh-agent")

Answer = Callable[[bytes], bytes]


@contextmanager
def ssh_agent(*keys: Path) -> Iterator[str]:
    """A running ssh-agent with those keys; gives the path of its socket."""
    assert SSH_AGENT
    with tempfile.TemporaryDirectory() as folder:  # not pytest's: such paths are short
        path = f"{folder}/agent"
        agent = subprocess.Popen([SSH_AGENT, "-D", "-a", path], stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 10
            while not Path(path).exists():
                assert time.monotonic() < deadline
                time.sleep(0.01)
            for key in keys:
                ssh_add(path, key)
            yield path
        finally:
            agent.terminate()
            agent.wait()


def ssh_add(path: str, *arguments: str | Path) -> None:
    environment = {**os.environ, "SSH_AUTH_SOCK": path}
    subprocess.run(
        ["ssh-add", "-q", *map(str, arguments)], env=environment, check=True, capture_output=True
    )


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """A socket that answers each request with the bytes that `answer` makes of it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = f"{folder}/agent"
        server.bind(path)
        server.listen()
        threading.Thread(target=_serve, args=(server, answer), daemon=True).start()
        yield path


def _serve(server: socket.socket, answer: Answer) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rwb") as stream:
            size = int.from_bytes(stream.read(4), "big")
            stream.write(answer(stream.read(size)))


def token_key(key: PrivateKey) -> HardwareKey:
    return HardwareKey(key.public_key(), b"ssh:")


def token(key: PrivateKey, flags: int = 1) -> Answer:
    """An agent with one key that signs as a FIDO token does (OpenSSH, PROTOCOL.u2f)."""
    public = token_key(key)

    def answer(request: bytes) -> bytes:
        if request == b"\x0b":
            body = b"\x0c" + (1).to_bytes(4, "big") + string(key_blob(public)) + string(b"token")
            return string(body)
        wire = Wire(request[1:])
        assert wire.string() == key_blob(public)
        tail = bytes([flags]) + (7).to_bytes(4, "big")
        digests = [hashlib.sha256(data).digest() for data in (public.application, wire.string())]
        blob = string(b"sk-ssh-ed25519@openssh.com") + string(key.sign(tail.join(digests))) + tail
        return string(b"\x0e" + string(blob))

    return answer

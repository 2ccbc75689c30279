"""Samples are redacted and verified where nobody can reach a network, child processes included."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.errors import ExitCode
from tests.faults.command import Place
from tests.faults.offline import SOCKET
from tests.samples import sample

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not SOCKET, reason="no seccomp filter for this machine"
)
_OFFLINE = (sys.executable, str(Path(__file__).parent / "offline.py"))
_SPEAKING = (
    'socket.create_connection(("127.0.0.1", 9))',
    'socket.create_server(("127.0.0.1", 0))',
    'socket.getaddrinfo("example.org", 80)',
    'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9))',
)
_IN_CHILD = "import subprocess, sys; print(subprocess.call([sys.executable, '-c', {!r}]))"


@pytest.mark.parametrize("name", ["letter", "intake_form"])
def test_without_network(place: Place, name: str) -> None:
    source = sample(name)
    done = place.spawn("redact", source, "-o", "out.pdf", prefix=_OFFLINE)
    assert done.code == ExitCode.OK, done.err
    done = place.spawn("verify", "out.pdf", "--source", source, prefix=_OFFLINE)
    assert done.code == ExitCode.OK, done.err


@pytest.mark.parametrize("call", _SPEAKING)
def test_speaking_would_be_noticed(call: str) -> None:
    program = f"import socket; {call}"
    for line in (program, _IN_CHILD.format(program)):
        done = subprocess.run(
            [*_OFFLINE, sys.executable, "-c", line], stdout=subprocess.PIPE, check=False
        )
        assert -signal.SIGSYS in (done.returncode, int(done.stdout or 0))

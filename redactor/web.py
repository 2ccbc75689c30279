"""One bounded request to a server that the user named: the only way in which bytes leave.

Redirects are not followed and proxies are not used: nothing goes to a machine that was not named.
Answers are bounded in size and time.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, urlsplit

from redactor.errors import UsageError


def server_url(url: str, option: str, example: str) -> SplitResult:
    """The parts of the URL that an option names. Raises UsageError where it names no server."""
    hint = f"write it like {example}"
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not re.fullmatch(r"[!-~]+", url):
        raise UsageError(f"{option} is no URL of a server", hint)
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError(f"{option} holds more than a host, a port and a path", hint)
    return parts


def post(
    server: SplitResult,
    path: str,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float,
    limit: int,
) -> tuple[int, bytes]:
    """The status and the body of the answer, of which no more than `limit` + 1 bytes are read.

    `seconds` are there to connect, and as many again for the answer. Raises OSError, and
    HTTPException for what is no HTTP; `reason` says in words why.
    """
    connection = _connection(server, seconds)
    try:
        connection.connect()
        with _deadline(connection.sock, seconds):
            connection.request("POST", path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read(limit + 1)
    finally:
        connection.close()


def reason(error: Exception) -> str:
    """What went wrong with a request, in words that hold nothing of what was sent."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "has a certificate that is not trusted"
    if isinstance(error, TimeoutError):
        return "is too slow"
    if isinstance(error, ConnectionRefusedError | socket.gaierror):
        return "cannot be reached"
    return f"fails: {type(error).__name__}"


def _connection(server: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host, port = server.hostname or "", server.port
    if server.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
    return http.client.HTTPConnection(host, port, timeout=seconds)


@contextmanager
def _deadline(connected: socket.socket, seconds: float) -> Iterator[None]:
    """Cuts a connection after so many seconds, however steadily it drips.

    Raises TimeoutError then.
    """
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):  # it is gone already
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError

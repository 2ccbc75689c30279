"""Asks a vision-language model on an OpenAI-compatible endpoint what a picture of a line says.

The picture leaves the process, so this is careful where to: the user must have asked for it, and
the endpoint is on this machine (by a loopback address or as `localhost`) or among the hosts that
the policy names, and then only over TLS. No other name is even looked up. Redirects are not
followed and proxies are not used. Answers are bounded in size and time.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import json
import re
import socket
import ssl
import time
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import SplitResult

from redactor import web
from redactor.errors import MissingDependency, UsageError
from redactor.modes import Endpoint

PROMPT: Final = (
    "Transcribe the text in this picture exactly as it is written, on one line. "
    "Answer with the transcription alone."
)
TRIES: Final = 3
MAX_ANSWER: Final = 1 << 16  # bytes of a response
MAX_TEXT: Final = 1000  # characters of a line
SECONDS: Final = 60.0  # to connect, and then to answer
_PAUSE = 0.5  # seconds before the second try; twice as long before the third
_AGAIN = frozenset((408, 429, 500, 502, 503, 504))
_TOKENS = 256
_KEY = re.compile(r"[!-~]{0,4096}")


class Malformed(Exception):
    """An answer that is no chat completion with one line of text. Quotes nothing of it."""


class _Failed(Exception):
    """A try that may go better the next time."""


class ChatClient:
    """One endpoint. Raises UsageError unless it is one that document text may be sent to."""

    def __init__(
        self,
        endpoint: Endpoint,
        allowed: Collection[str] = (),
        seconds: float = SECONDS,
        pause: float = _PAUSE,
    ) -> None:
        self._endpoint = endpoint
        self._parts = check(endpoint, allowed)
        self._seconds, self._pause = seconds, pause

    def read(self, png: bytes) -> str:
        """What the model says that a picture (PNG) reads.

        Raises Malformed for an answer that cannot be used, MissingDependency where the endpoint
        cannot be reached, refuses, redirects or is too slow, after as many tries as make sense.
        """
        body = json.dumps(_request(self._endpoint.model, png)).encode()
        for again in range(TRIES):
            try:
                return _content(self._post(body))
            except _Failed as error:
                if again + 1 == TRIES:
                    raise self.failure(str(error)) from error
                time.sleep(self._pause * 2**again)
        raise AssertionError("unreachable")

    def failure(self, what: str) -> MissingDependency:
        """The endpoint as a dependency that is missing."""
        return MissingDependency(
            f"the endpoint {self._endpoint.host} {what}",
            "check --vlm-url and --vlm-model, or use --mode icr",
        )

    def _post(self, body: bytes) -> bytes:
        """The response's body. Raises _Failed, Malformed or MissingDependency."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        path = f"{self._parts.path.rstrip('/')}/chat/completions"
        try:
            status, answer = web.post(self._parts, path, body, headers, self._seconds, MAX_ANSWER)
        except ssl.SSLCertVerificationError as error:
            raise self.failure(web.reason(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise _Failed(web.reason(error)) from error
        self._check_status(status)
        if len(answer) > MAX_ANSWER:
            raise Malformed(f"more than {MAX_ANSWER} bytes")
        return answer

    def _check_status(self, status: int) -> None:
        if status in _AGAIN:
            raise _Failed(f"answers with HTTP status {status}")
        if 300 <= status < 400:
            raise self.failure("redirects elsewhere, which is not followed")
        if status != 200:
            raise self.failure(f"answers with HTTP status {status}")


def check(endpoint: Endpoint, allowed: Collection[str] = ()) -> SplitResult:
    """The endpoint's URL in parts. Raises UsageError where nothing may be sent to it.

    `allowed` are "host:port" of machines beside this one.
    """
    parts = web.server_url(endpoint.url, "--vlm-url", "http://127.0.0.1:8000/v1")
    if not endpoint.model.strip():
        raise UsageError("--mode vlm needs the name of a model", "give it with --vlm-model")
    if not _KEY.fullmatch(endpoint.key):
        raise UsageError("the endpoint's key is not one line of ASCII", "check where it is kept")
    if _is_this_machine(parts.hostname or ""):
        return parts
    if endpoint.host not in allowed:
        raise UsageError(
            f"--vlm-url leads off this machine, to {endpoint.host}",
            f"to allow that, the policy must say: settings: {{vlm_hosts: [{endpoint.host!r}]}}",
        )
    if parts.scheme != "https":
        raise UsageError(
            f"--vlm-url would send document text to {endpoint.host} in the clear", "use https"
        )
    return parts


def _is_this_machine(host: str) -> bool:
    """By name `localhost`, or by a loopback address; other names may lead anywhere."""
    if host == "localhost":
        return all(_is_loopback(info[4][0]) for info in _addresses(host))
    return _is_loopback(host)


def _addresses(host: str) -> list[Any]:
    try:
        return list(socket.getaddrinfo(host, None))
    except OSError:
        return []


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _request(model: str, png: bytes) -> dict[str, Any]:
    """OpenAI's chat completions request, with the picture as a data URL."""
    url = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    content = [
        {"type": "text", "text": PROMPT},
        {"type": "image_url", "image_url": {"url": url}},
    ]
    return {
        "model": model,
        "messages": [{"role": "user", "content": content}],
        "temperature": 0,
        "max_tokens": _TOKENS,
        "stream": False,
    }


def _content(answer: bytes) -> str:
    """The text of the first choice. Raises Malformed."""
    try:
        text = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Malformed("not a chat completion") from error
    if not isinstance(text, str) or not text.strip():
        raise Malformed("no text")
    if len(text) > MAX_TEXT:
        raise Malformed(f"more than {MAX_TEXT} characters")
    return text

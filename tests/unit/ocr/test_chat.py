"""The client of an endpoint: what it sends, where to, and how every bad answer ends."""

from __future__ import annotations

import base64
import socket
import time

import pytest

from redactor.errors import MissingDependency, UsageError
from redactor.modes import Endpoint
from redactor.ocr import chat
from redactor.ocr.chat import MAX_ANSWER, MAX_TEXT, TRIES, ChatClient, Malformed, check
from tests.endpoint import Answer, drips, hangs_up, says, sends, serving, silent

PNG = b"\x89PNG not really"
SECRET = "Zebulon"


def client(url: str, key: str = "", seconds: float = 5) -> ChatClient:
    return ChatClient(Endpoint(url, "reader-1", key), seconds=seconds, pause=0.01)


def test_what_is_asked_and_answered() -> None:
    with serving(says("John Smith")) as endpoint:
        assert client(endpoint.url, key="sesame").read(PNG) == "John Smith"
    (asked,) = endpoint.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == "Bearer sesame"
    assert asked.body["model"] == "reader-1"
    assert asked.body["temperature"] == 0
    (message,) = asked.body["messages"]
    text, picture = message["content"]
    assert text == {"type": "text", "text": chat.PROMPT}
    kind, _, data = picture["image_url"]["url"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == PNG


def test_no_key_no_header() -> None:
    with serving(says("x")) as endpoint:
        client(endpoint.url).read(PNG)
    assert "Authorization" not in endpoint.asked[0].headers


def test_proxies_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(says("x")) as endpoint:
        assert client(endpoint.url).read(PNG) == "x"


@pytest.mark.parametrize(
    "answer",
    [
        sends(b"<html>hello</html>"),
        sends(b""),
        sends(b"[" * 20_000),
        sends(b"{}"),
        sends(b'{"choices": []}'),
        sends(b'{"choices": [{"message": null}]}'),
        sends(b"\xff\xfe"),
        says(None),
        says(["John"]),
        says(" \n "),
        says("x" * (MAX_TEXT + 1)),
        sends(b'{"choices": [{"message": {"content": "' + b"x" * MAX_ANSWER + b'"}}]}'),
    ],
)
def test_malformed_answers(answer: Answer) -> None:
    with serving(answer) as endpoint, pytest.raises(Malformed):
        client(endpoint.url).read(PNG)
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize("text", ["x" * MAX_TEXT, "é “quoted” \n two"])
def test_answers_as_long_as_may_be(text: str) -> None:
    with serving(says(text)) as endpoint:
        assert client(endpoint.url).read(PNG) == text


@pytest.mark.parametrize(
    ("answer", "tries", "said"),
    [
        (sends(b"", 302, Location="http://127.0.0.1:9/"), 1, "redirects"),
        (sends(b"", 307, Location="/v1/elsewhere"), 1, "redirects"),
        (sends(b"no " + SECRET.encode(), 401), 1, "401"),
        (sends(b"", 404), 1, "404"),
        (sends(b"", 204), 1, "204"),
        (sends(b"", 429), TRIES, "429"),
        (sends(b"", 503), TRIES, "503"),
        (hangs_up, TRIES, "fails"),
    ],
)
def test_failures(answer: Answer, tries: int, said: str) -> None:
    with serving(answer) as endpoint, pytest.raises(MissingDependency, match=said) as caught:
        client(endpoint.url).read(PNG)
    assert len(endpoint.asked) == tries
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("answer", [silent, drips])
def test_slow_answers(answer: Answer) -> None:
    """However steadily it drips, a try ends in time."""
    started = time.monotonic()
    with serving(answer) as endpoint:
        with pytest.raises(MissingDependency, match="too slow"):
            client(endpoint.url, seconds=0.2).read(PNG)
        assert len(endpoint.asked) == TRIES
        assert time.monotonic() - started < 2.5


def test_a_second_try_may_do() -> None:
    with serving(sends(b"", 503), hangs_up, says("John")) as endpoint:
        assert client(endpoint.url).read(PNG) == "John"


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(MissingDependency, match="cannot be reached"):
            client(url).read(PNG)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/v1",
        "http://127.8.9.1",
        "https://127.0.0.1:8443/v1/",
        "http://localhost:1234/v1",
        "http://LOCALHOST/v1",
        "http://[::1]:8000/v1",
    ],
)
def test_this_machine(url: str) -> None:
    check(Endpoint(url, "m"))


@pytest.mark.parametrize(
    "url",
    [
        "https://ocr.example.org/v1",
        "http://localhost.example.org/v1",
        "http://127.0.0.1.example.org/v1",
        "http://0.0.0.0:8000/v1",
        "http://10.0.0.1:8000/v1",
        "http://[::]:8000/v1",
        "http://2130706433/v1",
        "http://0x7f.1/v1",
    ],
)
def test_other_machines_are_not_even_looked_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_lookup(*_: object, **__: object) -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr(socket, "getaddrinfo", no_lookup)
    with pytest.raises(UsageError, match="vlm_hosts"):
        check(Endpoint(url, "m"), ["ocr.example.org:444", "example.org:443"])


def test_localhost_that_leads_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(0, 0, 0, "", ("10.0.0.1", 0))])
    with pytest.raises(UsageError):
        check(Endpoint("http://localhost/v1", "m"))


def test_a_host_that_the_policy_names() -> None:
    allowed = ["ocr.example.org:443", "[2001:db8::1]:8443"]
    check(Endpoint("https://ocr.example.org/v1", "m"), allowed)
    check(Endpoint("https://OCR.example.org:443/v1", "m"), allowed)
    check(Endpoint("https://[2001:db8::1]:8443", "m"), allowed)
    with pytest.raises(UsageError, match="https"):
        check(Endpoint("http://ocr.example.org:443/v1", "m"), allowed)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://[::1/",
        "http://user:word@127.0.0.1/",
        "http://127.0.0.1/v1?key=sesame",
        "http://127.0.0.1/v1#there",
        "http://127.0.0.1/v1\r\nHost: x",
        "http://127.0.0.1/a b",
    ],
)
def test_what_is_no_endpoint(url: str) -> None:
    with pytest.raises(UsageError, match="--vlm-url") as caught:
        check(Endpoint(url, "m"))
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("key", ["two\nlines", "späte", "a b", "\x00"])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        check(Endpoint("http://127.0.0.1/v1", "m", key))
    assert key not in str(caught.value)


def test_the_key_is_not_shown() -> None:
    assert "sesame" not in repr(Endpoint("http://127.0.0.1/v1", "m", "sesame"))

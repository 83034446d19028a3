# SPDX-License-Identifier: Apache-2.0
"""Requests that no browser makes: nothing outside the bundle is served, nothing is answered twice, nothing falls over."""

import select

import pytest

from raw_websocket import connect


def healthy(node) -> bool:
    """Asks on a connection of its own."""
    client = connect(node.port)
    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    answer = b""
    while data := client.recv(1 << 16):
        answer += data
    client.close()
    return status(answer) == 200


def exchange(node, request: bytes) -> bytes:
    """Sends the bytes, then reads until the node ends the connection or says nothing more while it answers ten others."""
    client = connect(node.port)
    waiting = select.poll()
    waiting.register(client, select.POLLIN)
    answer, silence = b"", 0
    try:
        client.sendall(request)
        while silence < 10:
            if waiting.poll(20):
                if not (data := client.recv(1 << 16)):
                    break
                answer, silence = answer + data, 0
            else:
                assert healthy(node)
                silence += 1
    except ConnectionError:
        pass
    client.close()
    return answer


def status(answer: bytes) -> int | None:
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else None


def get(node, target: str, extra="") -> bytes:
    return exchange(node, f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{extra}Connection: close\r\n\r\n".encode("latin-1"))


@pytest.mark.parametrize("target", [
    "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/app/../../Package.swift",
    "/app/../index.html", "//etc/passwd", "/./index.html", "/index.html/", "/index.html%00.js", "/INDEX.HTML",
    "/..\\..\\Package.swift", "/tests/server.py", "/tests/redteam/datagrams.py", "/.git/config", "/package.json.bak",
    "/node_modules/", "/app/", "/app", "/jsconfig.json~", "/index.html;x", "/\xff\xfe", "/%ff", "*",
    "/" + "a/" * 3000,
])
def test_only_files_of_the_bundle_are_served(fortress, target):
    answer = get(fortress, target)
    # A target that isn't ASCII is no HTTP at all, and gets the connection's end.
    assert status(answer) in (400, 404) or (answer == b"" and not target.isascii()), answer[:200]
    assert b"root:" not in answer and b"swift-tools-version" not in answer and b"def " not in answer


def test_the_pages_themselves_are_there(fortress):
    for target in ("/", "/m", "/index.html", "/?x=/../..", "/m?%00"):
        assert status(get(fortress, target)) == 200
    # The absolute form and a strange host change nothing about what is served.
    assert status(get(fortress, "http://elsewhere.example/etc/passwd")) in (400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"])
def test_methods_other_than_get_change_nothing(fortress, method):
    answer = exchange(fortress, f"{method} / HTTP/1.1\r\nHost: a\r\nX-Probe: seen\r\nContent-Length: 3\r\n\r\nabc".encode())
    assert status(answer) == 405 and b"X-Probe" not in answer


def test_plain_requests_for_signalling_are_told_what_it_is(fortress):
    assert status(get(fortress, "/signal")) == 426
    key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    for extra in (
        "Upgrade: websocket\r\n", "Upgrade: h2c\r\nConnection: Upgrade\r\n",
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n{key}",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{key}{key}",
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{key}Content-Length: 5\r\n",
    ):
        request = f"GET /signal HTTP/1.1\r\nHost: a\r\n{extra}\r\n".encode()
        assert status(exchange(fortress, request)) in (400, 426), extra
    upgrade = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{key}\r\n"
    assert status(exchange(fortress, f"GET /signal/x HTTP/1.1\r\nHost: a\r\n{upgrade}".encode())) == 404
    assert status(exchange(fortress, f"POST /signal HTTP/1.1\r\nHost: a\r\n{upgrade}".encode())) in (400, 405, 426)


@pytest.mark.parametrize("request_bytes", [
    b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 9_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(200)) + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X%d: " % n + b"y" * 4000 + b"\r\n" for n in range(8)) + b"\r\n",
    b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"X" * 1_000_000,
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"x" * 1_000_000,
], ids=["long header", "many headers", "large headers", "long target", "long method", "long name"])
def test_heads_without_bound_are_refused(fortress, call, request_bytes):
    with call.undisturbed():
        answer = exchange(fortress, request_bytes)
        assert answer == b"" or status(answer) in (400, 404, 413, 414, 431), answer[:200]


@pytest.mark.parametrize("request_bytes", [
    b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", b"\0" * 100,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", b"GET / HTTP/1.1\nHost: a\n\n", b"\xff\xfe\xfd",
], ids=range(12))
def test_what_is_not_http_ends_its_own_connection(fortress, request_bytes):
    answer = exchange(fortress, request_bytes)
    assert answer == b"" or status(answer) is not None, answer[:200]
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert healthy(fortress)


SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: smuggled\r\n\r\n"


@pytest.mark.parametrize("head", [
    b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n", b"Content-Length: +%d\r\n\r\n", b"Content-Length: -1\r\n\r\n",
    b"Content-Length: 18446744073709551617\r\n\r\n", b"Content-Length: 0x10\r\n\r\n",
    b"Transfer-Encoding: xchunked\r\n\r\n", b"Transfer-Encoding: chunked, identity\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
    b"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n",
], ids=range(11))
def test_a_length_with_two_readings_ends_the_connection(fortress, head):
    """A request within another's body must not be answered, or a proxy before us and we would disagree about whose it is."""
    head = head.replace(b"%d", str(len(SMUGGLED)).encode())
    answer = exchange(fortress, b"GET / HTTP/1.1\r\nHost: a\r\n" + head + SMUGGLED)
    assert b"ok\n" not in answer.split(b"\r\n\r\n")[-1], answer[-300:]
    assert answer.count(b"HTTP/1.1 200") <= 1, answer[:300]


def test_a_body_is_not_taken_for_a_request(fortress):
    body = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    answer = exchange(fortress, b"GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    assert answer.count(b"HTTP/1.1 ") == 1 and status(answer) == 404
    # Two requests one behind the other are two, in their order.
    answer = exchange(fortress, (b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n") + body)
    assert answer.count(b"HTTP/1.1 ") == 2 and status(answer) == 404 and answer.endswith(b"ok\n")


def test_bodies_without_end_are_cut_off(fortress, call):
    with call.undisturbed():
        for head in (b"Content-Length: 100000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"):
            client = connect(fortress.port)
            client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\n" + head)
            chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
            with pytest.raises(OSError):
                for _ in range(400):
                    client.sendall(chunk)
            client.close()

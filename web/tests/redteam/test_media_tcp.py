# SPDX-License-Identifier: Apache-2.0
"""The media port's TCP side: garbage, frames too long, strangers who say nothing, and friends who hoard connections."""

import os
import socket
import struct

from datagrams import CONTROLLING, PRIORITY, binding, client_hello, of_kind, rtp
from descriptions import offer
from measures import descriptors, resident
from server import PATIENCE, wait_until

MiB = 1 << 20


def connect(call) -> socket.socket:
    client = socket.socket()
    client.settimeout(PATIENCE)
    client.connect(call.media_address)
    return client


def framed(packet: bytes) -> bytes:
    return struct.pack("!H", len(packet)) + packet


def rest(client) -> bytes:
    """All that still comes, until the node ends the connection."""
    received = b""
    try:
        while data := client.recv(1 << 16):
            received += data
    except ConnectionError:
        pass
    return received


TOO_LONG = b"\xff\xff" + b"x" * 3000


def test_garbage_gets_no_answer_and_frames_too_long_end_the_connection(fortress, call):
    ufrag = f"{call.facts['server_ufrag']}:{call.facts['client_ufrag']}"
    with call.undisturbed():
        for data in (TOO_LONG, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x08\x01"):
            client = connect(call)
            client.sendall(data)
            assert rest(client) == b"", data[:20]
            client.close()
        for data in (
            b"\0\0" * 5000, framed(client_hello()), framed(rtp()) * 20, framed(os.urandom(2000)),
            framed(of_kind("known-ufrag", ufrag)) * 20, framed(of_kind("unknown-ufrag", ufrag)) * 20,
            framed(of_kind("bare", ufrag)),
        ):
            client = connect(call)
            client.sendall(data)
            # What is too long is read after the rest, and ends what would else stay open.
            client.sendall(TOO_LONG)
            assert rest(client) == b"", data[:20]
            client.close()


def test_a_thousand_strangers_are_held_to_a_few_and_those_to_ten_seconds(fortress, call):
    before, files = resident(fortress.pid), descriptors(fortress.pid)
    with call.undisturbed():
        strangers = []
        for number in range(1000):
            stranger = connect(call)
            stranger.sendall((b"", b"\x05", b"\x05\x00" + b"x" * 1000, framed(rtp()))[number % 4])
            strangers.append(stranger)
            if number % 50 == 0:
                assert descriptors(fortress.pid) <= files + 140, "more than 128 strangers are held"
        assert resident(fortress.pid) - before < 16 * MiB
        # They would stay; the node's ten seconds end them.
        wait_until(lambda: descriptors(fortress.pid) <= files + 2, "strangers are still there")
        for stranger in strangers:
            stranger.close()


def published(party):
    """A participant with a publisher connection that has nothing but credentials."""
    client = party.found()
    client.send({"type": "publish", "request": 1, "sdp": offer("abcd", "x" * 24),
                 "tracks": [{"mid": "0", "source": "microphone"}]})
    message = client.receive(lambda m: m["type"] in ("published", "error"))
    assert message["type"] == "published", message
    sdp = message["sdp"]
    client.ufrag, client.password = (sdp.split(f"a=ice-{what}:")[1].split("\r\n")[0] for what in ("ufrag", "pwd"))
    return client


def test_a_participant_cannot_hoard_connections(party, fortress, call):
    """Each brings an authentic check, so none of them is a stranger; yet a peer has only so many addresses."""
    files = descriptors(fortress.pid)
    with call.undisturbed(), published(party) as member:
        hoard = []
        for _ in range(60):
            client = connect(call)
            client.sendall(framed(binding(f"{member.ufrag}:abcd", member.password, PRIORITY, CONTROLLING)))
            assert client.recv(1 << 16)[2:4] == b"\x01\x01", "an authentic check is answered"
            hoard.append(client)
        wait_until(lambda: descriptors(fortress.pid) - files <= 12, "too many are held for one peer connection")
        for client in hoard:
            client.close()


def test_a_reflected_answer_is_not_longer_than_the_authentic_check(party, call):
    with published(party) as member:
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.settimeout(PATIENCE)
        client.connect(call.media_address)
        for _ in range(3):
            check = binding(f"{member.ufrag}:abcd", member.password, PRIORITY, CONTROLLING)
            client.send(check)
            answer = client.recv(2048)
            # One check is one answer: what comes next is always the answer to the next one, by its transaction.
            assert answer[8:20] == check[8:20] and len(answer) <= len(check)

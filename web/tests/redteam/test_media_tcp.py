# SPDX-License-Identifier: Apache-2.0
"""The media port's TCP side: garbage, frames too long, strangers who say nothing, and friends who hoard connections."""

import os
import select
import socket
import struct
import time

import pytest

from datagrams import CONTROLLING, PRIORITY, binding, client_hello, of_kind, rtp
from descriptions import offer
from measures import descriptors, resident
from raw_websocket import RawWebSocket
from vigil_client import alias

MiB = 1 << 20


def connect(call) -> socket.socket:
    client = socket.socket()
    client.settimeout(5)
    client.connect(call.media_address)
    return client


def framed(packet: bytes) -> bytes:
    return struct.pack("!H", len(packet)) + packet


def answer(client, wait):
    """What comes within the time: bytes, b"" for an end, None for silence."""
    # Not select(): with a thousand sockets open the descriptor may be above what it takes.
    waiting = select.poll()
    waiting.register(client, select.POLLIN)
    if not waiting.poll(wait * 1000):
        return None
    try:
        return client.recv(1 << 16)
    except ConnectionError:
        return b""


def test_garbage_gets_no_answer_and_frames_too_long_end_the_connection(fortress, call):
    ufrag = f"{call.facts['server_ufrag']}:{call.facts['client_ufrag']}"
    with call.undisturbed():
        for data, ends in (
            (b"\xff\xff" + b"x" * 3000, True), (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True), (b"\x08\x01", True),
            (b"\0\0" * 5000, False), (framed(client_hello()), False), (framed(rtp()) * 20, False),
            (framed(os.urandom(2000)), False), (framed(of_kind("known-ufrag", ufrag)) * 20, False),
            (framed(of_kind("unknown-ufrag", ufrag)) * 20, False), (framed(of_kind("bare", ufrag)), False),
        ):
            client = connect(call)
            client.sendall(data)
            assert answer(client, 5 if ends else 0.2) == (b"" if ends else None), data[:20]
            client.close()


def test_a_thousand_strangers_are_held_to_a_few_and_those_to_ten_seconds(fortress, call):
    before, files = resident(fortress.pid), descriptors(fortress.pid)
    with call.undisturbed():
        strangers = []
        for number in range(1000):
            stranger = connect(call)
            stranger.sendall((b"", b"\x05", b"\x05\x00" + b"x" * 1000, framed(rtp()))[number % 4])
            strangers.append(stranger)
        deadline = time.monotonic() + 30
        while descriptors(fortress.pid) > files + 140:
            assert time.monotonic() < deadline, "more than 128 strangers are held"
            time.sleep(0.05)
        assert resident(fortress.pid) - before < 16 * MiB
        # Ten seconds and a sweep after the last one came; the rest is patience for slow machines.
        deadline = time.monotonic() + 60
        while descriptors(fortress.pid) > files + 2:
            assert time.monotonic() < deadline, "strangers are still there"
            time.sleep(0.2)
        for stranger in strangers:
            stranger.close()


def published(node, secret, host_token):
    """A participant with a publisher connection that has nothing but credentials."""
    client = RawWebSocket(node)
    client.join(alias(secret), create=True, hostToken=host_token)
    client.send({"type": "publish", "request": 1, "sdp": offer("abcd", "x" * 24),
                 "tracks": [{"mid": "0", "source": "microphone"}]})
    message = client.receive(lambda m: m["type"] in ("published", "error"))
    assert message["type"] == "published", message
    sdp = message["sdp"]
    client.ufrag, client.password = (sdp.split(f"a=ice-{what}:")[1].split("\r\n")[0] for what in ("ufrag", "pwd"))
    return client


def test_a_participant_cannot_hoard_connections(fortress, call, secret, host_token):
    """Each brings an authentic check, so none of them is a stranger; yet a peer has only so many addresses."""
    files = descriptors(fortress.pid)
    with call.undisturbed(), published(fortress, secret, host_token) as member:
        hoard = []
        for _ in range(60):
            client = connect(call)
            client.sendall(framed(binding(f"{member.ufrag}:abcd", member.password, PRIORITY, CONTROLLING)))
            reply = answer(client, 5)
            assert reply and reply[2:4] == b"\x01\x01", "an authentic check is answered"
            hoard.append(client)
        deadline = time.monotonic() + 30
        while (held := descriptors(fortress.pid) - files) > 12:
            assert time.monotonic() < deadline, f"{held} descriptors are held for one peer connection"
            time.sleep(0.05)
        for client in hoard:
            client.close()


def test_a_reflected_answer_is_not_longer_than_the_authentic_check(fortress, call, secret, host_token):
    with published(fortress, secret, host_token) as member:
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.settimeout(5)
        client.connect(call.media_address)
        check = binding(f"{member.ufrag}:abcd", member.password, PRIORITY, CONTROLLING)
        client.send(check)
        assert len(client.recv(2048)) <= len(check)
        # One check is one answer, and then it is silent.
        client.settimeout(1)
        with pytest.raises(TimeoutError):
            client.recv(2048)

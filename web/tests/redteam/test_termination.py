# SPDX-License-Identifier: Apache-2.0
"""`kill -TERM` in the middle of everything: people are told, and the process is gone within five seconds."""

import os
import pathlib
import resource
import signal
import socket
import subprocess
import sys
import time

import pytest

from call import Call
from party import Envelope, Party
from raw_websocket import Closed, RawWebSocket, connect, frame
from server import PATIENCE, Server
from vigil_member import alias, new_secret

DEADLINE = 5


class Stop:
    """Sends the signal, and measures the node's five seconds by a process that sleeps for as long from then on: what that
    one is late by is the machine's, and the node may be late by some of that."""

    def __init__(self, node, number=signal.SIGTERM):
        self.process = node.process
        self.started = time.monotonic()
        self.clock = subprocess.Popen(["sleep", str(DEADLINE)])
        self.process.send_signal(number)

    def status(self) -> int:
        while self.process.poll() is None and self.clock.poll() is None:
            time.sleep(0.01)
        late = max(0, time.monotonic() - self.started - DEADLINE)
        try:
            return self.process.wait(0.1 + 10 * late)
        finally:
            self.clock.kill()
            self.clock.wait()


def busy_people(party):
    """A host, guests, somebody who never reads, somebody who hasn't joined."""
    host = party.found("Person 0")
    people = [host, *party.all_in([party.knock(f"Person {number}") for number in range(1, 5)])]
    snail = party.come("Snail", receive_buffer=4096)
    snail.is_attended = False
    host.wish("say", id="a", text="hello", to=None)
    people[1].event("chat", id="a")
    envelope = Envelope(next(m["message"] for m in reversed(host.sent) if m["type"] == "message"))
    for number in range(9):
        people[number % 5].send({"type": "message", "message": envelope.filled(16_000)})
    return people, snail, RawWebSocket(party.node)


def sockets_are_free(node, media):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, kind == socket.SOCK_STREAM)
            probe.bind(("0.0.0.0", media[1]))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", node.port))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_everyone_is_told_and_the_node_is_gone_in_time(binary, number, tmp_path):
    with Server(binary, log=tmp_path / "log") as node, Call(node) as call, Party(node) as party:
        people, snail, stranger = busy_people(party)
        half_open = [connect(node.port) for _ in range(50)]
        for client in half_open[25:]:
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        media_stream = socket.create_connection(call.media_address)
        flood = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("datagrams.py"), "unknown-ufrag,rtp,hello",
             call.media_address[0], str(call.media_address[1]), "40000", "5000"], stdout=subprocess.DEVNULL)
        stop = Stop(node, number)
        for person in people:
            assert person.receive(lambda m: m["type"] == "draining")
        assert stranger.receive() == {"type": "refused", "reason": "draining"}
        assert stranger.close_code() == 4000
        # Nobody comes in any more, whether the door is shut or says so.
        try:
            late = RawWebSocket(node, timeout=3)
            late.join(alias(new_secret()), create=True)
            raise RuntimeError("somebody came in")
        except (Closed, AssertionError, OSError):
            pass
        for person in people:
            assert person.close_code() == 1012
        assert stop.status() == 0, node.log()
        flood.kill()
        flood.wait()
        sockets_are_free(node, call.media_address)
        media_stream.close()
        for client in (*people, snail, stranger):
            client.socket.close()
        for client in half_open:
            client.close()


def test_a_second_signal_ends_it_at_once_and_leaves_no_core(binary, tmp_path):
    before = set(os.listdir())
    # Whatever would write a core may.
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    # If the drain is over before the second signal comes, which a slow machine may see to, the status is 0: then once more.
    for attempt in range(5):
        with Server(binary, log=tmp_path / f"log{attempt}") as node, Party(node) as party:
            people, snail, _ = busy_people(party)
            node.process.send_signal(signal.SIGTERM)
            assert people[0].receive(lambda m: m["type"] == "draining")
            node.process.send_signal(signal.SIGTERM)
            if (status := node.process.wait(PATIENCE)) != 0:
                break
    assert status == 128 + signal.SIGTERM
    assert not [name for name in set(os.listdir()) - before if name.startswith("core")]


def test_a_node_with_nobody_on_it_ends(binary, tmp_path):
    with Server(binary, log=tmp_path / "log") as node:
        assert Stop(node).status() == 0


def test_the_tail_of_unread_messages_does_not_hold_the_node(binary, tmp_path):
    """Clients that never answer a close, in the middle of an unfinished message."""
    with Server(binary, log=tmp_path / "log") as node:
        party = Party(node)
        host = party.found("Mute")
        mute = [host, *party.all_in([party.knock("Mute") for _ in range(29)])]
        for client in mute:
            client.send_bytes(frame(b"{" * 50_000, fin=False, length=100_000))
        assert Stop(node).status() == 0
        for client in mute:
            client.socket.close()

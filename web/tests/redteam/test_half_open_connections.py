# SPDX-License-Identifier: Apache-2.0
"""A thousand connections that never become anything: bounded memory, closed in time, and people keep coming in."""

import contextlib
import resource
import select
import time

from measures import descriptors, resident, totals
from party import Party
from raw_websocket import RawWebSocket, connect, frame
from server import PATIENCE, wait_until

MiB = 1 << 20
COUNT = 1000


def room_for_descriptors():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))


def address(number: int) -> str:
    """Strangers come from many addresses; all of 127/8 is this machine."""
    return f"127.0.{1 + number % 50}.{1 + number // 250}"


def people_come_in(node):
    """A person founds a meeting, from an address that strangers also use, and is answered by the node."""
    with Party(node) as party:
        host = party.found("Person", source=address(0))
        assert host.welcome["self"] == host.id
        assert host.ask({"type": "ping", "id": 1})["type"] == "pong"


def still_open(sockets):
    """Those that the node hasn't ended, by looking and not by asking."""
    poll = select.poll()
    by_number = {s.fileno(): s for s in sockets}
    for number in by_number:
        poll.register(number, select.POLLIN | select.POLLHUP | select.POLLERR)
    ended = set()
    for number, _ in poll.poll(0):
        try:
            while data := by_number[number].recv(1 << 16):
                pass
            ended.add(number)
        except BlockingIOError:
            pass
        except OSError:
            ended.add(number)
    return [s for s in sockets if s.fileno() not in ended]


def hold(node, call, openers, memory, drip=b""):
    """Opens a thousand connections, checks what they cost, and that the node ends all of them: they themselves never would."""
    room_for_descriptors()
    before, before_files = resident(node.pid), descriptors(node.pid)
    with call.undisturbed():
        strangers = []
        for number in range(COUNT):
            stranger = connect(node.port, source=address(number))
            openers[number % len(openers)](stranger)
            stranger.setblocking(False)
            strangers.append(stranger)
            if number % 250 == 249:
                people_come_in(node)
        assert resident(node.pid) - before < memory, f"{(resident(node.pid) - before) / MiB:.0f} MiB more"
        left = strangers
        deadline = time.monotonic() + PATIENCE
        while left := still_open(left):
            assert time.monotonic() < deadline, f"{len(left)} are still open"
            people_come_in(node)
            for stranger in left if drip else ():
                # A byte now and then isn't progress.
                with contextlib.suppress(OSError):
                    stranger.send(drip)
            time.sleep(0.5)
        for stranger in strangers:
            stranger.close()
    wait_until(lambda: descriptors(node.pid) <= before_files + 20, "descriptors were left behind")


UPGRADE = (b"GET /signal HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")


def test_a_thousand_that_say_nothing_or_never_join(fortress, call):
    hold(
        fortress, call, memory=100 * MiB,
        openers=[
            lambda s: None,
            lambda s: s.sendall(UPGRADE),
            lambda s: s.sendall(UPGRADE + frame(b'{"type":"fly"}')),
            lambda s: s.sendall(UPGRADE + frame(b'{"type":"jo', fin=False)),
        ])


def test_a_thousand_with_half_a_request(fortress, call):
    hold(
        fortress, call, memory=100 * MiB, drip=b"x",
        openers=[
            lambda s: s.sendall(b"GET /sig"),
            lambda s: s.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 4000),
            lambda s: s.sendall(b"GET / HTTP/1.1\r\n"),
            lambda s: s.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        ])


def test_strangers_cannot_make_the_node_hold_large_unfinished_messages(fortress, call):
    """Before the join nothing large is said, so nothing large is waited for."""
    before = resident(fortress.pid)
    with call.undisturbed():
        strangers = []
        for number in range(400):
            stranger = RawWebSocket(fortress, source=address(number))
            stranger.send_bytes(frame(b" " * 100_000, fin=False) + frame(b" " * 150_000, 0, fin=False, length=156_000))
            strangers.append(stranger)
        grown = resident(fortress.pid) - before
        assert all(stranger.close_code() == 1009 for stranger in strangers)
        for stranger in strangers:
            stranger.socket.close()
    assert grown < 60 * MiB, f"{grown / MiB:.0f} MiB more"


def test_one_address_pushes_out_only_itself(fortress, call):
    room_for_descriptors()
    evicted = totals(fortress)["vigil_connections_evicted_total"]
    with call.undisturbed():
        strangers = [connect(fortress.port, source="127.0.9.9") for _ in range(600)]
        wait_until(lambda: totals(fortress)["vigil_connections_evicted_total"] - evicted >= 600 - 256)
        with Party(fortress) as party:
            assert party.found("Person", source="127.0.9.9").is_inside
        for stranger in strangers:
            stranger.close()

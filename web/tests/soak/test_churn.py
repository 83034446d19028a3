# SPDX-License-Identifier: Apache-2.0
"""Ten minutes of coming, publishing, losing the network, coming back and leaving, in thirty meetings at once.

A node that keeps anything of those who left shows it here: memory and descriptors must be flat after the warm-up.
"""

import asyncio
import contextlib
import os
import random
import statistics
import time

import pytest

from call import Call
from descriptions import offer
from measures import descriptors, resident, totals
from raw_websocket import RawWebSocket
from server import PATIENCE, Server, free_port, wait_until
from vigil_client import VigilClient, alias, encode, new_secret
from voices import hear, one_hears_another

MiB = 1 << 20
SECONDS = float(os.environ.get("VIGIL_SOAK_SECONDS", 600))
MEETINGS = 30
GRACE = 30  # docs/protocol.md


@pytest.fixture
def soaked(binary, tmp_path):
    metrics_port = free_port()
    with Server(binary, options=["--metrics-port", str(metrics_port)], log=tmp_path / "log") as server:
        server.metrics_port = metrics_port
        yield server


class Visitor:
    """One participant without media of their own, who does a random thing at each step."""

    def __init__(self, node, choose):
        self.node, self.choose = node, choose
        self.secret, self.token = new_secret(), encode(os.urandom(32))
        self.socket = None
        self.resume = None
        self.cut_at = 0.0
        self.request = 0

    def step(self):
        if self.socket is None:
            return self.join()
        act = self.choose.choices(
            [self.chat, self.state, self.publish, self.cut, self.leave], weights=[4, 2, 3, 2, 1])[0]
        act()

    def join(self):
        self.socket = RawWebSocket(self.node)
        members = {"create": True, "hostToken": self.token}
        if self.resume:
            members |= {"resume": self.resume, "media": self.choose.choice(["keep", "new"])}
        welcome = self.socket.join(alias(self.secret), "Visitor", **members)
        assert welcome["type"] == "welcome", welcome
        if self.resume and time.monotonic() - self.cut_at < GRACE:
            assert welcome["resumed"], "within its grace a place is kept"
        self.resume = welcome["resume"]

    def chat(self):
        self.request += 1
        self.socket.send({"type": "chat", "id": f"c{self.request}", "text": "Here I am. " * self.choose.randint(1, 50)})
        self.socket.receive(lambda m: m["type"] == "chat" and m["id"] == f"c{self.request}")

    def state(self):
        self.socket.send({"type": "state", "hand": self.choose.random() < 0.5})
        assert self.socket.ask({"type": "ping", "id": 1})["type"] == "pong"

    def publish(self):
        self.request += 1
        self.socket.send({
            "type": "publish", "request": self.request, "sdp": offer(f"u{self.choose.randrange(10**6):06}", "x" * 24),
            "tracks": [{"mid": "0", "source": "microphone"}]})
        answer = self.socket.receive(lambda m: m["type"] in ("published", "error"))
        assert answer["type"] == "published" or answer["code"] == "sdp", answer

    def cut(self):
        self.cut_at = time.monotonic()
        self.socket.socket.close()
        self.socket = None

    def leave(self):
        self.socket.send({"type": "leave"})
        assert self.socket.close_code() == 1000
        self.socket.socket.close()
        self.socket = self.resume = None


async def with_media(node):
    """Two come, one hears the other, one is cut and resumes, both go."""
    secret, token = new_secret(), encode(os.urandom(32))
    ana, ben, track = await one_hears_another(node, secret, token)
    await hear(track, 20)
    ben.socket.transport.abort()
    again = VigilClient(node.signal_url, secret, "Ben")
    assert (await again.join(resume=ben.welcome["resume"]))["resumed"] is True
    await hear(track, 20)
    await again.leave()
    await ben.close()
    await ana.leave()


@pytest.mark.timeout(SECONDS + 900)
def test_memory_and_descriptors_are_flat(soaked):
    choose = random.Random(20)
    samples: list[tuple[float, int, int]] = []
    with contextlib.ExitStack() as stack:
        call = stack.enter_context(Call(soaked))
        visitors = []
        for number in range(4 * MEETINGS):
            visitor = Visitor(soaked, choose)
            if number >= MEETINGS:
                host = visitors[number % MEETINGS]
                visitor.secret, visitor.token = host.secret, host.token
            visitors.append(visitor)
        for visitor in visitors:
            visitor.join()
        assert totals(soaked)["vigil_meetings"] == MEETINGS + 1
        started = time.monotonic()
        with call.undisturbed():
            while (elapsed := time.monotonic() - started) < SECONDS:
                asyncio.run(asyncio.wait_for(with_media(soaked), 2 * PATIENCE))
                for _ in range(10):
                    for visitor in choose.sample(visitors, 30):
                        visitor.step()
                    for visitor in visitors:
                        if visitor.socket is None and choose.random() < 0.3:
                            visitor.join()
                    # Nobody may be taken for a slow reader.
                    for visitor in visitors:
                        if visitor.socket is not None:
                            assert visitor.socket.ask({"type": "ping", "id": 2})["type"] == "pong"
                samples.append((elapsed, resident(soaked.pid), descriptors(soaked.pid)))
        for visitor in visitors:
            if visitor.socket is None:
                visitor.join()
            visitor.leave()
    warm = [s for s in samples if SECONDS * 0.2 <= s[0] < SECONDS * 0.5]
    late = [s for s in samples if s[0] >= SECONDS * 0.8]
    assert warm and late, "too slow a machine for so short a soak"
    memory, later = (statistics.median(s[1] for s in part) for part in (warm, late))
    assert later < memory * 1.1 + 8 * MiB, f"{memory / MiB:.0f} MiB became {later / MiB:.0f} MiB"
    files, later = (max(s[2] for s in part) for part in (warm, late))
    assert later <= files + 10, f"{files} descriptors became {later}"
    # When everybody has gone, all of it ends.
    wait_until(
        lambda: not totals(soaked)["vigil_meetings"] and not totals(soaked)["vigil_signalling_connections"],
        lambda: totals(soaked))
    assert descriptors(soaked.pid) <= files


@pytest.mark.timeout(900)
def test_thirty_meetings_at_once_do_not_hear_each_other(soaked):
    """Thirty meetings of three, and media in four of them."""
    with contextlib.ExitStack() as stack:
        calls = [stack.enter_context(Call(soaked)) for _ in range(4)]
        meetings = []
        for _ in range(MEETINGS - len(calls)):
            secret, token = new_secret(), encode(os.urandom(32))
            people = [stack.enter_context(RawWebSocket(soaked)) for _ in range(3)]
            for person in people:
                assert person.join(alias(secret), "Person", create=True, hostToken=token)["type"] == "welcome"
            meetings.append(people)
        assert totals(soaked)["vigil_meetings"] == MEETINGS
        with contextlib.ExitStack() as quiet:
            for call in calls:
                quiet.enter_context(call.undisturbed())
            for turn in range(20):
                for number, people in enumerate(meetings):
                    people[turn % 3].send({"type": "chat", "id": f"m{turn}", "text": f"meeting {number}"})
                for number, people in enumerate(meetings):
                    for person in people:
                        heard = person.receive(lambda m: m["type"] == "chat")
                        assert (heard["id"], heard["text"]) == (f"m{turn}", f"meeting {number}")
                time.sleep(0.2)

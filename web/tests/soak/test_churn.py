# SPDX-License-Identifier: Apache-2.0
"""Ten minutes of coming, publishing, losing the network, coming back and leaving, in thirty meetings at once.

A node that keeps anything of those who left shows it here: memory and descriptors must be flat after the warm-up.
"""

import contextlib
import os
import random
import statistics
import time

import pytest

from aside import run_aside
from call import Call
from descriptions import offer
from measures import descriptors, resident, totals
from party import Party
from server import Server, free_port, wait_until
from voices import hear, one_hears_another

MiB = 1 << 20
SECONDS = float(os.environ.get("VIGIL_SOAK_SECONDS", 600))
MEETINGS = 30
GRACE = 15  # docs/protocol.md


@pytest.fixture
def soaked(binary, tmp_path):
    metrics_port = free_port()
    with Server(binary, options=["--metrics-port", str(metrics_port)], log=tmp_path / "log") as server:
        server.metrics_port = metrics_port
        yield server


class Visitor:
    """One participant without media of their own, who does a random thing at each step."""

    def __init__(self, party, choose):
        self.party, self.choose = party, choose
        self.member = None
        self.request = 0
        self.has_left = False

    @property
    def is_there(self) -> bool:
        return self.member is not None and self.member.closed is None

    def step(self):
        if not self.is_there:
            return self.join()
        act = self.choose.choices([self.chat, self.state, self.publish, self.cut, self.leave], weights=[4, 2, 3, 2, 1])[0]
        act()

    def join(self):
        if self.member is None or self.has_left or self.member.seat.over:
            self._forget()
            # The first founds the meeting; whoever comes when it has ended, founds another.
            present = [m for m in self.party.people if m.is_inside and m.closed is None]
            self.member = self.party.come("Visitor") if present else self.party.found("Visitor")
            self.has_left = False
        else:
            self.member.reconnect()
            self.party.attend(lambda: self.member.is_settled)
            if self.member.seat.over:
                self.join()

    def chat(self):
        self.request += 1
        name = f"{self.member.id}-{self.request}"
        self.member.wish("say", id=name, text="Here I am. " * self.choose.randint(1, 50), to=None)
        self.member.event("sent", id=name)
        self.member.seat.events.clear()

    def state(self):
        self.member.wish("state", flags={**self.member.seat.flags, "hand": self.choose.random() < 0.5})
        assert self.member.ask({"type": "ping", "id": 1})["type"] == "pong"

    def publish(self):
        self.request += 1
        self.member.send({
            "type": "publish", "request": self.request, "sdp": offer(f"u{self.choose.randrange(10**6):06}", "x" * 24),
            "tracks": [{"mid": "0", "source": "microphone"}]})
        answer = self.member.receive(lambda m: m["type"] in ("published", "error"))
        assert answer["type"] == "published" or answer["code"] == "sdp", answer

    def cut(self):
        self.member.cut()

    def leave(self):
        self.member.wish("leave")
        assert self.member.close_code() == 1000
        self.has_left = True

    def _forget(self):
        if self.member is not None:
            self.member.socket.close()
            self.party.people.remove(self.member)
        self.member = None


async def with_media(node):
    """Two come, one hears the other, one is cut and resumes, both go."""
    ana, ben, track = await one_hears_another(node)
    await hear(track, 20)
    await ben.cut()
    await ben.connect()
    await ben.wait_for(lambda m: m["type"] == "welcome" and m.get("resumed") is True)
    await hear(track, 20)
    await ben.leave()
    await ana.leave()


@pytest.mark.timeout(SECONDS + 900)
def test_memory_and_descriptors_are_flat(soaked):
    choose = random.Random(20)
    samples: list[tuple[float, int, int]] = []
    with contextlib.ExitStack() as stack:
        call = stack.enter_context(Call(soaked))
        parties = [stack.enter_context(Party(soaked)) for _ in range(MEETINGS)]
        visitors = [Visitor(parties[number % MEETINGS], choose) for number in range(4 * MEETINGS)]
        for visitor in visitors:
            visitor.join()
        assert totals(soaked)["vigil_meetings"] == MEETINGS + 1
        started = time.monotonic()
        with call.undisturbed():
            while (elapsed := time.monotonic() - started) < SECONDS:
                run_aside(with_media(soaked))
                for _ in range(10):
                    for visitor in choose.sample(visitors, 30):
                        visitor.step()
                    for visitor in visitors:
                        if not visitor.is_there and choose.random() < 0.3:
                            visitor.join()
                    # Nobody may be taken for a slow reader.
                    for visitor in visitors:
                        if visitor.is_there:
                            assert visitor.member.ask({"type": "ping", "id": 2})["type"] == "pong"
                samples.append((elapsed, resident(soaked.pid), descriptors(soaked.pid)))
        for visitor in visitors:
            if not visitor.is_there:
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
        parties = [stack.enter_context(Party(soaked)) for _ in range(MEETINGS - len(calls))]
        for party in parties:
            party.found("Person")
            party.all_in([party.knock("Person"), party.knock("Person")])
        assert totals(soaked)["vigil_meetings"] == MEETINGS
        with contextlib.ExitStack() as quiet:
            for call in calls:
                quiet.enter_context(call.undisturbed())
            for turn in range(20):
                for number, party in enumerate(parties):
                    party.people[turn % 3].wish("say", id=f"m{turn}", text=f"meeting {number}", to=None)
                for number, party in enumerate(parties):
                    for person in party.people:
                        if person is not party.people[turn % 3]:
                            assert person.event("chat", id=f"m{turn}")["text"] == f"meeting {number}"
                    for person in party.people:
                        person.seat.events.clear()
                time.sleep(0.2)

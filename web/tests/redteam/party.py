# SPDX-License-Identifier: Apache-2.0
"""Members of a group on WebSockets without manners: they do what members do, and whatever else they are told to."""

import select
import struct
import time

from raw_websocket import CLOSE, PING, PONG, TEXT, Closed, RawWebSocket, frame
from server import PATIENCE
from vigil_member import REQUESTS, Invitation, Seat, base64url, from_base64url
from wire_types import Reader, encode, opaque


def readable(sockets: list, seconds: float) -> list:
    """Those that have something to read; poll, since select knows no descriptor beyond 1023."""
    poll = select.poll()
    by_number = {socket.fileno(): socket for socket in sockets}
    for number in by_number:
        poll.register(number, select.POLLIN)
    return [by_number[number] for number, _ in poll.poll(seconds * 1000)]


class RawMember(RawWebSocket):
    """Whoever waits for something, for themselves or another of the party, attends to all of it."""

    def __init__(self, party, invitation: Invitation, name: str, settings=None, **options):
        super().__init__(party.node, **options)
        self.party = party
        self.seat = Seat(invitation, name, **(settings or {}))
        self.inbox: list[dict] = []
        self.welcome: dict | None = None
        self.sent: list[dict] = []
        self.closed: Closed | None = None
        self.is_attended = True
        self.is_alive = True  # whether the member hears what the node says

    @property
    def id(self) -> str:
        return self.seat.own

    @property
    def is_inside(self) -> bool:
        return self.seat.phase == "inside" and self.seat.over is None

    def open(self):
        """Says that the socket is there: the member asks to be let in."""
        self.say(self.seat.wish("opened"))

    def wish(self, kind: str, **members):
        self.say(self.seat.wish(kind, **members))

    def say(self, messages: list[dict]):
        for message in messages:
            self.sent.append(message)
            self.send(message)

    def receive(self, wanted=lambda m: True) -> dict:
        found = None

        def take():
            nonlocal found
            while self.inbox and found is None:
                message = self.inbox.pop(0)
                found = message if wanted(message) else None
            return found is not None or self.closed is not None

        self.party.attend(take)
        if found is None:
            raise self.closed
        return found

    def ask(self, message, **options) -> dict:
        """The first error about something else than the member's own requests, or pong."""
        self.inbox.clear()
        self.send(message, **options)
        return self.receive(
            lambda m: m["type"] == "pong" or (m["type"] == "error" and m.get("request", 0) < REQUESTS))

    def event(self, kind: str, **members) -> dict:
        self.party.attend(lambda: self.seat.happened(kind, **members) or self.closed)
        found = self.seat.happened(kind, **members)
        assert found, f"closed with {self.closed and self.closed.code}, and no {kind} {members}"
        return found

    def close_code(self):
        self.party.attend(lambda: self.closed)
        return self.closed.code

    @property
    def is_settled(self) -> bool:
        """Whether the node has answered what became of this person on the present socket."""
        return self.seat.over is not None or any(m["type"] == "welcome" for m in self.inbox)

    def cut(self):
        """The socket is gone from one moment to the next."""
        self.socket.close()
        self.closed = Closed(None)
        self.seat.wish("closed")

    def reconnect(self):
        """A new socket, and on it as this person again."""
        RawWebSocket.__init__(self, self.party.node)
        self.closed = None
        self.inbox.clear()
        self.open()

    # For the party

    def drain(self):
        """Takes in what is there, without waiting."""
        try:
            while readable([self.socket], 0):
                self._fill()
            self._take_frames()
        except Closed as closed:
            self._take_frames(closed)

    def _take_frames(self, closed=None):
        while (taken := self.next_frame()) is not None:
            opcode, payload = taken
            if opcode == CLOSE:
                closed = Closed(struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else None)
            elif opcode == PING:
                self.send_bytes(frame(payload, PONG))
            elif opcode == TEXT:
                self._heard(self.parse(payload))
        if closed is not None:
            self.closed = closed
            self.say(self.seat.wish("closed"))

    def _heard(self, message: dict):
        self.inbox.append(message)
        if message["type"] == "welcome":
            self.welcome = message
        if self.is_alive:
            self.say(self.seat.receive(message))


class Party:
    """`with Party(node) as party:` people of one meeting, who are attended to while any of them waits."""

    def __init__(self, node):
        self.node = node
        self.people: list[RawMember] = []
        self.invitation: Invitation | None = None

    def found(self, name="Host", settings=None, **options) -> RawMember:
        """The organiser of a new meeting, inside."""
        self.invitation = Invitation.to_new_meeting(self.node.url)
        return self.come(name, self.invitation, settings, **options)

    def knock(self, name: str, invitation=None, settings=None, **options) -> RawMember:
        """Somebody who asks to be let in; by default by the link that the first of the party has."""
        invitation = invitation or (self.people[0].seat.link if self.people else self.invitation.for_guest())
        member = RawMember(self, invitation, name, settings, **options)
        self.people.append(member)
        member.open()
        return member

    def come(self, name: str, invitation=None, settings=None, **options) -> RawMember:
        return self.all_in([self.knock(name, invitation, settings, **options)])[0]

    def all_in(self, members: list[RawMember]) -> list[RawMember]:
        """Once all are inside, and known to the rest of the party."""
        def done():
            for member in members:
                assert member.closed is None and member.seat.over is None, (member.seat.over, member.closed)
            present = [m for m in self.people if m.is_inside and m.is_attended and m.closed is None]
            return all(m.is_inside for m in members) and all(
                member.id in other.seat.people for other in present for member in members)

        self.attend(done)
        return members

    def attend(self, until, patience=PATIENCE):
        """Everybody reads, answers and keeps time until the condition holds."""
        end = time.monotonic() + patience
        while True:
            attended = [m for m in self.people if m.is_attended and m.closed is None]
            now = time.monotonic()
            for member in attended:
                if member.is_alive and member.seat.deadline is not None and member.seat.deadline <= now:
                    member.say(member.seat.timeout())
            if until():
                return
            assert now < end, "it never came true"
            due = min([m.seat.deadline for m in attended if m.is_alive and m.seat.deadline is not None], default=end)
            ready = readable([m.socket for m in attended], max(0.0, min(due, end) - now))
            for member in attended:
                if member.socket in ready:
                    member.drain()
                if member.seat.wants_reconnect:
                    member.seat.wants_reconnect = False
                    member.cut()
                    member.reconnect()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for member in self.people:
            member.socket.close()


def vector(content: bytes) -> bytes:
    return encode(opaque, content)


class Envelope:
    """The outside of a PrivateMessage (RFC 9420 §6.3): what the node reads of what members say."""

    def __init__(self, genuine: str):
        """Of a genuine message, as it travelled."""
        reader = Reader(from_base64url(genuine))
        assert reader.take(4) == b"\x00\x01\x00\x02", "MLS 1.0, PrivateMessage"
        self.group = reader.vector()
        self.epoch = reader.number(8)

    def filled(self, size: int, epoch=None, group=None, content_type=1) -> str:
        """Another one with so many bytes that mean nothing: well-formed to the node, noise to members."""
        head = b"\x00\x01\x00\x02" + vector(self.group if group is None else group)
        head += struct.pack("!QB", self.epoch if epoch is None else epoch, content_type)
        return base64url(head + vector(b"") + vector(bytes(28)) + vector(bytes(size)))

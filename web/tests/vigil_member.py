# SPDX-License-Identifier: Apache-2.0
"""A person's membership without a browser: the member of the pages' own core, and its seat at a node.

A `Seat` knows neither socket nor clock: what the node says goes in, what is to be said to the node comes out. What moves
the bytes is `VigilClient` (asyncio) or `RawMember` (redteam).
"""

import base64
import hashlib
import hmac
import os
import struct
import time

from wasm_core import IDENTITY_FOUND, MEMBER_CREATE, MEMBER_HANDLE, MEMBER_RELEASE, Core, field
from frame_ring import FrameRing
from member_wire import FLAGS, IDENTITY, MEMBER_INPUT, MEMBER_OUTPUT, SETTINGS
from wire_types import decode_all, encode

PROTOCOL_VERSION = 2
NEVER = 0xFFFF_FFFF_FFFF_FFFF
# The member's requests, as the node sees them, stay apart from those about media.
REQUESTS = 0x4000_0000


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Invitation:
    """What somebody has of a meeting before they come: a link, and the host key if they are to found it."""

    def __init__(self, identity: bytes, secret: bytes):
        self.identity, self.secret = identity, secret

    @classmethod
    def to_new_meeting(cls, *nodes: str):
        answer = Core().call(IDENTITY_FOUND, struct.pack("!H", len(nodes)) + b"".join(field(n.encode()) for n in nodes))
        length = int.from_bytes(answer[:4], "big")
        return cls(answer[4:4 + length], answer[8 + length:])

    @classmethod
    def from_link(cls, link: str | bytes):
        """Of a guest: a link, its secret as text, or its bytes."""
        secret = link if isinstance(link, bytes) else from_base64url(link.rpartition("#")[2])
        return cls(encode(IDENTITY, {"signaturePrivateKey": b"", "links": [secret], "hosting": None}), secret)

    def for_guest(self):
        return Invitation.from_link(self.secret)

    @property
    def link_secret(self) -> str:
        return base64url(self.secret)


def link_key(secret: bytes, what: str, length: int) -> bytes:
    """What is derived from a link's secret, in one block of HKDF."""
    extracted = hmac.digest(b"vigil link v1", secret, hashlib.sha256)
    return hmac.digest(extracted, what.encode() + b"\x01", hashlib.sha256)[:length]


def alias(secret: bytes) -> str:
    """What the node knows of a link: it can't go back to the secret."""
    return base64url(link_key(secret, "alias", 16))


def new_secret() -> bytes:
    """Of a link that leads nowhere."""
    return os.urandom(16)


class Member:
    """The state machine of Sources/Membership."""

    def __init__(self, core: Core, identity: bytes, settings: dict):
        self.core = core
        self.deadline: float | None = None  # by time.monotonic()
        answer = core.call(MEMBER_CREATE, field(identity) + field(encode(SETTINGS, settings)))
        self.handle_number = answer

    def handle(self, wish: dict) -> list[dict]:
        """What is to be done about it, in order."""
        answer = self.core.call(MEMBER_HANDLE, self.handle_number + struct.pack(
            "!QQ", time.monotonic_ns(), time.time_ns() // 1_000_000) + field(encode(MEMBER_INPUT, wish)))
        due = int.from_bytes(answer[:8], "big")
        self.deadline = None if due == NEVER else due / 1e9
        return decode_all(MEMBER_OUTPUT, answer[8:])

    def release(self):
        self.core.call(MEMBER_RELEASE, self.handle_number)


class Seat:
    """A member, what it knows of the meeting, and what it says to the node, in the words of docs/protocol.md."""

    def __init__(self, invitation: Invitation, name: str, isReturning=False, **settings):
        self.name = name
        self.core = Core()
        self.identity = invitation.identity
        self.secret = invitation.secret
        self.flags = dict.fromkeys(FLAGS, False)
        self.member = Member(self.core, invitation.identity, {
            "name": name, "flags": self.flags, "accountable": False, "lobby": False, "absence": "wait", "history": "chat",
            "isReturning": isReturning, **settings})
        self.ring = FrameRing(self.core)
        self.events: list[dict] = []
        self.people: dict[str, dict] = {}
        self.knocks: dict[str, str] = {}
        self.policy: dict = {}
        self.own = ""
        self.phase = ""
        self.over: dict | None = None
        self.wants_reconnect = False

    @property
    def deadline(self) -> float | None:
        return self.member.deadline

    @property
    def role(self) -> str:
        return self.people[self.own]["role"]

    @property
    def epoch(self) -> int:
        """That the member is in."""
        return next(e["epoch"] for e in reversed(self.events) if e["kind"] == "words")

    @property
    def alias(self) -> str:
        return alias(self.secret)

    @property
    def link(self) -> Invitation:
        """The way in for a guest, as it is now."""
        return Invitation.from_link(self.secret)

    def happened(self, kind: str, **members) -> dict | None:
        """The first event of that kind with these members."""
        return next((e for e in self.events if e["kind"] == kind and members.items() <= e.items()), None)

    def wish(self, kind: str, **members) -> list[dict]:
        """Does something as the member; what the node is to be told."""
        return self._done(self.member.handle({"kind": kind, **members}))

    def receive(self, message: dict) -> list[dict]:
        """A message of the node; what it is to be told then."""
        read = NODE_READERS.get(message["type"])
        if read is None or (message["type"] == "error" and message.get("request", 0) < REQUESTS):
            return []
        return self.wish("node", message={"kind": message["type"], **read(message)})

    def timeout(self) -> list[dict]:
        return self.wish("timeout")

    def close(self):
        self.member.release()
        self.ring.forget()

    def _done(self, outputs: list[dict]) -> list[dict]:
        to_node = []
        for output in outputs:
            match output["kind"]:
                case "frames":
                    self.ring.change(output["change"])
                case "event":
                    self._happened(output["event"])
                case "send" if output["request"]["kind"] == "reconnect":
                    self.wants_reconnect = True
                case "send":
                    asked = output["request"]
                    to_node.append({"type": asked["kind"], **NODE_WRITERS[asked["kind"]](asked)})
        return to_node

    def _happened(self, event: dict):
        self.events.append(event)
        match event["kind"]:
            case "own":
                self.own = event["participant"]
            case "phase":
                self.phase = event["phase"]
            case "over":
                self.over = event
            case "person":
                self.people[event["participant"]] = event
            case "gone":
                self.people.pop(event["participant"], None)
            case "policy":
                self.policy = event
            case "knock":
                self.knocks[event["participant"]] = event["name"]
            case "knockGone":
                self.knocks.pop(event["participant"], None)
            case "link":
                self.secret = event["secret"]
            case "identity":
                self.identity = event["identity"]


def _bytes(value) -> bytes:
    return from_base64url(value) if isinstance(value, str) else b""


def _request(value) -> int:
    return value - REQUESTS if isinstance(value, int) and value >= REQUESTS else 0


def _knock(value) -> dict:
    return {"participant": value["participant"], "alias": value["meeting"], "knock": _bytes(value["knock"])}


NODE_READERS = {
    "door": lambda m: {
        "card": _bytes(m["card"]), "isCurrent": m["current"], "epoch": m["epoch"], "generation": m.get("generation", 0),
        "lobby": m["lobby"], "locked": m["locked"], "hostPresent": m["hostPresent"],
        "accountable": m["accountable"]},
    "vacant": lambda m: {"nodeKey": _bytes(m["key"])},
    "welcome": lambda m: {
        "isResumed": m.get("resumed", False), "resume": m["resume"], "epoch": m["epoch"], "sequence": m["seq"],
        "present": [{"participant": p["id"], "connected": p["connected"]} for p in m["participants"]],
        "knocks": [_knock(k) for k in m["knocks"]], "welcome": _bytes(m.get("welcome")), "tree": _bytes(m.get("tree")),
        "invitation": _bytes(m.get("invitation"))},
    "waiting": lambda m: {"hostPresent": m["hostPresent"]},
    "commit": lambda m: {"sequence": m["seq"], "epoch": m["epoch"], "commit": _bytes(m["commit"])},
    "proposal": lambda m: {"sequence": m["seq"], "proposal": _bytes(m["proposal"])},
    "message": lambda m: {"sequence": m.get("seq", 0), "from": m["from"], "message": _bytes(m["message"])},
    "ready": lambda m: {"epoch": m["epoch"]},
    "reopened": lambda m: {
        "sequence": m["seq"], "epoch": m["epoch"], "refusals": [_bytes(r) for r in m["refusals"]]},
    "knock": _knock,
    "knockGone": lambda m: {"participant": m["participant"]},
    "participant": lambda m: {"participant": m["participant"], "connected": m["connected"]},
    "group": lambda m: {"epoch": m["epoch"], "groupInfo": _bytes(m["groupInfo"]), "tree": _bytes(m["tree"])},
    "accepted": lambda m: {"request": _request(m["request"]), "epoch": m["epoch"], "sequence": m["seq"]},
    "sent": lambda m: {"request": _request(m["request"])},
    "error": lambda m: {"code": m["code"], "request": _request(m.get("request")), "detail": m.get("detail", "")},
    "refused": lambda m: {"reason": m["reason"]},
    "removed": lambda m: {},
    "ended": lambda m: {},
}


def _commit(a) -> dict:
    message = {
        "request": REQUESTS + a["request"], "epoch": a["epoch"], "commit": base64url(a["commit"]),
        "groupInfo": base64url(a["groupInfo"])}
    if a["welcome"]:
        message["welcome"] = base64url(a["welcome"])
    if a["link"]:
        message["link"] = {"alias": a["link"]["alias"], "card": base64url(a["link"]["card"])}
    if a["invitations"]:
        message["invitations"] = [{**i, "invitation": base64url(i["invitation"])} for i in a["invitations"]]
    return message


NODE_WRITERS = {
    "join": lambda a: {
        "version": PROTOCOL_VERSION, "meeting": a["alias"], "keyPackage": base64url(a["keyPackage"]),
        **({"create": True} if a["create"] else {}),
        **({"resume": a["resume"], "since": a["since"]} if a["resume"] else {})},
    "found": lambda a: {name: base64url(a[name]) for name in ("groupInfo", "tree", "sealedGroupInfo", "card")},
    "knock": lambda a: {"knock": base64url(a["knock"])},
    "look": lambda a: {},
    "commit": _commit,
    "message": lambda a: {
        "message": base64url(a["message"]), **({"request": REQUESTS + a["request"]} if a["request"] else {}),
        **({"to": a["to"]} if a["to"] else {})},
    "propose": lambda a: {"proposal": base64url(a["proposal"])},
    "ack": lambda a: {"epoch": a["epoch"]},
    "refuse": lambda a: {"refusal": base64url(a["refusal"])},
    "deny": lambda a: {"participant": a["participant"]},
    "end": lambda a: {},
    "leave": lambda a: {},
}

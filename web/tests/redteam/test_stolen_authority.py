# SPDX-License-Identifier: Apache-2.0
"""Acting with a role that one hasn't, with tokens that aren't one's own, for somebody else: none of it works.

Members that break the rules of the group itself are in Tests/RedTeam; here is what can be said to the node.
"""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import member_wire
from party import Envelope, Party
from raw_websocket import RawWebSocket, join_message
from vigil_member import REQUESTS, Invitation, base64url, from_base64url, link_key
from wire_types import Reader, decode_all, encode

NOBODY = "0" * 16
NOISE = base64url(b"\x00\x01\x00\x02" + bytes(60))


@pytest.fixture
def party(party):
    """The host Ana, and the guests Ben and Eve."""
    party.ana = party.found("Ana")
    party.ben, party.eve = party.all_in([party.knock("Ben"), party.knock("Eve")])
    return party


def nothing_happened(party, *wronged):
    """Everybody is still inside, in the same epoch, with the same roles, and hears the others."""
    for member in (party.ana, party.ben, party.eve):
        member.wish("say", id=f"here-{member.id}", text="still here", to=None)
    for member in wronged or (party.ana, party.ben):
        for other in (party.ana, party.ben, party.eve):
            if other is not member:
                member.event("chat", id=f"here-{other.id}")
        assert member.is_inside and not member.seat.happened("mutedBy") and not member.seat.happened("handLoweredBy")
        assert {p: v["role"] for p, v in member.seat.people.items()} == {
            party.ana.id: "host", party.ben.id: "guest", party.eve.id: "guest"}
        assert not member.seat.policy["locked"] and not member.seat.policy["lobby"]


# One of each message that a client may send, with contents that nobody could follow.
EVERY_MESSAGE = {
    "join": None,
    "found": {"groupInfo": NOISE, "tree": NOISE, "sealedGroupInfo": NOISE, "card": NOISE},
    "knock": {"knock": NOISE},
    "look": {},
    "commit": {"epoch": 0, "commit": NOISE, "groupInfo": NOISE, "request": 1},
    "message": {"message": NOISE, "request": 2},
    "propose": {"proposal": NOISE},
    "ack": {"epoch": 1 << 30},
    "refuse": {"refusal": NOISE},
    "deny": {"participant": NOBODY},
    "end": {},
    "publish": {"request": 3, "sdp": "v=0", "tracks": []},
    "answer": {"request": 4, "sdp": "v=0"},
    "restartSubscriber": {},
    "layers": {"wants": []},
}
SILENCE = "pong"  # what comes after a message that is followed, or passed over, without an answer
INSIDE = {
    "join": "outOfOrder", "found": "outOfOrder", "knock": "outOfOrder", "look": "outOfOrder", "commit": "commit",
    "message": "malformed", "propose": "proposal", "ack": SILENCE, "refuse": "refusal", "publish": "sdp",
    "answer": "outOfOrder", "restartSubscriber": SILENCE, "layers": SILENCE,
}
VERDICTS = {
    "nobody": {kind: "outOfOrder" for kind in EVERY_MESSAGE if kind != "join"},
    "at the door": {
        kind: "outOfOrder" for kind in EVERY_MESSAGE if kind not in ("look", "knock", "commit")} | {"commit": "commit"},
    "a guest": INSIDE | {"deny": "notAllowed", "end": "notAllowed"},
    "a co-host": INSIDE | {"deny": "noSuchParticipant", "end": "notAllowed"},
    "a host": INSIDE | {"deny": "noSuchParticipant"},
}


def who(party, role):
    if role == "nobody":
        return RawWebSocket(party.node)
    if role == "at the door":
        client = RawWebSocket(party.node)
        assert client.join(party.ana.seat.alias)["type"] == "door"
        return client
    if role == "a co-host":
        party.ana.wish("cohost", participant=party.eve.id, on=True)
        party.ana.event("person", participant=party.eve.id, role="cohost")
        party.eve.event("person", participant=party.eve.id, role="cohost")
    return party.ana if role == "a host" else party.eve


@pytest.mark.parametrize("role", VERDICTS)
def test_every_message_gets_the_verdict_of_its_senders_place(party, role):
    for kind, verdict in VERDICTS[role].items():
        client = who(party, role)
        message = join_message(party.ana.seat.alias) if kind == "join" else {"type": kind, **EVERY_MESSAGE[kind]}
        if kind == "commit":
            message["epoch"] = party.ana.seat.epoch
        client.send(message)
        answer = client.ask({"type": "ping", "id": 7}) if verdict == SILENCE else client.receive(
            lambda m: m["type"] == "error" and m.get("request", 0) < REQUESTS)
        assert answer.get("code", answer["type"]) == verdict, (kind, answer)
        assert answer.get("request") in (None, message.get("request"))
        if client not in party.people:
            client.socket.close()
    if role != "a co-host":
        nothing_happened(party)


def test_deny_is_for_hosts_and_only_of_those_who_knock(party):
    party.ana.wish("lobby", on=True)
    party.eve.event("policy", lobby=True)
    late = party.knock("Late")
    party.ana.event("knock", participant=late.id)
    party.eve.send({"type": "deny", "participant": late.id, "by": party.ana.id, "from": party.ana.id, "role": "host"})
    assert party.eve.receive(lambda m: m["type"] == "error")["code"] == "notAllowed"
    # Nor does it turn out who is inside.
    party.ana.send({"type": "deny", "participant": party.ben.id})
    assert party.ana.receive(lambda m: m["type"] == "error" and m.get("request", 0) < REQUESTS)["code"] == "noSuchParticipant"
    assert late.closed is None and late.seat.over is None
    party.ana.wish("deny", participant=late.id)
    assert late.event("over")["reason"] == "denied"
    assert late.close_code() == 4000


def test_a_resume_token_that_is_guessed_belongs_to_nobody(party):
    token = party.ben.welcome["resume"]
    for guess in (base64url(os.urandom(32)), ("B" if token[0] == "A" else "A") + token[1:], base64url(bytes(32))):
        with RawWebSocket(party.node) as stranger:
            # Not in: at the door like anybody with the link.
            assert stranger.join(party.ana.seat.alias, resume=guess, since=0)["type"] == "door"
    # Nor is a right one of use in another meeting.
    with Party(party.node) as other:
        host = other.found("Mallory")
        with RawWebSocket(party.node) as stranger:
            assert stranger.join(host.seat.alias, resume=token, since=0)["type"] == "door"
    nothing_happened(party)


def test_a_stolen_resume_token_brings_nobody_else_in(party):
    """It is for the connection; without the leaf's key nothing can be said on it, and what is heard can't be read."""
    with RawWebSocket(party.node) as thief:
        thief.join(party.ana.seat.alias, resume=party.ben.welcome["resume"], since=0)
        party.eve.wish("say", id="w", text="not for thieves", to=None)
        party.ana.event("chat", id="w")
        genuine = next(m["message"] for m in party.eve.sent if m["type"] == "message")
        thief.send({"type": "message", "message": Envelope(genuine).filled(400)})
        thief.send({"type": "ping", "id": 1})
        while (message := thief.receive())["type"] != "pong":
            assert "not for thieves" not in str(message)
        # What Ana's client got in Ben's name it doesn't take for his.
        party.attend(lambda: party.ana.seat.people[party.ben.id])
        assert not party.ana.seat.happened("chat", **{"from": party.ben.id})


def test_who_was_removed_does_not_come_back_with_the_old_token(party):
    token = party.eve.welcome["resume"]
    party.ana.wish("remove", participant=party.eve.id)
    over = party.eve.event("over")
    assert (over["ending"], over["by"]) == ("removed", party.ana.id)
    assert party.eve.close_code() == 4001
    with RawWebSocket(party.node) as again:
        assert again.join(party.ana.seat.alias, resume=token, since=0) == {"type": "refused", "reason": "removed"}
        assert again.close_code() == 4000


def test_who_was_removed_only_knocks_with_the_old_link(party):
    old = party.eve.seat.link
    party.ana.wish("remove", participant=party.eve.id)
    party.eve.event("over")
    party.ben.event("gone", participant=party.eve.id)
    again = party.knock("Eve", invitation=old)
    assert party.ana.event("knock", participant=again.id)["name"] == "Eve"
    # The way past the door needs the current link's PSK; the node doesn't even show the group.
    again.send({"type": "look"})
    assert again.receive(lambda m: m["type"] == "error")["code"] == "notAllowed"
    assert not again.is_inside and again.id not in party.ana.seat.people


def test_a_locked_meeting_or_a_lobby_is_not_walked_around(party):
    party.ana.wish("lobby", on=True)
    party.ana.event("policy", lobby=True)
    eve = party.knock("Eve")
    eve.receive(lambda m: m["type"] == "waiting")
    for kind, verdict in VERDICTS["at the door"].items():
        if kind in ("join", "commit"):
            continue
        assert eve.ask({"type": kind, **EVERY_MESSAGE[kind]})["code"] == verdict, kind
    # An external commit, which the open door would let pass: made by the member itself, against the lobby.
    eager = party.knock("Eager")
    eager.receive(lambda m: m["type"] == "waiting")
    eager.send({"type": "look"})
    group = eager.receive(lambda m: m["type"] == "group")
    assert group["epoch"] >= 1 and not eager.is_inside
    party.ana.wish("lock", on=True)
    party.ana.event("policy", locked=True)
    late = party.knock("Mallory")
    assert late.event("over")["reason"] == "locked"
    # Whoever waits hears nothing of the meeting.
    party.ana.wish("say", id="secret", text="among us", to=None)
    party.ben.event("chat", id="secret")
    eve.inbox.clear()
    eve.send({"type": "ping", "id": 5})
    assert eve.receive()["type"] in ("pong", "waiting")


def test_the_key_package_of_another_is_of_no_use(party):
    """Ben's, which everybody inside has seen; and one of a person who waits."""
    bens = next(m["keyPackage"] for m in party.ben.sent if m["type"] == "join")
    with RawWebSocket(party.node) as eve:
        answer = eve.join(party.ana.seat.alias, keyPackage=bens)
        # At the door under Ben's name: but only Ben's key could make the commit that takes his place.
        assert answer["type"] in ("door", "refused")
        if answer["type"] == "door":
            eve.send({"type": "look"})
            eve.receive(lambda m: m["type"] == "group")
            commit = next(m for m in party.ana.sent if m["type"] == "commit")
            eve.send({**commit, "request": 1})
            assert eve.receive(lambda m: m["type"] in ("error", "welcome"))["type"] == "error"
    party.ana.wish("lobby", on=True)
    party.ana.event("policy", lobby=True)
    late = party.knock("Late")
    late.receive(lambda m: m["type"] == "waiting")
    theirs = next(m["keyPackage"] for m in late.sent if m["type"] == "join")
    with RawWebSocket(party.node) as eve:
        assert eve.join(party.ana.seat.alias, keyPackage=theirs) == {"type": "refused", "reason": "keyPackage"}
    # Changed in any place it is nobody's.
    data = bytearray(from_base64url(theirs))
    for at in range(8, len(data), 17):
        data[at] ^= 1
        with RawWebSocket(party.node) as eve:
            assert eve.join(party.ana.seat.alias, keyPackage=base64url(data)) == {"type": "refused", "reason": "keyPackage"}
        data[at] ^= 1


def test_a_forged_host_proof_makes_no_host(party):
    """Whoever has the link has the card, but not the card's key: a proof by another key convinces nobody."""
    with RawWebSocket(party.node) as curious:
        sealed = from_base64url(curious.join(party.ana.seat.alias)["card"])
    card = AESGCM(link_key(party.ana.seat.secret, "card", 16)).decrypt(sealed[:12], sealed[12:], b"card")
    [own] = decode_all(member_wire.IDENTITY, Invitation.to_new_meeting("https://elsewhere.example").identity)
    reader = Reader(card)
    real, nonce = member_wire.card.read(reader), reader.vector()
    forged = encode(member_wire.IDENTITY, {
        "signaturePrivateKey": b"", "links": [party.ana.seat.secret],
        "hosting": {"hostPrivateKey": own["hosting"]["hostPrivateKey"], "card": real, "nonce": nonce}})
    eve = party.knock("Eve", invitation=Invitation(forged, party.ana.seat.secret))
    answer = eve.receive(lambda m: m["type"] in ("error", "refused", "welcome"))
    if answer["type"] == "welcome":
        party.all_in([eve])
        assert party.ana.seat.people[eve.id]["role"] == "guest"
        assert eve.ask({"type": "end"})["code"] == "notAllowed"
    else:
        assert eve.id not in party.ana.seat.people
    nothing_happened(party)


def test_nobody_acts_for_another(party):
    """A message has no sender but its connection; what is inside is signed by a leaf, and the two have to agree."""
    forged = {"from": party.ana.id, "participant": party.ana.id, "self": party.ana.id, "name": "Ana", "role": "host"}
    party.ben.wish("say", id="b", text="Ben's own", to=None)
    party.ana.event("chat", id="b")
    genuine = next(m["message"] for m in reversed(party.ben.sent) if m["type"] == "message")
    # Ben's words again, by Eve, who says that they are Ana's: once were enough, and Ana never said them.
    for _ in range(3):
        party.eve.send({"type": "message", "message": genuine, **forged})
    heard = party.ana.receive(lambda m: m["type"] == "message" and m["message"] == genuine and m["from"] == party.eve.id)
    assert heard["from"] == party.eve.id
    for member in (party.ana, party.ben):
        assert len([e for e in member.seat.events if e["kind"] == "chat" and e["id"] == "b"]) == (member is party.ana)
    # The host's commits and goodbyes, captured and sent again by somebody else.
    for message in [m for m in party.ana.sent if m["type"] == "commit"]:
        answer = party.eve.ask({**message, "request": 9, **forged})
        assert answer["code"] in ("stale", "commit") and answer["request"] == 9
    nothing_happened(party)


def test_a_co_host_stays_below_the_host(party):
    party.ana.wish("cohost", participant=party.eve.id, on=True)
    party.eve.event("person", participant=party.eve.id, role="cohost")
    assert party.eve.ask({"type": "end"})["code"] == "notAllowed"
    for kind, members in (
        ("end", {}), ("remove", {"participant": party.ana.id}), ("mute", {"participant": party.ana.id}),
        ("cohost", {"participant": party.ben.id, "on": True}), ("history", {"history": "nothing"}),
        ("absence", {"absence": "membersAdmit"}),
    ):
        seen = len(party.eve.seat.events)
        party.eve.wish(kind, **members)
        assert any(e["kind"] == "failed" for e in party.eve.seat.events[seen:]), kind
    party.eve.wish("remove", participant=party.ben.id)
    assert party.ben.event("over")["by"] == party.eve.id
    assert party.ana.is_inside and party.ana.seat.people[party.ana.id]["role"] == "host"


def test_a_resume_ends_the_old_connection_so_that_there_are_never_two(party):
    with RawWebSocket(party.node) as again:
        resumed = again.join(party.ana.seat.alias, resume=party.ben.welcome["resume"], since=party.ben.welcome["seq"],
                             keyPackage=next(m["keyPackage"] for m in party.ben.sent if m["type"] == "join"))
        assert resumed["type"] == "welcome" and resumed["resumed"] is True and resumed["self"] == party.ben.id
        assert party.ben.close_code() == 4003


def test_private_words_are_for_one(party):
    party.eve.inbox.clear()
    party.ana.wish("say", id="p", text="only you", to=party.ben.id)
    assert party.ben.event("chat", id="p")["to"] == party.ben.id
    party.eve.send({"type": "ping", "id": 1})
    # Not even their ciphertext goes to anybody else, then or later.
    sent = next(m["message"] for m in reversed(party.ana.sent) if m["type"] == "message" and m.get("to") == party.ben.id)
    while (message := party.eve.receive())["type"] != "pong":
        assert message.get("message") != sent
    late = party.come("Late")
    assert not late.seat.happened("chat", id="p")
    assert all(m.get("message") != sent for m in late.inbox)

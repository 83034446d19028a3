# SPDX-License-Identifier: Apache-2.0
"""Guessing tokens, using those of people who were removed, and acting for somebody else: none of it works."""

import os

import pytest

from raw_websocket import RawWebSocket
from vigil_client import alias, encode


@pytest.fixture
def meeting(fortress, secret, host_token):
    """Three people: the host Ana and two guests."""
    class Meeting:
        pass

    it = Meeting()
    it.alias = alias(secret)
    it.host_token = host_token
    it.people = []

    def come(name, **members):
        client = RawWebSocket(fortress)
        it.people.append(client)
        client.welcome = client.join(it.alias, name, **members)
        client.id = client.welcome.get("self")
        return client

    it.come = come
    it.ana = come("Ana", create=True, hostToken=host_token)
    it.ben, it.eve = come("Ben"), come("Eve")
    yield it
    for client in it.people:
        client.socket.close()


def test_a_guessed_host_token_makes_a_guest(meeting):
    token = meeting.host_token
    right = bytes(token, "ascii")
    guesses = [encode(os.urandom(32)), encode(bytes(32)), "A" * 43]
    guesses += [(right[:i] + (b"A" if right[i:i + 1] != b"A" else b"B") + right[i + 1:]).decode() for i in range(0, 42, 6)]
    for guess in guesses:
        eve = meeting.come("Eve", hostToken=guess, create=True)
        assert eve.welcome["role"] == "guest"
        assert eve.ask({"type": "end"})["code"] == "notAllowed"
        eve.socket.close()


def test_a_resume_token_that_is_guessed_belongs_to_nobody(meeting):
    token = meeting.ben.welcome["resume"]
    for guess in (encode(os.urandom(32)), ("B" if token[0] == "A" else "A") + token[1:], encode(bytes(32))):
        eve = meeting.come("Eve", resume=guess)
        assert eve.welcome["resumed"] is False and eve.id not in (meeting.ana.id, meeting.ben.id)
    # Nor is a right one of use in another meeting.
    other = alias(encode(os.urandom(16)))
    meeting.alias = other
    eve = meeting.come("Eve", resume=token, create=True, hostToken=encode(os.urandom(32)))
    assert eve.welcome["resumed"] is False and eve.id != meeting.ben.id


def test_who_was_removed_does_not_come_back_with_the_old_token(meeting):
    meeting.ana.send({"type": "remove", "participant": meeting.eve.id})
    meeting.eve.receive(lambda m: m["type"] == "removed")
    assert meeting.eve.close_code() == 4001
    again = meeting.come("Eve", resume=meeting.eve.welcome["resume"])
    assert again.welcome == {"type": "refused", "reason": "removed"}
    assert again.close_code() == 4000


def test_a_locked_meeting_or_a_lobby_is_not_walked_around(meeting):
    meeting.ana.send({"type": "lobby", "enabled": True})
    meeting.ana.receive(lambda m: m["type"] == "meeting" and m["lobby"])
    eve = meeting.come("Eve", resume=encode(os.urandom(32)))
    assert eve.welcome["type"] == "waiting" and "participants" not in eve.welcome
    for message in (
        {"type": "chat", "id": "a", "text": "let me in"}, {"type": "admitAll"}, {"type": "state", "hand": True},
        {"type": "publish", "request": 1, "sdp": "v=0", "tracks": []}, {"type": "restartSubscriber"},
        {"type": "lobby", "enabled": False}, {"type": "rename", "name": "Ana"},
        {"type": "join", "version": 1, "meeting": meeting.alias, "name": "Eve", "hostToken": meeting.host_token},
    ):
        assert eve.ask(message)["code"] == "outOfOrder"
    meeting.ana.send({"type": "lock", "locked": True})
    meeting.ana.receive(lambda m: m["type"] == "meeting" and m["locked"])
    late = meeting.come("Mallory")
    assert late.welcome == {"type": "refused", "reason": "locked"}
    # Whoever waits hears nothing of the meeting.
    meeting.ana.send({"type": "chat", "id": "secret", "text": "among us"})
    eve.send({"type": "ping", "id": 5})
    assert eve.receive()["type"] in ("pong", "waiting")


def test_nobody_acts_for_another(meeting):
    """A message has no sender but its connection: a `from` of one's own is passed over."""
    forged = {"from": meeting.ana.id, "participant": meeting.ana.id, "self": meeting.ana.id, "name": "Ana", "role": "host"}
    meeting.eve.send({"type": "chat", "id": "f", "text": "I am Ana", **forged})
    heard = meeting.ben.receive(lambda m: m["type"] == "chat")
    assert heard["from"] == meeting.eve.id and heard["name"] == "Eve"
    meeting.eve.send({"type": "state", "hand": True, **forged})
    changed = meeting.ben.receive(lambda m: m["type"] == "participant")["participant"]
    assert changed["id"] == meeting.eve.id and changed["role"] == "guest"
    meeting.eve.send({"type": "reaction", "emoji": "👍", **forged})
    assert meeting.ben.receive(lambda m: m["type"] == "reaction")["from"] == meeting.eve.id
    for message in (
        {"type": "mute", "participant": meeting.ben.id}, {"type": "remove", "participant": meeting.ana.id},
        {"type": "role", "participant": meeting.eve.id, "role": "cohost"}, {"type": "lowerHand", "participant": meeting.ben.id},
        {"type": "deny", "participant": meeting.ben.id}, {"type": "muteAll"}, {"type": "lock", "locked": True},
    ):
        assert meeting.eve.ask({**message, "role": "cohost", "by": meeting.ana.id})["code"] == "notAllowed"


def test_a_co_host_stays_below_the_host(meeting):
    meeting.ana.send({"type": "role", "participant": meeting.eve.id, "role": "cohost"})
    meeting.eve.receive(lambda m: m["type"] == "participant" and m["participant"]["role"] == "cohost")
    for message in (
        {"type": "end"}, {"type": "remove", "participant": meeting.ana.id}, {"type": "mute", "participant": meeting.ana.id},
        {"type": "role", "participant": meeting.ben.id, "role": "cohost"},
        {"type": "role", "participant": meeting.ana.id, "role": "guest"},
    ):
        assert meeting.eve.ask(message)["code"] == "notAllowed"


def test_a_resume_ends_the_old_connection_so_that_there_are_never_two(meeting):
    again = meeting.come("Ben", resume=meeting.ben.welcome["resume"])
    assert again.welcome["resumed"] is True and again.id == meeting.ben.id
    assert meeting.ben.close_code() == 4003


def test_private_words_are_for_one(meeting):
    meeting.ana.send({"type": "chat", "id": "p", "text": "only you", "to": meeting.ben.id})
    assert meeting.ben.receive(lambda m: m["type"] == "chat")["private"] is True
    late = meeting.come("Late")
    assert late.welcome["chat"] == []
    meeting.eve.send({"type": "ping", "id": 1})
    while (message := meeting.eve.receive())["type"] != "pong":
        assert message["type"] != "chat"

# SPDX-License-Identifier: Apache-2.0
"""The member outside a browser: its encodings, and people who meet without a node between them."""

import json

import pytest

import member_wire as wire
from server import ROOT
from vigil_member import Invitation, Seat, alias
from wire_types import decode_all, encode

TABLES = {"settings": wire.SETTINGS, "identity": wire.IDENTITY, "input": wire.MEMBER_INPUT, "output": wire.MEMBER_OUTPUT}
FILE = json.loads((ROOT / "web" / "tests" / "member-wire.json").read_text())


def revive(value):
    """With what stands for bytes in JSON turned into bytes."""
    if isinstance(value, list):
        return [revive(one) for one in value]
    if not isinstance(value, dict):
        return value
    if list(value) == ["hex"]:
        return bytes.fromhex(value["hex"])
    return {name: revive(member) for name, member in value.items()}


@pytest.mark.parametrize("group", FILE)
def test_every_kind_of_value_is_written_and_read_as_in_swift(group):
    for entry in FILE[group]:
        value, data = revive(entry["value"]), bytes.fromhex(entry["bytes"])
        assert encode(TABLES[group], value).hex() == entry["bytes"], entry["value"]
        assert decode_all(TABLES[group], data) == [value]


def test_every_message_between_member_and_node_has_its_words():
    from vigil_member import NODE_READERS, NODE_WRITERS

    def kinds(group, outer, inner):
        return {e["value"][inner]["kind"] for e in FILE[group] if e["value"].get("kind") == outer}

    assert set(NODE_READERS) == kinds("input", "node", "message")
    assert set(NODE_WRITERS) == kinds("output", "send", "request") - {"reconnect"}


def test_somebody_founds_a_meeting_and_seals_frames():
    invitation = Invitation.to_new_meeting("https://a.example")
    seat = Seat(invitation, "Ana")
    [join] = seat.wish("opened")
    assert join["meeting"] == alias(invitation.secret) and join["create"]
    [found] = seat.receive({"type": "vacant", "participant": seat.own, "key": "A" * 43})
    assert found["type"] == "found"
    seat.receive({"type": "welcome", "self": seat.own, "resume": "t", "resumed": False, "epoch": 0, "seq": 0,
                  "participants": [{"id": seat.own, "connected": True}], "knocks": []})
    assert seat.phase == "inside" and seat.role == "host"
    sealed = seat.ring.seal("microphone", False, b"a frame of sound")
    assert sealed is not None and b"sound" not in sealed
    # Nobody opens what says to be their own.
    assert seat.ring.open(seat.own, "microphone", False, sealed) == "sframe.ownKeyID"

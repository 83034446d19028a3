# SPDX-License-Identifier: Apache-2.0
"""Signalling that isn't: each mistake has its typed error or close (docs/protocol.md), and costs nobody else anything."""

import json

import pytest

from party import Envelope
from raw_websocket import BINARY, CLOSE, CONTINUATION, PING, TEXT, Closed, RawWebSocket, frame, join_message
from test_stolen_authority import EVERY_MESSAGE
from vigil_member import REQUESTS, alias, new_secret

PING_MESSAGE = b'{"type":"ping","id":1}'

UNREADABLE = [
    (b"", "malformed"), (b" ", "malformed"), (b"{", "malformed"), (b"null", "malformed"), (b"[]", "malformed"),
    (b'"ping"', "malformed"), (b"not json", "malformed"), (b'{"type":"ping","id":1}}', "malformed"),
    (b'{"type":"ping","id":1,}', "malformed"), (b'{"type":"ping" "id":1}', "malformed"),
    (b"{'type':'ping'}", "malformed"), (b'\xef\xbb\xbf{"type":"ping","id":1}', "malformed"),
    (b'{"type":"ping","type":"leave"}', "malformed"), (b'{"type":"ping","id":1,"x":{"a":1,"a":2}}', "malformed"),
    (b'{"type":"ping","id":1,"\\u0069d":2}', "malformed"), (b'{"type":"message","message":"\\ud800"}', "malformed"),
    (b'{"type":"ping","id":NaN}', "malformed"), (b'{"type":"ping","id":01}', "malformed"),
    (b'{"type":"message","message":"\x00"}', "malformed"), (b'{"type":"ping","id":1}\x00', "malformed"),
    (b"{}", "malformed"), (b'{"type":null}', "malformed"), (b'{"type":7}', "malformed"), (b'{"type":{}}', "malformed"),
    (b'{"type":""}', "unknownType"), (b'{"type":"fly"}', "unknownType"), (b'{"type":"Ping","id":1}', "unknownType"),
    (b'{"type":"welcome"}', "unknownType"), (b'{"type":"chat","id":"a","text":"v1"}', "unknownType"),
    (b'{"type":"mute","participant":"0000000000000000"}', "unknownType"), (b'{"type":"__proto__"}', "unknownType"),
    (b'{"type":"ping"}', "malformed"), (b'{"type":"ping","id":-1}', "malformed"),
    (b'{"type":"ping","id":2147483648}', "malformed"), (b'{"type":"ping","id":1e999}', "malformed"),
    (b'{"type":"ping","id":99999999999999999999999999}', "malformed"), (b'{"type":"ping","id":"1"}', "malformed"),
    (b'{"type":"ping","id":1.5}', "malformed"),
    (b'{"type":"ping","id":1,"x":' + b"[" * 9 + b"]" * 9 + b"}", "tooLarge"),
    (b"[" * 100_000, "tooLarge"), (b'{"a":' * 40_000, "tooLarge"),
    (b'{"type":"ping","id":1,"x":[' + b"0," * 10_001 + b"0]}", "tooLarge"),
]


def ping_works(client):
    """A greeting to somebody who has just gone may get its error before."""
    client.send(PING_MESSAGE)
    client.receive(lambda m: m["type"] == "pong")


def test_what_cannot_be_read_gets_a_typed_error_and_the_connection_goes_on(party, call):
    party.found()
    with call.undisturbed():
        for part in range(0, len(UNREADABLE), 20):
            client = party.come("Guest")
            for text, code in UNREADABLE[part:part + 20]:
                answer = client.ask(text)
                assert (answer["type"], answer.get("code")) == ("error", code), text[:80]
            ping_works(client)


def test_before_the_join_only_a_join_counts(party, fortress):
    host = party.found()
    with RawWebSocket(fortress) as client:
        for kind, members in EVERY_MESSAGE.items():
            if kind == "join":
                continue
            answer = client.ask({"type": kind, **members})
            assert answer["code"] == "outOfOrder" and answer.get("request") == members.get("request")
        for text, code in UNREADABLE[:10]:
            assert client.ask(text)["code"] == code
        assert client.join(host.seat.alias)["type"] == "door"
        assert client.join(host.seat.alias)["code"] == "outOfOrder"
        ping_works(client)


def test_who_may_found_a_room_has_only_that_to_do(fortress, invitation):
    with RawWebSocket(fortress) as client:
        assert client.join(alias(invitation.secret), create=True)["type"] == "vacant"
        for kind, members in EVERY_MESSAGE.items():
            message = join_message(alias(invitation.secret)) if kind == "join" else {"type": kind, **members}
            # What is no room says so, by the rule that it breaks.
            answer = client.ask(message)
            assert answer["code"] == ("found" if kind == "found" else "outOfOrder"), (kind, answer)
        ping_works(client)


@pytest.mark.parametrize("members, expected", [
    ({"version": 1}, "version"), ({"version": 3}, "version"), ({"version": 0}, "version"), ({"version": None}, "malformed"),
    ({"keyPackage": ""}, "keyPackage"), ({"keyPackage": "AAEABQ"}, "keyPackage"), ({"keyPackage": "A" * 400}, "keyPackage"),
    ({"keyPackage": None}, "malformed"), ({"keyPackage": "A" * 11_000}, "tooLarge"), ({"keyPackage": "AB=="}, "malformed"),
    ({"keyPackage": 7}, "malformed"), ({"keyPackage": "AAEABQB"}, "malformed"),
    ({"meeting": "short"}, "malformed"), ({"meeting": "a" * 21 + "="}, "malformed"),
    ({"meeting": "../../etc/passwd-----.."}, "malformed"), ({"meeting": "é" * 11}, "malformed"),
    ({"meeting": ["a"]}, "malformed"), ({"create": "yes"}, "malformed"), ({"resume": "short"}, "malformed"),
    ({"since": -1}, "malformed"), ({"since": "1"}, "malformed"), ({"media": "old"}, "malformed"), ({}, "notFound"),
])
def test_a_join_that_cannot_be_followed_says_why(fortress, members, expected):
    with RawWebSocket(fortress) as client:
        join = join_message(alias(new_secret()), **members)
        if expected in ("malformed", "tooLarge"):
            assert client.ask(join)["code"] == expected
        else:
            client.send(join)
            assert client.receive() == {"type": "refused", "reason": expected}
            assert client.close_code() == 4000


def test_messages_out_of_order_or_about_nobody_are_refused(party):
    nobody = "0" * 16
    client, ben = party.found(), party.come("Ben")
    client.wish("say", id="a", text="hello", to=None)
    ben.event("chat", id="a")
    envelope = Envelope(next(m["message"] for m in client.sent if m["type"] == "message"))
    for message, code in (
        ({"type": "answer", "request": 1, "sdp": "v=0\r\n"}, "outOfOrder"),
        ({"type": "answer", "request": REQUESTS - 1, "sdp": ""}, "outOfOrder"),
        ({"type": "publish", "request": 3, "sdp": "v=0\r\n", "tracks": [{"mid": "0", "source": "microphone"}]}, "sdp"),
        ({"type": "publish", "request": 3, "sdp": "\0" * 1000, "tracks": []}, "sdp"),
        ({"type": "publish", "request": 3, "sdp": "v=0\r\n" + "m=audio 9 x 0\r\n" * 9000, "tracks": []}, "sdp"),
        ({"type": "publish", "request": 3, "sdp": "v=0", "tracks": [{"mid": "0", "source": "kitchen"}]}, "malformed"),
        ({"type": "publish", "request": 3, "sdp": "v=0", "tracks": [{"mid": "0" * 17, "source": "camera"}]}, "malformed"),
        ({"type": "publish", "request": 3, "sdp": "v=0", "tracks": {}}, "malformed"),
        ({"type": "layers", "wants": [{"participant": nobody, "source": "camera", "layer": "best"}]}, "malformed"),
        ({"type": "message", "message": envelope.filled(100), "to": nobody}, "noSuchParticipant"),
        ({"type": "message", "message": envelope.filled(100), "to": client.id}, "noSuchParticipant"),
        ({"type": "message", "message": envelope.filled(100), "to": nobody.upper() + "Z"}, "malformed"),
        ({"type": "message", "message": envelope.filled(100, epoch=1 << 40)}, "stale"),
        ({"type": "message", "message": envelope.filled(100, group=bytes(16))}, "malformed"),
        ({"type": "message", "message": envelope.filled(100, content_type=3)}, "malformed"),
        ({"type": "message", "message": envelope.filled(600_000)}, "tooLarge"),
        ({"type": "message", "message": ""}, "malformed"),
        ({"type": "deny", "participant": nobody}, "noSuchParticipant"), ({"type": "deny"}, "malformed"),
        ({"type": "ack", "epoch": -1}, "malformed"), ({"type": "ack", "epoch": 1.5}, "malformed"),
        ({"type": "commit", "epoch": 1 << 40, "commit": "AAAA", "groupInfo": "AAAA", "request": 3}, "stale"),
        ({"type": "commit", "epoch": 1, "commit": "AAAA", "groupInfo": "A" * 90_000, "request": 3}, "tooLarge"),
        ({"type": "commit", "epoch": 1, "commit": "AAAA", "groupInfo": "AAAA"}, "malformed"),
        ({"type": "propose", "proposal": "A" * 30_000}, "tooLarge"), ({"type": "refuse", "refusal": "A" * 2_000}, "tooLarge"),
    ):
        answer = client.ask(message)
        assert answer.get("code") == code, (str(message)[:120], answer)
    ping_works(client)


def test_one_message_in_many_frames_is_one_message(party):
    with party.found() as client:
        text = json.dumps({"type": "ping", "id": 7, "x": "€" * 20}).encode()
        pieces = [text[i:i + 1] for i in range(len(text))]
        client.send_bytes(frame(pieces[0], fin=False))
        for piece in pieces[1:-1]:
            client.send_bytes(frame(piece, CONTINUATION, fin=False))
            client.send_bytes(frame(b"", CONTINUATION, fin=False))
        client.send_bytes(frame(b"between", PING))
        client.send_bytes(frame(pieces[-1], CONTINUATION))
        assert client.receive(lambda m: m["type"] == "pong")["id"] == 7
        # The bytes of one frame may come one by one, too.
        for byte in frame(PING_MESSAGE):
            client.send_bytes(bytes([byte]))
        assert client.receive(lambda m: m["type"] == "pong")["id"] == 1


FRAMES = {
    "binary": (frame(PING_MESSAGE, BINARY), 1003),
    "not masked": (frame(PING_MESSAGE, masked=False), 1002),
    "reserved bit": (frame(PING_MESSAGE, reserved=4), 1002),
    "reserved opcode": (frame(b"", 0x3), 1002),
    "reserved control opcode": (frame(b"", 0xB), 1002),
    "continuation of nothing": (frame(PING_MESSAGE, CONTINUATION), 1002),
    "text within text": (frame(b"{", fin=False) + frame(b"{}"), 1002),
    "binary within text": (frame(b"{", fin=False) + frame(b"{}", BINARY), 1002),
    "fragmented ping": (frame(b"x", PING, fin=False), 1002),
    "long ping": (frame(b"x" * 126, PING), 1002),
    "not UTF-8": (frame(b'{"type":"\xff"}'), 1007),
    "a surrogate in UTF-8": (frame(b'{"type":"\xed\xa0\x80"}'), 1007),
    "overlong UTF-8": (frame(b'{"type":"\xc0\xaf"}'), 1007),
    "cut UTF-8": (frame(b"\xe2", fin=False) + frame(b"\x82", CONTINUATION), 1007),
    "too large": (frame(b" " * (1024 * 1024 + 1)), 1009),
    "claims 1 GiB": (frame(b"{", length=1 << 30), 1009),
    "claims 2^63": (frame(b"{", length=1 << 63), 1009),
    "claims 2^64 - 1": (frame(b"{", length=(1 << 64) - 1), 1009),
    "too large in pieces": (
        frame(b" " * 900_000, fin=False) + frame(b" " * 90_000, CONTINUATION, fin=False)
        + frame(b" " * 90_000, CONTINUATION), 1009),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_that_break_the_rules_end_their_own_connection_with_a_code(party, call, name):
    data, code = FRAMES[name]
    ana, ben = party.found("Ana"), party.come("Ben")
    ben.send_bytes(data)
    assert ben.close_code() == code
    gone = ana.receive(lambda m: m["type"] == "participant" and not m["connected"])
    assert gone["participant"] == ben.id
    ping_works(ana)


def test_closes_of_every_kind_are_answered(party):
    party.found()
    for payload, expected in ((b"", 1000), (b"\x03", 1000), (b"\x03\xe8bye", 1000), (b"\x00\x00", 1000),
                              (b"\x03\xed", 1000), (b"\x0f\xa0", 4000), (b"\xff\xff", 1000), (b"\x03\xe8\xff\xff", 1000)):
        client = party.come("Guest")
        client.send_bytes(frame(payload, CLOSE) + frame(PING_MESSAGE, TEXT))
        assert client.close_code() == expected, payload


def test_who_only_makes_mistakes_is_let_go_and_nobody_else(party, call):
    ana, ben = party.found("Ana"), party.come("Ben")
    with call.undisturbed():
        for _ in range(400):
            ben.send(b"{")
        assert ben.close_code() == 4004
        ping_works(ana)


def test_bad_commits_and_proposals_soon_cost_the_connection(party, call):
    """Each makes the node check signatures, and none happens by accident. A refusal may come too late by accident."""
    ana = party.found("Ana")
    for kind in ("commit", "propose"):
        ben = party.come("Ben")
        with call.undisturbed():
            for _ in range(40):
                ben.send({"type": kind, **EVERY_MESSAGE[kind], **({"epoch": ana.seat.epoch} if kind == "commit" else {})})
            assert ben.close_code() == 4004, kind
            ping_works(ana)


def test_a_flood_of_good_messages_is_slowed_down_and_then_let_go(party, call):
    ana, ben = party.found("Ana"), party.come("Ben")
    ben.wish("say", id="a", text="hello", to=None)
    ana.event("chat", id="a")
    filled = Envelope(next(m["message"] for m in ben.sent if m["type"] == "message")).filled(200)
    with call.undisturbed():
        ben.is_alive = False
        ben.send_bytes(frame(json.dumps({"type": "message", "message": filled}).encode()) * 2000)
        errors = []
        with pytest.raises(Closed) as closed:
            while True:
                message = ben.receive(lambda m: m["type"] == "error" and m.get("request", 0) < REQUESTS)
                errors.append(message["code"])
        assert closed.value.code == 4004 and set(errors) == {"rate"}
        ana.send(PING_MESSAGE)
        heard = 0
        while (message := ana.receive())["type"] != "pong":
            heard += message["type"] == "message" and message["message"] == filled
        # Sixty at once and a few more. What is noise to members isn't shown to anybody.
        assert 0 < heard <= 80
        assert ana.is_inside and len([e for e in ana.seat.events if e["kind"] == "chat"]) == 1

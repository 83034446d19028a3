# SPDX-License-Identifier: Apache-2.0
"""Signalling that isn't: each mistake has its typed error or close (docs/protocol.md), and costs nobody else anything."""

import json

import pytest

from raw_websocket import BINARY, CLOSE, CONTINUATION, PING, TEXT, Closed, RawWebSocket, frame
from vigil_client import alias

PING_MESSAGE = b'{"type":"ping","id":1}'

UNREADABLE = [
    (b"", "malformed"), (b" ", "malformed"), (b"{", "malformed"), (b"null", "malformed"), (b"[]", "malformed"),
    (b'"ping"', "malformed"), (b"not json", "malformed"), (b'{"type":"ping","id":1}}', "malformed"),
    (b'{"type":"ping","id":1,}', "malformed"), (b'{"type":"ping" "id":1}', "malformed"),
    (b"{'type':'ping'}", "malformed"), (b'\xef\xbb\xbf{"type":"ping","id":1}', "malformed"),
    (b'{"type":"ping","type":"leave"}', "malformed"), (b'{"type":"ping","id":1,"x":{"a":1,"a":2}}', "malformed"),
    (b'{"type":"ping","id":1,"\\u0069d":2}', "malformed"), (b'{"type":"chat","id":"a","text":"\\ud800"}', "malformed"),
    (b'{"type":"ping","id":NaN}', "malformed"), (b'{"type":"ping","id":01}', "malformed"),
    (b'{"type":"chat","id":"a","text":"\x00"}', "malformed"), (b'{"type":"ping","id":1}\x00', "malformed"),
    (b"{}", "malformed"), (b'{"type":null}', "malformed"), (b'{"type":7}', "malformed"), (b'{"type":{}}', "malformed"),
    (b'{"type":""}', "unknownType"), (b'{"type":"fly"}', "unknownType"), (b'{"type":"Ping","id":1}', "unknownType"),
    (b'{"type":"welcome"}', "unknownType"), (b'{"type":"__proto__"}', "unknownType"),
    (b'{"type":"ping"}', "malformed"), (b'{"type":"ping","id":-1}', "malformed"),
    (b'{"type":"ping","id":2147483648}', "malformed"), (b'{"type":"ping","id":1e999}', "malformed"),
    (b'{"type":"ping","id":99999999999999999999999999}', "malformed"), (b'{"type":"ping","id":"1"}', "malformed"),
    (b'{"type":"ping","id":1.5}', "malformed"),
    (b'{"type":"ping","id":1,"x":' + b"[" * 9 + b"]" * 9 + b"}", "tooLarge"),
    (b"[" * 100_000, "tooLarge"), (b'{"a":' * 40_000, "tooLarge"),
    (b'{"type":"ping","id":1,"x":[' + b"0," * 10_001 + b"0]}", "tooLarge"),
]


def ping_works(client):
    assert client.ask(PING_MESSAGE)["type"] == "pong"


def member(node, secret, **members):
    client = RawWebSocket(node)
    welcome = client.join(alias(secret), **members)
    assert welcome["type"] == "welcome", welcome
    client.id = welcome["self"]
    return client


def test_what_cannot_be_read_gets_a_typed_error_and_the_connection_goes_on(fortress, call, secret, host_token):
    with call.undisturbed():
        for part in range(0, len(UNREADABLE), 20):
            with member(fortress, secret, create=True, hostToken=host_token) as client:
                for text, code in UNREADABLE[part:part + 20]:
                    answer = client.ask(text)
                    assert (answer["type"], answer.get("code")) == ("error", code), text[:80]
                ping_works(client)


def test_before_the_join_only_a_join_counts(fortress, secret, host_token):
    with RawWebSocket(fortress) as client:
        for message in (
            {"type": "ping", "id": 1}, {"type": "chat", "id": "a", "text": "hello"}, {"type": "end"},
            {"type": "answer", "request": 1, "sdp": "v=0"}, {"type": "state", "hand": True},
            {"type": "publish", "request": 9, "sdp": "v=0", "tracks": []}, {"type": "admitAll"},
        ):
            answer = client.ask(message)
            assert answer["code"] == "outOfOrder" and answer.get("request") == message.get("request")
        for text, code in UNREADABLE[:10]:
            assert client.ask(text)["code"] == code
        assert client.join(alias(secret), create=True, hostToken=host_token)["type"] == "welcome"
        assert client.join(alias(secret), create=True, hostToken=host_token)["code"] == "outOfOrder"
        ping_works(client)


@pytest.mark.parametrize("members, expected", [
    ({"version": 2}, "version"), ({"version": 0}, "version"), ({"name": ""}, "name"), ({"name": "   "}, "name"),
    ({"name": "x" * 65}, "name"), ({"name": "\u202e\u0007"}, "name"), ({"version": None}, "malformed"),
    ({"meeting": "short"}, "malformed"), ({"meeting": "a" * 21 + "="}, "malformed"),
    ({"meeting": "../../etc/passwd-----.."}, "malformed"), ({"meeting": "é" * 11}, "malformed"),
    ({"meeting": ["a"]}, "malformed"), ({"name": 5}, "malformed"), ({"create": "yes"}, "malformed"),
    ({"hostToken": "short"}, "malformed"), ({"resume": "short"}, "malformed"), ({"hostToken": "h" * 43}, "malformed"),
    ({"media": "old"}, "malformed"), ({"create": True, "hostToken": None}, "malformed"), ({}, "notFound"),
])
def test_a_join_that_cannot_be_followed_says_why(fortress, secret, members, expected):
    with RawWebSocket(fortress) as client:
        join = {"type": "join", "version": 1, "meeting": alias(secret), "name": "Somebody", **members}
        answer = client.ask(join) if expected == "malformed" else None
        if answer is None:
            client.send(join)
            answer = client.receive()
            assert answer == {"type": "refused", "reason": expected}
            assert client.close_code() == 4000
        else:
            assert answer["code"] == "malformed"


def test_messages_out_of_order_or_about_nobody_are_refused(fortress, secret, host_token):
    nobody = "0" * 16
    with member(fortress, secret, create=True, hostToken=host_token) as client:
        for message, code in (
            ({"type": "answer", "request": 1, "sdp": "v=0\r\n"}, "outOfOrder"),
            ({"type": "answer", "request": 2147483647, "sdp": ""}, "outOfOrder"),
            ({"type": "publish", "request": 3, "sdp": "v=0\r\n", "tracks": [{"mid": "0", "source": "microphone"}]}, "sdp"),
            ({"type": "publish", "request": 3, "sdp": "\0" * 1000, "tracks": []}, "sdp"),
            ({"type": "publish", "request": 3, "sdp": "v=0\r\n" + "m=audio 9 x 0\r\n" * 9000, "tracks": []}, "sdp"),
            ({"type": "publish", "request": 3, "sdp": "v=0", "tracks": [{"mid": "0", "source": "kitchen"}]}, "malformed"),
            ({"type": "publish", "request": 3, "sdp": "v=0", "tracks": [{"mid": "0" * 17, "source": "camera"}]}, "malformed"),
            ({"type": "publish", "request": 3, "sdp": "v=0", "tracks": {}}, "malformed"),
            ({"type": "layers", "wants": [{"participant": nobody, "source": "camera", "layer": "best"}]}, "malformed"),
            ({"type": "chat", "id": "a", "text": "hello", "to": nobody}, "noSuchParticipant"),
            ({"type": "chat", "id": "a", "text": ""}, "malformed"),
            ({"type": "chat", "id": "a", "text": "x" * 4001}, "malformed"),
            ({"type": "chat", "id": "a" * 37, "text": "x"}, "malformed"),
            ({"type": "chat", "id": "ä", "text": "x"}, "malformed"),
            ({"type": "reaction", "emoji": "👍" * 20}, "malformed"), ({"type": "reaction", "emoji": "\n"}, "malformed"),
            ({"type": "remove", "participant": nobody}, "noSuchParticipant"),
            ({"type": "remove", "participant": nobody.upper() + "Z"}, "malformed"),
            ({"type": "admit", "participant": nobody}, "noSuchParticipant"),
            ({"type": "mute", "participant": client.id}, "notAllowed"),
            ({"type": "remove", "participant": client.id}, "notAllowed"),
            ({"type": "role", "participant": nobody, "role": "host"}, "notAllowed"),
            ({"type": "role", "participant": nobody, "role": "king"}, "malformed"),
            ({"type": "rename", "name": "\u0000"}, "name"), ({"type": "lock", "locked": 1}, "malformed"),
        ):
            answer = client.ask(message)
            assert answer.get("code") == code, (str(message)[:120], answer)
        ping_works(client)


def test_one_message_in_many_frames_is_one_message(fortress, secret, host_token):
    with member(fortress, secret, create=True, hostToken=host_token) as client:
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
    "too large": (frame(b" " * (256 * 1024 + 1)), 1009),
    "claims 1 GiB": (frame(b"{", length=1 << 30), 1009),
    "claims 2^63": (frame(b"{", length=1 << 63), 1009),
    "claims 2^64 - 1": (frame(b"{", length=(1 << 64) - 1), 1009),
    "too large in pieces": (
        frame(b" " * 200_000, fin=False) + frame(b" " * 60_000, CONTINUATION, fin=False)
        + frame(b" " * 60_000, CONTINUATION), 1009),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_that_break_the_rules_end_their_own_connection_with_a_code(fortress, call, secret, host_token, name):
    data, code = FRAMES[name]
    with member(fortress, secret, create=True, hostToken=host_token) as ana, member(fortress, secret) as ben:
        ben.send_bytes(data)
        assert ben.close_code() == code
        gone = ana.receive(lambda m: m["type"] == "participant" and not m["participant"]["connected"])
        assert gone["participant"]["id"] == ben.id
        ping_works(ana)


def test_closes_of_every_kind_are_answered(fortress, secret, host_token):
    for payload, expected in ((b"", 1000), (b"\x03", 1000), (b"\x03\xe8bye", 1000), (b"\x00\x00", 1000),
                              (b"\x03\xed", 1000), (b"\x0f\xa0", 4000), (b"\xff\xff", 1000), (b"\x03\xe8\xff\xff", 1000)):
        with member(fortress, secret, create=True, hostToken=host_token) as client:
            client.send_bytes(frame(payload, CLOSE) + frame(PING_MESSAGE, TEXT))
            assert client.close_code() == expected, payload


def test_who_only_makes_mistakes_is_let_go_and_nobody_else(fortress, call, secret, host_token):
    with member(fortress, secret, create=True, hostToken=host_token) as ana, member(fortress, secret) as ben:
        with call.undisturbed():
            for _ in range(400):
                ben.send(b"{")
            assert ben.close_code() == 4004
            ping_works(ana)


def test_a_flood_of_good_messages_is_slowed_down_and_then_let_go(fortress, call, secret, host_token):
    with member(fortress, secret, create=True, hostToken=host_token) as ana, member(fortress, secret) as ben:
        with call.undisturbed():
            flood = b"".join(
                frame(json.dumps({"type": "chat", "id": f"c{n}", "text": "x"}).encode()) for n in range(2000))
            ben.send_bytes(flood)
            errors = []
            with pytest.raises(Closed) as closed:
                while True:
                    message = ben.receive(lambda m: m["type"] == "error")
                    errors.append(message["code"])
            assert closed.value.code == 4004 and set(errors) == {"rate"}
            heard = 0
            ana.send(PING_MESSAGE)
            while (message := ana.receive())["type"] != "pong":
                heard += message["type"] == "chat"
            assert heard <= 20, "ten at once and a few more"

# SPDX-License-Identifier: Apache-2.0
"""Datagrams that a stranger may send to the media port, and a program that sends very many of them.

    python datagrams.py KIND HOST PORT COUNT PER_SECOND [UFRAG]     sends from 200 ports, prints what went and came
"""

import binascii
import hashlib
import hmac
import json
import os
import select
import socket
import struct
import sys
import time

COOKIE = 0x2112A442
PORTS = 200


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def binding(username=None, password=None, *extra: bytes, fingerprint=True, kind=0x0001) -> bytes:
    """A binding request (RFC 8489); with a password it has MESSAGE-INTEGRITY under it."""
    body = (attribute(0x0006, username.encode()) if username is not None else b"") + b"".join(extra)
    transaction = os.urandom(12)

    def head(length):
        return struct.pack("!HHI", kind, length, COOKIE) + transaction

    if password is not None:
        digest = hmac.new(password.encode(), head(len(body) + 24) + body, hashlib.sha1).digest()
        body += attribute(0x0008, digest)
    if fingerprint:
        crc = binascii.crc32(head(len(body) + 8) + body) ^ 0x5354554E
        body += attribute(0x8028, struct.pack("!I", crc))
    return head(len(body)) + body


PRIORITY = attribute(0x0024, struct.pack("!I", 0x7E0000FF))
CONTROLLING = attribute(0x802A, bytes(8))
USE_CANDIDATE = attribute(0x0025, b"")


def client_hello() -> bytes:
    """A DTLS 1.2 ClientHello (RFC 6347 §4.2.2) that a server without caution would answer with a certificate."""
    extensions = (
        struct.pack("!HHHBB", 0x000A, 4, 2, 0, 0x17) + struct.pack("!HHBB", 0x000B, 2, 1, 0)
        + struct.pack("!HHHBBBB", 0x000D, 6, 4, 4, 3, 8, 4) + struct.pack("!HHHHB", 0x000E, 5, 2, 7, 0)
    )
    body = (b"\xfe\xfd" + os.urandom(32) + b"\0" + b"\0" + struct.pack("!HHH", 4, 0xC02B, 0xC02F) + b"\x01\0"
            + struct.pack("!H", len(extensions)) + extensions)
    length = len(body).to_bytes(3, "big")
    handshake = b"\x01" + length + b"\0\0" + b"\0\0\0" + length + body
    return b"\x16\xfe\xff" + bytes(8) + struct.pack("!H", len(handshake)) + handshake


def rtp(length=200) -> bytes:
    return b"\x80\x6f" + os.urandom(length - 2)


def rtcp() -> bytes:
    return b"\x80\xc9\x00\x07" + os.urandom(28)


def of_kind(kind: str, ufrag: str) -> bytes:
    match kind:
        case "unknown-ufrag":
            name = binascii.hexlify(os.urandom(4)).decode()
            return binding(f"{name}:abcd", "wrong password of a stranger", PRIORITY, CONTROLLING, USE_CANDIDATE)
        case "known-ufrag":
            return binding(ufrag, "wrong password of a stranger", PRIORITY, CONTROLLING, USE_CANDIDATE)
        case "no-integrity":
            return binding(ufrag, None, PRIORITY, CONTROLLING, USE_CANDIDATE)
        case "bare":
            return binding(fingerprint=False)
        case "indication":
            return binding(ufrag, None, kind=0x0011)
        case "response":
            return binding(ufrag, "wrong password of a stranger", kind=0x0101)
        case "truncated":
            return binding(ufrag, "wrong password of a stranger", PRIORITY)[:os.urandom(1)[0] % 60 + 1]
        case "hello":
            return client_hello()
        case "rtp":
            return rtp()
        case "rtcp":
            return rtcp()
        case "noise":
            return os.urandom(1 + int.from_bytes(os.urandom(2), "big") % 1400)
        case "empty":
            return b""
        case "huge":
            return binding(ufrag, "x") + bytes(9000)


def flood(kinds, host, port, count, per_second, ufrag):
    sockets = []
    for _ in range(PORTS):
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sender.setblocking(False)
        sender.connect((host, port))
        sockets.append(sender)
    ready = [of_kind(kind, ufrag) for kind in kinds for _ in range(64)]
    poll = select.poll()
    for sender in sockets:
        poll.register(sender, select.POLLIN)
    by_number = {sender.fileno(): sender for sender in sockets}
    sent = sent_bytes = received = received_bytes = 0

    def listen(wait):
        nonlocal received, received_bytes
        for number, _ in poll.poll(wait):
            try:
                received_bytes += len(by_number[number].recv(4096))
                received += 1
            except OSError:
                pass

    start = time.monotonic()
    for index in range(count):
        datagram = ready[index * 7919 % len(ready)]
        try:
            sockets[index % PORTS].send(datagram)
            sent, sent_bytes = sent + 1, sent_bytes + len(datagram)
        except OSError:
            pass
        if index % 100 == 99:
            listen(0)
            ahead = index / per_second - (time.monotonic() - start)
            if ahead > 0:
                time.sleep(ahead)
    end = time.monotonic() + 1
    while (left := end - time.monotonic()) > 0:
        listen(left * 1000)
    return {"sent": sent, "sent_bytes": sent_bytes, "received": received, "received_bytes": received_bytes,
            "seconds": time.monotonic() - start}


if __name__ == "__main__":
    _, kinds, host, port, count, per_second, *rest = sys.argv
    print(json.dumps(flood(kinds.split(","), host, int(port), int(count), int(per_second), rest[0] if rest else "a:b")))

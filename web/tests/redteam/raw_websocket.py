# SPDX-License-Identifier: Apache-2.0
"""A WebSocket client without manners: it sends any bytes as any frame, and reads only when told to."""

import base64
import json
import os
import socket
import struct

from server import PATIENCE
from vigil_member import Invitation, Seat

TEXT, BINARY, CONTINUATION, CLOSE, PING, PONG = 0x1, 0x2, 0x0, 0x8, 0x9, 0xA


class Closed(Exception):
    """The node ended the connection; `code` is its close frame's, None if none came."""

    def __init__(self, code):
        super().__init__(f"closed with {code}")
        self.code = code


def connect(port, source="127.0.0.1", receive_buffer=None, timeout=PATIENCE) -> socket.socket:
    client = socket.socket()
    client.settimeout(timeout)
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.bind((source, 0))
    client.connect(("127.0.0.1", port))
    return client


def frame(payload: bytes, opcode=TEXT, fin=True, masked=True, reserved=0, length=None) -> bytes:
    """One frame; `length` is what its header claims, if that isn't the truth."""
    claimed = len(payload) if length is None else length
    head = bytes([(0x80 if fin else 0) | reserved << 4 | opcode])
    mask_bit = 0x80 if masked else 0
    if claimed < 126:
        head += bytes([mask_bit | claimed])
    elif claimed < 1 << 16:
        head += bytes([mask_bit | 126]) + struct.pack("!H", claimed)
    else:
        head += bytes([mask_bit | 127]) + struct.pack("!Q", claimed)
    # The key of zeros leaves the payload as it is, and is as good as any here.
    return head + (bytes(4) if masked else b"") + payload


def join_message(alias, **members) -> dict:
    """A join of somebody new, to the meeting behind that alias."""
    [message] = Seat(Invitation.from_link(os.urandom(16)), "Somebody").wish("opened")
    return {name: value for name, value in {**message, "meeting": alias, **members}.items() if value is not None}


class RawWebSocket:
    def __init__(self, node, source="127.0.0.1", receive_buffer=None, timeout=PATIENCE):
        self.socket = connect(node.port, source, receive_buffer, timeout)
        self.buffer = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (f"GET /signal HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            self._fill()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send_bytes(self, data: bytes):
        try:
            self.socket.sendall(data)
        except OSError:
            pass  # It may be closed already: that is for the reading side to find out.

    def send(self, message, **options):
        if isinstance(message, dict):
            message = json.dumps(message, ensure_ascii=False)
        if isinstance(message, str):
            message = message.encode()
        self.send_bytes(frame(message, **options))

    def join(self, alias, **members) -> dict:
        """Comes to the door, with a key package; what the node says then."""
        self.send(join_message(alias, **members))
        return self.receive(lambda m: m["type"] in ("door", "vacant", "welcome", "refused", "error"))

    def ask(self, message, **options) -> dict:
        """Sends the message and returns the first error or pong after it."""
        self.send(message, **options)
        return self.receive(lambda m: m["type"] in ("error", "pong"))

    def receive(self, wanted=lambda m: True) -> dict:
        """The next message that is wanted; raises Closed."""
        while True:
            opcode, payload = self.receive_frame()
            if opcode == CLOSE:
                raise Closed(struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else None)
            if opcode == TEXT:
                message = self.parse(payload)
                if wanted(message):
                    return message

    @staticmethod
    def parse(payload: bytes) -> dict:
        return json.loads(payload)

    def close_code(self):
        """Reads to the end; the close frame's code."""
        try:
            while True:
                self.receive()
        except Closed as closed:
            return closed.code

    def receive_frame(self):
        while (taken := self.next_frame()) is None:
            self._fill()
        return taken

    def next_frame(self):
        """The next frame of what has come, if it is whole."""
        if len(self.buffer) < 2:
            return None
        opcode, length, start = self.buffer[0] & 0xF, self.buffer[1] & 0x7F, 2
        if length >= 126:
            start = 4 if length == 126 else 10
            if len(self.buffer) < start:
                return None
            length = int.from_bytes(self.buffer[2:start], "big")
        if len(self.buffer) < start + length:
            return None
        payload = self.buffer[start:start + length]
        self.buffer = self.buffer[start + length:]
        return opcode, payload

    def _fill(self):
        try:
            data = self.socket.recv(1 << 16)
        except ConnectionError:
            data = b""
        if not data:
            raise Closed(None)
        self.buffer += data

# SPDX-License-Identifier: Apache-2.0
"""Frames of sound and pictures, sealed and opened with the meeting's keys: docs/sframe.md, web/crypto/frame-epochs.js."""

import struct
import time
from typing import NamedTuple

from wasm_core import (
    RING_ADD_EPOCH, RING_CREATE, RING_HANDLE_TIMEOUT, RING_OPEN, RING_REMOVE, RING_REMOVE_EPOCH, RING_SEAL,
    RING_START_SENDING, Core, CoreRefusal, field,
)
from member_wire import SOURCES

SUITE, EPOCH_BITS, RESTORED = 4, 6, 1
OLD_EPOCH = 10.0
VP8_KEY, VP8_DELTA = 10, 3


def clear_length(is_video: bool, frame: bytes) -> int:
    """The bytes in front that stay readable: of VP8 what the node and the depacketiser need, of Opus none."""
    if not is_video:
        return 0
    return VP8_KEY if frame and not frame[0] & 1 else VP8_DELTA


class Held(NamedTuple):
    epoch: int
    ring: bytes
    members: dict[int, str]


class FrameRing:
    """The epochs that open, who is in each, and the one that seals."""

    def __init__(self, core: Core):
        self.core = core
        self.newest_in: dict[bytes, tuple[int, int]] = {}  # ring -> (own leaf, newest epoch): a ring's epochs only go up
        self.held: dict[int, Held] = {}
        self.expires: dict[int, float] = {}
        self.sending: int | None = None
        self.newest: int | None = None

    def change(self, change: dict):
        with self.core.lock:
            match change["kind"]:
                case "addEpoch":
                    self._add(change)
                case "startSending":
                    self._start(change["epoch"])
                case "voidEpoch":
                    self._drop(change["epoch"])
                case "forget":
                    self.forget()

    def seal(self, source: str, is_video: bool, frame: bytes) -> bytes | None:
        """Nothing while no epoch seals."""
        clear = clear_length(is_video, frame)
        with self.core.lock:
            if self.sending is None:
                return None
            ring = self.held[self.sending].ring
            context = struct.pack("!Q", SOURCES.index(source))
            return frame[:clear] + self.core.call(RING_SEAL, ring + context + field(frame[:clear]) + field(frame[clear:]))

    def open(self, participant: str, source: str, is_video: bool, frame: bytes) -> bytes | str:
        """The frame, if it is this participant's and of this source; else why not."""
        self._expire()
        clear = clear_length(is_video, frame)
        if len(frame) <= clear:
            return "malformed"
        sealed = frame[clear:]
        short = sealed[0] >> 4
        low = (short if short < 8 else sealed[1 + (short & 7)] if len(sealed) > 1 + (short & 7) else 0) & 0x3F
        held = next((h for h in self.held.values() if h.epoch & 0x3F == low), None)
        if held is None:
            return "noKey"
        try:
            answer = self.core.call(RING_OPEN, held.ring + field(frame[:clear]) + field(sealed))
        except CoreRefusal as refusal:
            return refusal.reason
        _, sender, context = struct.unpack("!QIQ", answer[:20])
        present = self.held[self.newest].members.values()
        if held.members.get(sender) != participant or participant not in present or SOURCES[context] != source:
            return "misattributed"
        return frame[:clear] + answer[29:]

    def forget(self):
        for ring in self.newest_in:
            self.core.call(RING_REMOVE, ring)
        self.newest_in, self.held, self.expires, self.sending, self.newest = {}, {}, {}, None, None

    def _add(self, change: dict):
        epoch, leaf = change["epoch"], change["ownLeaf"]
        ring = next((r for r, (own, newest) in self.newest_in.items() if own == leaf and newest < epoch), None)
        if ring is None:
            ring = self.core.call(RING_CREATE, struct.pack("!HBIB", SUITE, EPOCH_BITS, leaf, RESTORED))
        self.newest_in[ring] = (leaf, epoch)
        self.core.call(RING_ADD_EPOCH, ring + struct.pack("!QI", epoch, change["width"]) + field(change["baseKey"]))
        for other in [e for e in self.held if e & 0x3F == epoch & 0x3F]:
            self._drop(other)
        self.held[epoch] = Held(epoch, ring, {m["leaf"]: m["participant"] for m in change["members"]})
        self.newest = epoch

    def _start(self, epoch: int):
        held = self.held[epoch]
        self.core.call(RING_START_SENDING, held.ring + struct.pack("!QQ", epoch, time.monotonic_ns()))
        self.sending = epoch
        self.expires.pop(epoch, None)
        for other in self.held:
            if other < epoch:
                self.expires.setdefault(other, time.monotonic() + OLD_EPOCH)

    def _expire(self):
        now = time.monotonic()
        for epoch in [e for e, at in self.expires.items() if at <= now]:
            self._drop(epoch)
        for ring in self.newest_in:
            self.core.call(RING_HANDLE_TIMEOUT, ring + struct.pack("!Q", time.monotonic_ns()))

    def _drop(self, epoch: int):
        held = self.held.pop(epoch, None)
        if held is None:
            return
        self.expires.pop(epoch, None)
        self.core.call(RING_REMOVE_EPOCH, held.ring + struct.pack("!Q", epoch))
        if self.sending == epoch:
            self.sending = None
        if self.newest == epoch:
            self.newest = max(self.held, default=None)

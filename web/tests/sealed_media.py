# SPDX-License-Identifier: Apache-2.0
"""aiortc with SFrame: between encoder and packetiser frames are sealed, between depacketiser and decoder they are opened.

What doesn't open is never handed to a decoder.
"""

import time
from collections import Counter

from aiortc.codecs.opus import OpusEncoder
from aiortc.codecs.vpx import Vp8Encoder

KEY_FRAMES_EVERY = 1.0


class SealedOpusEncoder(OpusEncoder):
    def __init__(self, seal):
        super().__init__()
        self.seal = seal

    def encode(self, frame, force_keyframe=False):
        payloads, timestamp = super().encode(frame, force_keyframe)
        sealed = [self.seal(payload) for payload in payloads]
        return [payload for payload in sealed if payload is not None], timestamp


class SealedVP8Encoder(Vp8Encoder):
    def __init__(self, seal):
        super().__init__()
        self.seal = seal

    def _packetize(self, buffer, picture_id):
        sealed = self.seal(buffer)
        return [] if sealed is None else Vp8Encoder._packetize(sealed, picture_id)


class OpeningBuffer:
    """In a receiver's place for its jitter buffer: gives out whole frames, opened."""

    def __init__(self, buffer, is_video: bool, opener):
        self.buffer, self.is_video, self.opener = buffer, is_video, opener
        self.asked = 0.0

    def add(self, packet):
        wants_key_frame, frame = self.buffer.add(packet)
        if frame is None:
            return wants_key_frame, None
        opened = self.opener(bytes(frame.data))
        if opened is not None:
            frame.data = opened
            return wants_key_frame, frame
        now = time.monotonic()
        if self.is_video and now - self.asked > KEY_FRAMES_EVERY:
            self.asked, wants_key_frame = now, True
        return wants_key_frame, None


class FrameCounts:
    """What was sealed by source, and opened and refused by whose and which it is said to be."""

    def __init__(self):
        self.sealed: Counter[str] = Counter()
        self.opened: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[tuple[str, str, str]] = Counter()

    def report(self, wanted: set[tuple[str, str]]) -> dict:
        """As the member takes it."""
        refused: Counter[tuple[str, str]] = Counter()
        for (participant, source, _), count in self.refused.items():
            refused[(participant, source)] += count
        return {
            "sealed": [self.sealed[source] for source in ("microphone", "camera", "screen", "screenAudio")],
            "received": [
                {"participant": participant, "source": source, "opened": self.opened[(participant, source)],
                 "refused": refused[(participant, source)], "isWanted": True}
                for participant, source in sorted(wanted)],
        }


class SealedMedia:
    """One client's frames."""

    def __init__(self, ring):
        self.ring = ring
        self.counts = FrameCounts()
        self.video_senders = []
        self.sealing_since: int | None = None

    def seal_sender(self, sender, source: str):
        """Before anything is sent: what the sender encodes is sealed."""
        is_video = sender.kind == "video"

        def seal(frame: bytes) -> bytes | None:
            sealed = self.ring.seal(source, is_video, bytes(frame))
            self.counts.sealed[source] += sealed is not None
            return sealed

        sender._RTCRtpSender__encoder = SealedVP8Encoder(seal) if is_video else SealedOpusEncoder(seal)
        if is_video:
            self.video_senders.append(sender)

    def open_receiver(self, receiver, expected):
        """`expected` says whose and which the frames are to be, now: (participant, source), or None."""
        name = "_RTCRtpReceiver__jitter_buffer"
        if isinstance(getattr(receiver, name), OpeningBuffer):
            return
        is_video = receiver.track.kind == "video"

        def opener(frame: bytes) -> bytes | None:
            key = expected()
            if key is None:
                return None
            opened = self.ring.open(*key, is_video, frame)
            if isinstance(opened, str):
                self.counts.refused[(*key, opened)] += 1
                return None
            self.counts.opened[key] += 1
            return opened

        setattr(receiver, name, OpeningBuffer(getattr(receiver, name), is_video, opener))

    def keys_changed(self):
        """Whoever has just got an epoch's keys begins with a whole picture."""
        if self.ring.sending == self.sealing_since:
            return
        self.sealing_since = self.ring.sending
        for sender in self.video_senders:
            sender._send_keyframe()

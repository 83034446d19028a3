# SPDX-License-Identifier: Apache-2.0
"""The load that both servers get: aiortc peers that do real ICE, DTLS and SRTP, and count instead of decoding."""

import asyncio
import os
import random
import struct
import time

import aiortc.rtcdtlstransport as dtls
from aiortc import RTCConfiguration, RTCPeerConnection

# Both servers are compared on the same cipher: AEAD_AES_128_GCM (RFC 7714).
dtls.SRTP_PROFILES[:] = [p for p in dtls.SRTP_PROFILES if p.openssl_profile == b"SRTP_AEAD_AES_128_GCM"]

received = 0


async def _count(self, data, arrival_time_ms):
    global received
    received += 1


def count_instead_of_decoding():
    """From here on every received RTP packet is counted and dropped, before decryption."""
    dtls.RTCDtlsTransport._handle_rtp_data = _count


class BurstPublisher:
    """1,000 packets of 1,200 bytes a second, five at a time: video of 200 frames a second, every frame a key frame."""

    PACKETS_PER_BURST = 5
    INTERVAL = 0.005
    LENGTH = 1200

    def __init__(self):
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.transceiver = self.connection.addTransceiver("video", direction="sendonly")
        self.sent = 0
        self._task = None

    def start(self):
        self._task = asyncio.create_task(self._run())

    async def stop(self):
        if self._task:
            self._task.cancel()
        await self.connection.close()

    async def _run(self):
        sender = self.transceiver.sender
        payload_type = next(c.payloadType for c in self.transceiver._codecs if c.mimeType.lower() == "video/vp8")
        sequence, timestamp = random.randrange(1 << 15), random.randrange(1 << 31)
        filler = os.urandom(self.LENGTH - 12 - 5)
        due = time.monotonic()
        while True:
            for index in range(self.PACKETS_PER_BURST):
                last = index == self.PACKETS_PER_BURST - 1
                header = struct.pack(
                    "!BBHII", 0x80, payload_type | (0x80 if last else 0), sequence & 0xFFFF, timestamp & 0xFFFFFFFF,
                    sender._ssrc)
                # RFC 7741 §4.2: X, S on the first packet; I with a 15-bit picture id; then a key frame's first byte.
                picture = (timestamp // 450) & 0x7FFF
                descriptor = struct.pack(
                    "!BBHB", 0x80 | (0x10 if index == 0 else 0), 0x80, 0x8000 | picture, 0x10 if index == 0 else 0xAA)
                await sender.transport._send_rtp(header + descriptor + filler)
                sequence += 1
                self.sent += 1
            timestamp += 450
            due += self.INTERVAL
            await asyncio.sleep(max(0, due - time.monotonic()))


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(pid: int, publisher: BurstPublisher, seconds: float) -> dict:
    """CPU of the process per forwarded packet, its idle CPU with everyone connected subtracted."""
    idle_from, at = cpu_seconds(pid), time.monotonic()
    await asyncio.sleep(3)
    idle = (cpu_seconds(pid) - idle_from) / (time.monotonic() - at)
    publisher.start()
    await asyncio.sleep(2)
    cpu, count, sent, at = cpu_seconds(pid), received, publisher.sent, time.monotonic()
    await asyncio.sleep(seconds)
    elapsed = time.monotonic() - at
    cpu, count, sent = cpu_seconds(pid) - cpu, received - count, publisher.sent - sent
    busy = cpu - idle * elapsed
    per_packet = busy * 1e6 / max(count, 1)
    return {
        "cpu_us_per_packet": round(per_packet, 2),
        "packets_per_second_per_core": round(1e6 / per_packet) if per_packet > 0 else None,
        "packets_received": count,
        "packets_published": sent,
        "idle_cpu_percent": round(idle * 100, 2),
    }

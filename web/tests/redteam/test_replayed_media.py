# SPDX-License-Identifier: Apache-2.0
"""Captured SRTP, sent again by its sender's own socket or by a stranger, unchanged or changed: nobody hears it twice."""

import asyncio
import socket
import struct
from collections import Counter

from aside import run_aside
from server import PATIENCE
from voices import hear, one_hears_another


def is_rtp(datagram: bytes) -> bool:
    return len(datagram) >= 12 and 128 <= datagram[0] < 192 and not 192 <= datagram[1] < 224


class Tap:
    """Sees what a publisher's connection sends, and can send more of it."""

    def __init__(self, connection):
        self.transport = connection.getSenders()[0].transport.transport
        self.original = self.transport._send
        self.transport._send = self.send
        self.captured: list[bytes] = []
        self.copies = 1
        self.address = self.transport._connection._nominated[1].remote_addr

    async def send(self, datagram: bytes):
        if is_rtp(datagram):
            self.captured.append(datagram)
            for _ in range(self.copies - 1):
                await self.original(datagram)
        await self.original(datagram)


class Listener:
    """Counts the RTP datagrams that reach a subscriber, before anything of the client could drop a double."""

    def __init__(self, connection):
        transport = connection.getReceivers()[0].transport.transport
        original = transport._recv
        self.heard: Counter = Counter()

        async def receive():
            datagram = await original()
            if is_rtp(datagram):
                self.heard[struct.unpack("!H", datagram[2:4]) + struct.unpack("!I", datagram[8:12])] += 1
            return datagram

        transport._recv = receive


def test_a_packet_is_forwarded_once_however_often_it_comes(fortress, call):
    async def story():
        ana, ben, track = await one_hears_another(fortress)
        hearing = asyncio.ensure_future(hear(track, 1 << 30))
        tap, listener = Tap(ana.publisher), Listener(ben.subscriber)

        async def until(condition):
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await asyncio.sleep(0.05)

        async def window(attack):
            """Of what is sent once meanwhile most is heard, all of it once: what the attack adds is a multiple of it."""
            sent, heard = len(tap.captured), listener.heard.total()
            await attack()
            await until(lambda: len(tap.captured) >= sent + 100)
            sent = len(tap.captured) - sent
            await until(lambda: listener.heard.total() - heard >= sent / 2)
            assert listener.heard.total() - heard <= 1.5 * sent, f"{listener.heard.total() - heard} heard of {sent}"
            assert max(listener.heard.values()) == 1

        async def threefold():
            tap.copies, sent = 3, len(tap.captured)
            await until(lambda: len(tap.captured) >= sent + 100)
            tap.copies = 1

        async def again():
            for datagram in list(tap.captured):
                await tap.original(datagram)
                await asyncio.sleep(0.005)

        async def changed():
            # Another sequence number, another source, another payload, cut and prolonged: no tag fits any of them.
            for datagram in list(tap.captured)[-60:]:
                sequence = struct.unpack("!H", datagram[2:4])[0]
                for forged in (
                    datagram[:2] + struct.pack("!H", (sequence + 500) % 65536) + datagram[4:],
                    datagram[:8] + struct.pack("!I", 0xDEAD_BEEF) + datagram[12:],
                    datagram[:-1] + bytes([datagram[-1] ^ 1]), datagram[:-4], datagram + b"\0",
                ):
                    await tap.original(forged)
                await asyncio.sleep(0.01)

        async def by_a_stranger():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                for datagram in list(tap.captured):
                    stranger.sendto(datagram, tap.address)
                    await asyncio.sleep(0.005)

        for attack in (threefold, again, changed, by_a_stranger):
            await window(attack)
        hearing.cancel()
        await ben.leave()
        await ana.leave()

    with call.undisturbed():
        run_aside(story())

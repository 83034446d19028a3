# SPDX-License-Identifier: Apache-2.0
"""A stranger who knows everything but the password can't have media sent elsewhere, nor end the call."""

import re
import socket

from aside import run_aside
from datagrams import CONTROLLING, PRIORITY, USE_CANDIDATE, attribute, binding, client_hello, of_kind, rtcp, rtp
from voices import hear, one_hears_another


def credentials(sdp: str) -> tuple[str, str]:
    return re.search(r"a=ice-ufrag:(\S+)", sdp)[1], re.search(r"a=ice-pwd:(\S+)", sdp)[1]


def test_checks_that_are_not_authentic_move_nothing(fortress, call):
    async def story():
        ana, ben, track = await one_hears_another(fortress)
        server, server_password = credentials(ben.subscriber.remoteDescription.sdp)
        mine, my_password = credentials(ben.subscriber.localDescription.sdp)
        other, other_password = credentials(ana.publisher.remoteDescription.sdp)
        name = f"{server}:{mine}"
        wanted = (PRIORITY, CONTROLLING, USE_CANDIDATE)
        authentic = binding(name, server_password, PRIORITY, CONTROLLING, fingerprint=False)
        forged = [
            binding(name, None, *wanted), binding(name, "", *wanted), binding(name, "guessed", *wanted),
            binding(name, my_password, *wanted), binding(name, other_password, *wanted),
            binding(f"{other}:{mine}", server_password, *wanted), binding(f"{server}:", "", *wanted),
            binding(f"{server}:wrong", server_password, *wanted), binding(server, server_password, *wanted),
            binding(name, server_password, *wanted, kind=0x0101), binding(name, server_password, *wanted, kind=0x0011),
            binding(name, server_password, *wanted)[:-9] + bytes(9),
            # An integrity of nothing, of too little and of the right bytes at the wrong place.
            binding(name, None, *wanted, attribute(0x0008, b"")), binding(name, None, *wanted, attribute(0x0008, bytes(20))),
            binding(name, None, *wanted, attribute(0x0008, authentic[-20:])),
        ]
        # Authentic but for what was put in afterwards: nothing behind the integrity counts (RFC 8489 §14.5).
        behind = attribute(0x0025, b"")
        appended = authentic[:2] + (len(authentic) - 20 + len(behind)).to_bytes(2, "big") + authentic[4:] + behind

        address = call.media_address
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.setblocking(False)

            def received() -> list[bytes]:
                found = []
                try:
                    while True:
                        found.append(stranger.recv(2048))
                except BlockingIOError:
                    return found

            port = int(re.search(r"a=candidate:\S+ 1 udp \d+ \S+ (\d+) ", ben.subscriber.remoteDescription.sdp, re.I)[1])
            for _ in range(5):
                for datagram in forged + [client_hello(), rtp(), rtcp(), of_kind("noise", name)]:
                    stranger.sendto(datagram, (address[0], port))
                await hear(track, 10)
                assert received() == []
            for _ in range(5):
                stranger.sendto(appended, (address[0], port))
                await hear(track, 10)
                assert not any(128 <= datagram[0] < 192 for datagram in received()), "media was sent to a stranger"
        for connection in (ana.publisher, ben.subscriber):
            assert connection.connectionState == "connected"
        await ben.leave()
        await ana.leave()

    with call.undisturbed():
        run_aside(story())

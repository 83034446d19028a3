# SPDX-License-Identifier: Apache-2.0
"""aiortc, which nobody here wrote, joins, publishes and receives; and so does the control plane behave."""

import asyncio
import concurrent.futures

import pytest
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from server import PATIENCE
from vigil_client import Refused, VigilClient, new_secret

HOST_TOKEN = "h" * 42 + "g"


def run(story):
    """Runs the story on a thread of its own: where browsers were driven before, this one already has a loop."""
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(asyncio.wait_for(story, 2 * PATIENCE))).result()


async def host(node, secret, name="Host"):
    client = VigilClient(node.signal_url, secret, name)
    await client.join(create=True, host_token=HOST_TOKEN)
    return client


def test_two_aiortc_peers_see_and_hear_each_other(node):
    async def story():
        secret = new_secret()
        ana = await host(node, secret, "Ana")
        ben = VigilClient(node.signal_url, secret, "Ben")
        await ben.join()
        await ana.publish(microphone=AudioStreamTrack(), camera=VideoStreamTrack())
        await ben.publish(microphone=AudioStreamTrack(), camera=VideoStreamTrack())
        for client, other in ((ana, ben), (ben, ana)):
            peer = other.welcome["self"]
            await client.wait_until(
                lambda: (peer, "camera") in client.tracks and (peer, "microphone") in client.tracks)
            # aiortc's generated picture is green and moves; a decoded frame of its size is proof that all of it arrived.
            video = client.tracks[(peer, "camera")]
            frames = [await asyncio.wait_for(video.recv(), PATIENCE) for _ in range(10)]
            assert all(frame.width == 640 and frame.height == 480 for frame in frames)
            assert frames[-1].pts > frames[0].pts
            sound = client.tracks[(peer, "microphone")]
            heard = [await asyncio.wait_for(sound.recv(), PATIENCE) for _ in range(10)]
            assert all(frame.sample_rate == 48000 for frame in heard)
        await ana.leave()
        await ben.wait_for(lambda m: m["type"] == "left" and m["reason"] == "left")
        await ben.leave()

    run(story())


def test_a_meeting_that_nobody_started_is_not_found(node):
    async def story():
        client = VigilClient(node.signal_url, new_secret(), "Nobody")
        with pytest.raises(Refused, match="notFound"):
            await client.join()

    run(story())


def test_who_loses_the_socket_comes_back_as_the_same_person(node):
    async def story():
        secret = new_secret()
        ana = await host(node, secret, "Ana")
        ben = VigilClient(node.signal_url, secret, "Ben")
        await ben.join()
        me, token = ben.welcome["self"], ben.welcome["resume"]
        ben.socket.transport.abort()
        await ana.wait_for(
            lambda m: m["type"] == "participant" and m["participant"]["id"] == me
            and not m["participant"]["connected"])
        again = VigilClient(node.signal_url, secret, "Ben")
        welcome = await again.join(resume=token)
        assert welcome["self"] == me and welcome["resumed"] is True
        await again.leave()
        await ana.leave()

    run(story())


def test_a_guest_has_no_power_over_others(node):
    async def story():
        secret = new_secret()
        ana = await host(node, secret, "Ana")
        ben = VigilClient(node.signal_url, secret, "Ben")
        await ben.join()
        target = ana.welcome["self"]
        for command in (
            {"type": "remove", "participant": target}, {"type": "mute", "participant": target}, {"type": "muteAll"},
            {"type": "lock", "locked": True}, {"type": "lobby", "enabled": True}, {"type": "end"},
            {"type": "role", "participant": target, "role": "guest"}, {"type": "admitAll"},
        ):
            seen = len(ben.messages)
            await ben.send(command)
            await ben.wait_until(lambda: any(
                m["type"] == "error" and m["code"] == "notAllowed" for m in ben.messages[seen:]))
        assert not any(m["type"] in ("muted", "removed", "ended") for m in ana.messages)
        await ben.leave()
        await ana.leave()

    run(story())

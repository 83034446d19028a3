# SPDX-License-Identifier: Apache-2.0
"""aiortc, which nobody here wrote, joins as a member of the group, publishes and receives; and so does the control plane behave."""

import asyncio
import json

import pytest
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from aside import run_aside
from server import PATIENCE
from vigil_client import Refused, VigilClient
from vigil_member import Invitation, new_secret


async def host(node, name="Host", **settings):
    client = VigilClient(node.signal_url, Invitation.to_new_meeting(node.url), name, **settings)
    await client.enter()
    return client


async def guest(of, name, **settings):
    client = VigilClient(of.url, of.seat.link, name, **settings)
    await client.enter()
    await of.wait_for_event("person", participant=client.id)
    return client


async def see_and_hear(client, other):
    """Real decoded pictures and sound of the other, and a frame of each refused under a wrong name."""
    await client.wait_until(lambda: (other, "camera") in client.tracks and (other, "microphone") in client.tracks)
    # A decoded frame is proof that all of it arrived, and opened.
    video = client.tracks[(other, "camera")]
    frames = [await asyncio.wait_for(video.recv(), PATIENCE) for _ in range(10)]
    assert all(frame.width == 640 and frame.height == 480 for frame in frames)
    assert frames[-1].pts > frames[0].pts
    sound = client.tracks[(other, "microphone")]
    heard = [await asyncio.wait_for(sound.recv(), PATIENCE) for _ in range(10)]
    assert all(frame.sample_rate == 48000 for frame in heard)
    opened = client.media.counts.opened
    assert opened[(other, "camera")] >= 10 and opened[(other, "microphone")] >= 10


def test_two_aiortc_peers_see_and_hear_each_other(node):
    async def story():
        ana = await host(node, "Ana")
        ben = await guest(ana, "Ben")
        await ana.publish(microphone=AudioStreamTrack(), camera=VideoStreamTrack())
        await ben.publish(microphone=AudioStreamTrack(), camera=VideoStreamTrack())
        for client, other in ((ana, ben), (ben, ana)):
            await see_and_hear(client, other.id)
        await ana.wait_for_event("person", participant=ben.id, name="Ben")
        await ben.leave()
        await ana.wait_for_event("gone", participant=ben.id)
        await ana.leave()

    run_aside(story())


def test_words_go_to_all_or_to_one_and_the_node_reads_none(node):
    async def story():
        ana = await host(node, "Ana")
        ben, eve = await guest(ana, "Ben"), await guest(ana, "Eve")
        for client in (ana, ben, eve):
            await client.wait_until(lambda: {p["name"] for p in client.seat.people.values()} >= {"Ana", "Ben", "Eve"})
        await ana.say("Hello to all of you")
        for client in (ben, eve):
            assert (await client.wait_for_event("chat", text="Hello to all of you"))["name"] == "Ana"
        await ana.say("Only for Ben", to=ben.id)
        await ben.wait_for_event("chat", text="Only for Ben")
        await ana.say("The end")
        await eve.wait_for_event("chat", text="The end")
        assert not eve.seat.happened("chat", text="Only for Ben")
        # What went over each of the three sockets, in both directions.
        seen = json.dumps([c.messages + c.sent for c in (ana, ben, eve)])
        assert "Only for" not in seen and "Hello to" not in seen and "Eve" not in seen
        for client in (eve, ben, ana):
            await client.leave()

    run_aside(story())


def test_a_meeting_that_nobody_started_is_not_found(node):
    async def story():
        client = VigilClient(node.signal_url, Invitation.from_link(new_secret()), "Nobody")
        with pytest.raises(Refused, match="notFound"):
            await client.join()
        await client.close()

    run_aside(story())


def test_who_loses_the_socket_comes_back_as_the_same_person(node):
    async def story():
        ana = await host(node, "Ana")
        ben = await guest(ana, "Ben")
        me = ben.id
        await ben.cut()
        await ana.wait_for(lambda m: m["type"] == "participant" and m["participant"] == me and not m["connected"])
        await ana.say("while you were away")
        await ben.connect()
        await ben.wait_for(lambda m: m["type"] == "welcome" and m.get("resumed") is True)
        assert ben.welcome["self"] == me
        await ben.wait_for_event("chat", text="while you were away")
        await ben.leave()
        await ana.leave()

    run_aside(story())


def test_who_is_removed_is_out_by_the_hosts_act(node):
    async def story():
        ana = await host(node, "Ana")
        ben = await guest(ana, "Ben")
        await ana.wish("remove", participant=ben.id)
        over = await ben.wait_for_event("over")
        assert (over["ending"], over["by"]) == ("removed", ana.id)
        await ana.wait_for_event("gone", participant=ben.id, by=ana.id)
        await ben.close()
        await ana.leave()

    run_aside(story())


def test_a_guest_has_no_power_over_others(node):
    async def story():
        ana = await host(node, "Ana")
        ben = await guest(ana, "Ben")
        for kind, members in (
            ("remove", {"participant": ana.id}), ("mute", {"participant": ana.id}), ("muteAll", {}), ("lock", {"on": True}),
            ("lobby", {"on": True}), ("cohost", {"participant": ben.id, "on": True}), ("resetLink", {}), ("end", {}),
        ):
            seen = len(ben.seat.events)
            await ben.wish(kind, **members)
            await ben.wait_until(lambda: any(e["kind"] == "failed" for e in ben.seat.events[seen:]))
        # And past one's own member, which refuses that by itself: the node has no ear for it either.
        for message in ({"type": "end"}, {"type": "deny", "participant": ana.id}):
            await ben.send(message)
            await ben.wait_for(lambda m: m["type"] == "error" and m["code"] == "notAllowed")
            ben.messages.clear()
        await ben.say("still here")
        await ana.wait_for_event("chat", text="still here")
        assert ana.is_inside and not any(e["kind"] in ("mutedBy", "over") for e in ana.seat.events)
        await ben.leave()
        await ana.leave()

    run_aside(story())

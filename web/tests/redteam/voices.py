# SPDX-License-Identifier: Apache-2.0
"""Two aiortc peers of whom one speaks and the other hears."""

import asyncio

from aiortc.mediastreams import AudioStreamTrack

from server import PATIENCE
from vigil_client import VigilClient
from vigil_member import Invitation


async def one_hears_another(node):
    """The one who speaks, the one who hears, and what is heard, of which the first frame has come."""
    ana = VigilClient(node.signal_url, Invitation.to_new_meeting(node.url), "Ana")
    await ana.enter()
    ben = VigilClient(node.signal_url, ana.seat.link, "Ben")
    await ben.enter()
    await ana.publish(microphone=AudioStreamTrack())
    key = (ana.id, "microphone")
    await ben.wait_until(lambda: key in ben.tracks)
    await hear(ben.tracks[key], 1)
    return ana, ben, ben.tracks[key]


async def hear(track, frames):
    for _ in range(frames):
        await asyncio.wait_for(track.recv(), PATIENCE)

# SPDX-License-Identifier: Apache-2.0
"""Two aiortc peers of whom one speaks and the other hears."""

import asyncio

from aiortc.mediastreams import AudioStreamTrack

from server import PATIENCE
from vigil_client import VigilClient


async def one_hears_another(node, secret, host_token):
    """The one who speaks, the one who hears, and what is heard, of which the first frame has come."""
    ana, ben = VigilClient(node.signal_url, secret, "Ana"), VigilClient(node.signal_url, secret, "Ben")
    await ana.join(create=True, host_token=host_token)
    await ben.join()
    await ana.publish(microphone=AudioStreamTrack())
    key = (ana.welcome["self"], "microphone")
    await ben.wait_until(lambda: key in ben.tracks)
    await hear(ben.tracks[key], 1)
    return ana, ben, ben.tracks[key]


async def hear(track, frames):
    for _ in range(frames):
        await asyncio.wait_for(track.recv(), PATIENCE)

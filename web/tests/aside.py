# SPDX-License-Identifier: Apache-2.0
"""Clients without a page, which go on by themselves while a test drives pages."""

import asyncio
import concurrent.futures
import threading

from server import PATIENCE


def run_aside(story, within=2 * PATIENCE):
    """Runs a coroutine to its end on a thread of its own: where browsers were driven before, this one already has a loop."""
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(story, within))).result()


class Aside:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def do(self, story):
        """Runs a coroutine among the clients; what it returns."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(story, PATIENCE), self.loop).result()

# SPDX-License-Identifier: Apache-2.0
"""Clients without a page, which go on by themselves while a test drives pages."""

import asyncio
import threading

from server import PATIENCE


class Aside:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def do(self, story):
        """Runs a coroutine among the clients; what it returns."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(story, PATIENCE), self.loop).result()

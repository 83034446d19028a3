# SPDX-License-Identifier: Apache-2.0
"""A node that lies to one page: between the page and a real node, it drops, holds, doubles, rewrites and invents messages."""

import asyncio
import json
import threading

import websockets

from server import PATIENCE


def passed_on(message: dict) -> list[dict]:
    return [message]


class MaliciousNode:
    """`with MaliciousNode(server) as node:` the victim's page is opened with `node.link(link)`.

    `to_page` and `to_node` say what becomes of each message: any number of messages in its place. They may be exchanged at
    any time; both run on the node's own thread.
    """

    def __init__(self, server):
        self.server = server
        self.to_page = passed_on
        self.to_node = passed_on
        self.heard: list[dict] = []  # of the page
        self.told: list[dict] = []  # by the real node
        self.connections = 0
        self.loop = asyncio.new_event_loop()
        self.page = None
        self.real = None
        self._listening = None

    def link(self, link: str) -> str:
        """The same meeting, by this node."""
        address, _, secret = link.partition("#")
        return f"{self.server.url}/m?node=http://127.0.0.1:{self.port}#{secret}"

    def invent(self, *messages: dict):
        """Says something to the page that the real node never said."""
        self._do(self._say(self.page, messages))

    def cut(self):
        """Cuts the page's socket, which will come back."""
        self._do(self.page.close(1001))

    @property
    def port(self) -> int:
        return self._listening.sockets[0].getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self._listening = self._do(websockets.serve(self._carry, "127.0.0.1", 0, max_size=4 << 20))
        return self

    def __exit__(self, *_):
        self._listening.close()
        self.loop.call_soon_threadsafe(self.loop.stop)

    def _do(self, work):
        async def done():
            return await work

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(PATIENCE)

    async def _carry(self, page):
        async with websockets.connect(self.server.signal_url, max_size=4 << 20) as real:
            self.page, self.real = page, real
            self.connections += 1
            ways = [asyncio.ensure_future(self._way(page, real, self.heard, "to_node")),
                    asyncio.ensure_future(self._way(real, page, self.told, "to_page"))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
        await page.close(real.close_code or 1006 if 4000 <= (real.close_code or 0) < 5000 else 1001)

    async def _way(self, source, target, record, rule):
        try:
            async for text in source:
                message = json.loads(text)
                record.append(message)
                await self._say(target, getattr(self, rule)(message))
        except websockets.ConnectionClosed:
            pass

    @staticmethod
    async def _say(target, messages):
        for message in messages:
            await target.send(json.dumps(message))

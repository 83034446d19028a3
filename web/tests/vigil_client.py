# SPDX-License-Identifier: Apache-2.0
"""A Vigil client on aiortc, which nobody here wrote: docs/protocol.md and the pages' core, without a page.

It is a full member of the meeting's group, publishes what it is given and receives everybody else. Tests and
`./bench media --janus` use it.
"""

import asyncio
import json
import time

import websockets
from aiortc import (
    RTCBundlePolicy, RTCConfiguration, RTCIceServer, RTCIceTransportPolicy, RTCPeerConnection, RTCSessionDescription,
)

from sealed_media import SealedMedia
from vigil_member import Invitation, Seat

COUNT_EVERY = 2.0
LONGEST_WAIT = 60.0


def candidates_in_every_section(sdp: str) -> str:
    """A description with its candidates, which stand in the first of the bundled sections, in all: aiortc takes the last's."""
    candidates = [line for line in sdp.splitlines() if line.startswith(("a=candidate:", "a=end-of-candidates"))]
    lines = [line for line in sdp.splitlines() if line not in candidates]
    return "".join(
        f"{line}\r\n" + "".join(f"{c}\r\n" for c in candidates if line.startswith("a=mid:")) for line in lines)


class Refused(Exception):
    """It came to an end before it began; the reason is the protocol's word for it."""


class VigilClient:
    def __init__(self, url: str, invitation: Invitation, name: str, ssl=None, relay=None, **settings):
        self.url = url  # ws://HOST:PORT/signal
        self.name = name
        self.ssl = ssl
        self.relay = relay  # the one TURN URL of the welcome to go through, and nothing beside it
        self.seat = Seat(invitation, name, **settings)
        self.media = SealedMedia(self.seat.ring)
        self.messages: list[dict] = []  # of the node
        self.sent: list[dict] = []
        self.tracks: dict[tuple[str, str], object] = {}  # (participant, source) -> received track
        self.welcome: dict | None = None
        self.socket = None
        self.publisher: RTCPeerConnection | None = None
        self.subscriber: RTCPeerConnection | None = None
        self.on_subscriber = None  # called with the fresh subscriber connection, before its first offer
        self._waiting: set[asyncio.Future] = set()
        self._request = 0
        self._sources: dict[str, tuple[str, str]] = {}  # subscriber mid -> (participant, source)
        self._reader: asyncio.Task | None = None
        self._clock: asyncio.Task | None = None
        self._sooner = asyncio.Event()

    # Coming in

    @property
    def id(self) -> str:
        return self.seat.own

    @property
    def is_inside(self) -> bool:
        return self.seat.phase == "inside" and self.seat.over is None

    async def join(self):
        """Connects and asks to be let in; returns once inside or waiting for somebody who lets people in, or raises Refused."""
        await self.connect()
        await self.wait_until(lambda: self.seat.over or self.seat.phase in ("inside", "waiting", "waitingForHost"))
        if self.seat.over:
            raise Refused(self.seat.over["reason"] or self.seat.over["ending"])

    async def enter(self):
        """The same, until inside."""
        await self.join()
        await self.wait_until(lambda: self.is_inside)

    async def connect(self):
        """A new socket, and on it as this person again."""
        if self._reader:
            self._reader.cancel()
        if self.socket is not None:
            await self.socket.close()
            await self.wish("closed")
        self.socket = await websockets.connect(self.url, ssl=self.ssl, max_size=4 << 20)
        self._reader = asyncio.create_task(self._read(self.socket))
        self._clock = self._clock or asyncio.create_task(self._tick())
        await self.wish("opened")

    async def wish(self, kind: str, **members):
        """Does something as the member."""
        await self._say(self.seat.wish(kind, **members))

    async def say(self, text: str, to: str | None = None) -> str:
        self._request += 1
        name = f"c{self._request}"
        await self.wish("say", id=name, text=text, to=to)
        return name

    async def set_flags(self, **flags):
        self.seat.flags |= flags
        await self.wish("state", flags=self.seat.flags)

    # Waiting

    async def wait_for(self, predicate, timeout=120):
        """The first message of the node, already here or to come, that satisfies the predicate."""
        await self.wait_until(lambda: any(predicate(m) for m in self.messages), timeout)
        return next(m for m in self.messages if predicate(m))

    async def wait_for_event(self, kind: str, timeout=120, **members) -> dict:
        await self.wait_until(lambda: self.seat.happened(kind, **members), timeout)
        return self.seat.happened(kind, **members)

    async def wait_until(self, condition, timeout=120):
        """Waits until the condition holds; it is looked at after all that comes in."""
        async with asyncio.timeout(timeout):
            while not condition():
                waiting = asyncio.get_running_loop().create_future()
                self._waiting.add(waiting)
                try:
                    await waiting
                finally:
                    self._waiting.discard(waiting)

    # Media

    async def publish(self, **tracks):
        """publish(microphone=track, camera=track): offers the tracks and waits for the node's answer."""
        self.publisher = RTCPeerConnection(self._configuration())
        transceivers = []
        for source, track in tracks.items():
            self.media.seal_sender(self.publisher.addTrack(track), source)
            transceivers.append((self.publisher.getTransceivers()[-1], source))
        await self.publisher.setLocalDescription(await self.publisher.createOffer())
        self._request += 1
        request = self._request
        await self.send({
            "type": "publish",
            "request": request,
            "sdp": self.publisher.localDescription.sdp,
            "tracks": [{"mid": t.mid, "source": source} for t, source in transceivers],
        })
        answer = await self.wait_for(
            lambda m: m.get("request") == request and m["type"] in ("published", "error"))
        if answer["type"] == "error":
            raise Refused(answer["code"])
        await self.publisher.setRemoteDescription(
            RTCSessionDescription(candidates_in_every_section(answer["sdp"]), "answer"))
        await self.set_flags(**{s: True for s in tracks if s in ("microphone", "camera", "screen")})

    # Going

    async def leave(self):
        try:
            await self.wish("leave")
            # The words about it go out before the socket goes; the node closes.
            await asyncio.wait_for(self.socket.wait_closed(), 10)
        except (websockets.ConnectionClosed, TimeoutError):
            pass
        await self.close()

    async def cut(self):
        """The socket is gone from one moment to the next."""
        self.socket.transport.abort()
        await self.socket.wait_closed()

    async def close(self):
        for task in (self._clock, self._reader):
            if task:
                task.cancel()
        for connection in (self.publisher, self.subscriber):
            if connection:
                await connection.close()
        if self.socket is not None:
            await self.socket.close()

    async def send(self, message: dict):
        self.sent.append(message)
        await self.socket.send(json.dumps(message))

    # What comes in

    async def _say(self, messages: list[dict]):
        for message in messages:
            if message["type"] == "join" and "resume" in message:
                message["media"] = "keep" if self.publisher or self.subscriber else "new"
            try:
                await self.send(message)
            except websockets.ConnectionClosed:
                break
        self.media.keys_changed()
        self._sooner.set()
        self._notify()

    def _notify(self):
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def _read(self, socket):
        try:
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "welcome":
                    self.welcome = message
                    if not message.get("resumed"):
                        await self._forget_media()
                self.messages.append(message)
                await self._say(self.seat.receive(message))
                if message["type"] == "subscribe":
                    await self._answer(message)
                if self.seat.wants_reconnect:
                    self.seat.wants_reconnect = False
                    asyncio.ensure_future(self.connect())
                    return
        except websockets.ConnectionClosed:
            pass
        await self.wish("closed")

    async def _tick(self):
        counted = time.monotonic()
        while True:
            now = time.monotonic()
            if now - counted >= COUNT_EVERY and self.is_inside:
                counted = now
                await self.wish("counts", **self.media.counts.report(set(self._sources.values())))
            deadline = self.seat.deadline
            if deadline is not None and deadline <= now:
                await self.wish("timeout")
                continue
            pause = min(COUNT_EVERY if self.is_inside else LONGEST_WAIT, (deadline or now + LONGEST_WAIT) - now)
            self._sooner.clear()
            try:
                await asyncio.wait_for(self._sooner.wait(), pause)
            except TimeoutError:
                pass

    def _configuration(self):
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        if self.relay:
            server = next(s for s in self.welcome["iceServers"] if self.relay in s["urls"])
            configuration.iceServers = [
                RTCIceServer(self.relay, username=server["username"], credential=server["credential"])]
            configuration.iceTransportPolicy = RTCIceTransportPolicy.RELAY
        return configuration

    async def _forget_media(self):
        subscriber, self.subscriber, self._sources, self.tracks = self.subscriber, None, {}, {}
        if subscriber:
            await subscriber.close()

    async def _answer(self, message):
        if self.subscriber is None:
            self.subscriber = RTCPeerConnection(self._configuration())
            self.subscriber.on("track", lambda track: self._notify())
            if self.on_subscriber:
                self.on_subscriber(self.subscriber)
        self._sources = {t["mid"]: (t["participant"], t["source"]) for t in message["tracks"]}
        await self.subscriber.setRemoteDescription(
            RTCSessionDescription(candidates_in_every_section(message["sdp"]), "offer"))
        for transceiver in self.subscriber.getTransceivers():
            if transceiver.receiver.track:
                self.media.open_receiver(transceiver.receiver, self._expected(transceiver))
        await self.subscriber.setLocalDescription(await self.subscriber.createAnswer())
        for transceiver in self.subscriber.getTransceivers():
            key = self._sources.get(transceiver.mid)
            if key and transceiver.receiver.track:
                self.tracks[key] = transceiver.receiver.track
        await self.send({
            "type": "answer",
            "request": message["request"],
            "sdp": self.subscriber.localDescription.sdp,
        })
        self._notify()

    def _expected(self, transceiver):
        return lambda: self._sources.get(transceiver.mid)

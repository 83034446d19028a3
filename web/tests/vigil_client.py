# SPDX-License-Identifier: Apache-2.0
"""A Vigil client on aiortc, which nobody here wrote: made from docs/protocol.md alone.

It joins a meeting, publishes what it is given and receives everybody else. Tests and `./bench media --janus` use it.
"""

import asyncio
import base64
import hashlib
import json
import os

import websockets
from aiortc import (
    RTCBundlePolicy, RTCConfiguration, RTCIceServer, RTCIceTransportPolicy, RTCPeerConnection, RTCSessionDescription,
)

ALIAS_LABEL = b"vigil meeting alias v1"


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def new_secret() -> str:
    """The secret of a fresh meeting link: 16 random bytes as 22 characters."""
    return encode(os.urandom(16))


def alias(secret: str) -> str:
    """What the node knows of a link: it can't go back to the secret."""
    raw = base64.urlsafe_b64decode(secret + "==")
    return encode(hashlib.sha256(ALIAS_LABEL + raw).digest()[:16])


def candidates_in_every_section(sdp: str) -> str:
    """A description with its candidates, which stand in the first of the bundled sections, in all: aiortc takes the last's."""
    candidates = [line for line in sdp.splitlines() if line.startswith(("a=candidate:", "a=end-of-candidates"))]
    lines = [line for line in sdp.splitlines() if line not in candidates]
    return "".join(
        f"{line}\r\n" + "".join(f"{c}\r\n" for c in candidates if line.startswith("a=mid:")) for line in lines)


class Refused(Exception):
    """The node refused the join; the reason is the protocol's word for it."""


class VigilClient:
    def __init__(self, url: str, secret: str, name: str, ssl=None, relay=None):
        self.url = url  # ws://HOST:PORT/signal
        self.secret = secret
        self.name = name
        self.ssl = ssl
        self.relay = relay  # the one TURN URL of the welcome to go through, and nothing beside it
        self.messages: list[dict] = []
        self.participants: dict[str, dict] = {}
        self.tracks: dict[tuple[str, str], object] = {}  # (participant, source) -> received track
        self.welcome: dict | None = None
        self.publisher: RTCPeerConnection | None = None
        self.subscriber: RTCPeerConnection | None = None
        self.on_subscriber = None  # called with the fresh subscriber connection, before its first offer
        self._changed = asyncio.Condition()
        self._request = 0
        self._sources: dict[str, tuple[str, str]] = {}  # subscriber mid -> (participant, source)
        self._reader: asyncio.Task | None = None

    async def join(self, create=False, host_token=None, resume=None):
        """Connects and asks to join; returns at the first `welcome` or `waiting`, raises Refused."""
        self.socket = await websockets.connect(self.url, ssl=self.ssl, max_size=1 << 20)
        message = {"type": "join", "version": 1, "meeting": alias(self.secret), "name": self.name, "create": create}
        if host_token:
            message["hostToken"] = host_token
        if resume:
            message["resume"] = resume
        await self.send(message)
        self._reader = asyncio.create_task(self._read())
        first = await self.wait_for(lambda m: m["type"] in ("welcome", "waiting", "refused"))
        if first["type"] == "refused":
            raise Refused(first["reason"])
        return first

    async def send(self, message: dict):
        await self.socket.send(json.dumps(message))

    async def publish(self, **tracks):
        """publish(microphone=track, camera=track): offers the tracks and waits for the node's answer."""
        self.publisher = RTCPeerConnection(self._configuration())
        transceivers = []
        for source, track in tracks.items():
            self.publisher.addTrack(track)
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
        await self.send({"type": "state", **{s: True for s in tracks if s in ("microphone", "camera", "screen")}})

    async def wait_for(self, predicate, timeout=120):
        """The first message, already here or to come, that satisfies the predicate."""
        async with asyncio.timeout(timeout):
            async with self._changed:
                while True:
                    for message in self.messages:
                        if predicate(message):
                            return message
                    await self._changed.wait()

    async def wait_until(self, condition, timeout=120):
        """Waits until the condition holds; it is looked at after every message and every received track."""
        async with asyncio.timeout(timeout):
            async with self._changed:
                while not condition():
                    await self._changed.wait()

    async def leave(self):
        try:
            await self.send({"type": "leave"})
        except websockets.ConnectionClosed:
            pass
        await self.close()

    async def close(self):
        for connection in (self.publisher, self.subscriber):
            if connection:
                await connection.close()
        await self.socket.close()
        if self._reader:
            self._reader.cancel()

    def _configuration(self):
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        if self.relay:
            server = next(s for s in self.welcome["iceServers"] if self.relay in s["urls"])
            configuration.iceServers = [
                RTCIceServer(self.relay, username=server["username"], credential=server["credential"])]
            configuration.iceTransportPolicy = RTCIceTransportPolicy.RELAY
        return configuration

    async def _read(self):
        try:
            async for text in self.socket:
                message = json.loads(text)
                await self._handle(message)
                async with self._changed:
                    self.messages.append(message)
                    self._changed.notify_all()
        except websockets.ConnectionClosed:
            pass

    async def _handle(self, message):
        match message["type"]:
            case "welcome":
                self.welcome = message
                self.participants = {p["id"]: p for p in message["participants"]}
            case "participant":
                self.participants[message["participant"]["id"]] = message["participant"]
            case "left":
                self.participants.pop(message["participant"], None)
            case "subscribe":
                await self._answer(message)

    async def _answer(self, message):
        if self.subscriber is None:
            self.subscriber = RTCPeerConnection(self._configuration())
            self.subscriber.on("track", self._received)
            if self.on_subscriber:
                self.on_subscriber(self.subscriber)
        self._sources = {t["mid"]: (t["participant"], t["source"]) for t in message["tracks"]}
        await self.subscriber.setRemoteDescription(
            RTCSessionDescription(candidates_in_every_section(message["sdp"]), "offer"))
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

    def _received(self, track):
        async def notify():
            async with self._changed:
                self._changed.notify_all()

        asyncio.ensure_future(notify())

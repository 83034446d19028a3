# SPDX-License-Identifier: Apache-2.0
"""Debian's Janus with one videoroom, and aiortc peers in it."""

import asyncio
import json
import pathlib
import random
import subprocess
import tempfile

import websockets
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

PORT = 18188
ROOM = 1234


def _configuration(folder: pathlib.Path, address: str):
    (folder / "janus.jcfg").write_text(f"""
general: {{ configs_folder = "{folder}"; debug_level = 2; admin_secret = "unused"; }}
media: {{ }}
nat: {{ ice_lite = true; ice_enforce_list = "{address}"; nice_debug = false; }}
plugins: {{ disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so"; }}
transports: {{ disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so"; }}
events: {{ broadcast = false; }}
""")
    (folder / "janus.transport.websockets.jcfg").write_text(f"""
general: {{ ws = true; ws_port = {PORT}; ws_ip = "127.0.0.1"; wss = false; }}
admin: {{ admin_ws = false; admin_wss = false; }}
""")
    (folder / "janus.plugin.videoroom.jcfg").write_text(f"""
room-{ROOM}: {{ description = "bench"; publishers = 6; bitrate = 0; videocodec = "vp8"; audiocodec = "opus"; notify_joining = false; }}
""")


class Janus:
    """A running Janus; `with Janus(address) as janus: janus.pid`."""

    def __init__(self, address: str):
        self.folder = tempfile.TemporaryDirectory(prefix="vigil-janus-")
        _configuration(pathlib.Path(self.folder.name), address)
        self.process = None

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        log = open(pathlib.Path(self.folder.name) / "log", "w")
        self.process = subprocess.Popen(
            ["janus", "-F", self.folder.name, "-N"], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


class Session:
    """One Janus session with one videoroom handle."""

    async def open(self):
        for attempt in range(100):
            try:
                self.socket = await websockets.connect(
                    f"ws://127.0.0.1:{PORT}", subprotocols=["janus-protocol"], max_size=1 << 22)
                break
            except OSError:
                await asyncio.sleep(0.1)
        self.waiting, self.events = {}, asyncio.Queue()
        self.reader = asyncio.create_task(self._read())
        self.session = (await self._request(janus="create"))["data"]["id"]
        attached = await self._request(janus="attach", plugin="janus.plugin.videoroom", session_id=self.session)
        self.handle = attached["data"]["id"]
        self.alive = asyncio.create_task(self._keep_alive())
        return self

    async def message(self, body, jsep=None) -> dict:
        """Sends a plugin message and waits for its event."""
        extra = {"jsep": jsep} if jsep else {}
        await self._request(
            janus="message", session_id=self.session, handle_id=self.handle, body=body, **extra)
        while True:
            event = await asyncio.wait_for(self.events.get(), 20)
            if event.get("janus") == "event":
                return event

    async def close(self):
        self.alive.cancel()
        self.reader.cancel()
        await self.socket.close()

    async def _request(self, **message):
        transaction = f"{random.randrange(1 << 48):x}"
        future = asyncio.get_running_loop().create_future()
        self.waiting[transaction] = future
        await self.socket.send(json.dumps({**message, "transaction": transaction}))
        return await asyncio.wait_for(future, 20)

    async def _read(self):
        async for text in self.socket:
            message = json.loads(text)
            future = self.waiting.pop(message.get("transaction"), None)
            if message["janus"] == "event":
                self.events.put_nowait(message)
            if future and not future.done():
                future.set_result(message)

    async def _keep_alive(self):
        while True:
            await asyncio.sleep(20)
            await self._request(janus="keepalive", session_id=self.session)


async def publish(session: Session, publisher):
    joined = await session.message({"request": "join", "ptype": "publisher", "room": ROOM, "display": "p"})
    connection = publisher.connection
    await connection.setLocalDescription(await connection.createOffer())
    local = connection.localDescription
    event = await session.message({"request": "configure", "video": True}, {"type": "offer", "sdp": local.sdp})
    await connection.setRemoteDescription(RTCSessionDescription(event["jsep"]["sdp"], "answer"))
    return joined["plugindata"]["data"]["id"]


async def subscribe(session: Session, feed: int) -> RTCPeerConnection:
    event = await session.message(
        {"request": "join", "ptype": "subscriber", "room": ROOM, "streams": [{"feed": feed}]})
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    await connection.setRemoteDescription(RTCSessionDescription(event["jsep"]["sdp"], "offer"))
    await connection.setLocalDescription(await connection.createAnswer())
    await session.message({"request": "start"}, {"type": "answer", "sdp": connection.localDescription.sdp})
    return connection

# SPDX-License-Identifier: Apache-2.0
"""A call of two aiortc peers in a process of its own, so that what is measured isn't the attacker's own slowness.

As a program it makes the call and writes a line of JSON with its counts five times a second, until its input ends.
As a module it starts that program and looks at the counts.
"""

import asyncio
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import threading

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from server import PATIENCE  # noqa: E402

PERIOD = 0.2
NAMES = ("Wilhelmina Unmistakable", "Bartholomew Unmistakable")


class Call:
    """`with Call(node) as call: … with call.undisturbed(): attack()`"""

    def __init__(self, node):
        self.process = subprocess.Popen([sys.executable, __file__, node.signal_url], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.samples: list[dict] = []
        self.changed = threading.Condition()
        self.facts: dict = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.samples.append(json.loads(line))
                self.changed.notify_all()

    def next_sample(self) -> dict:
        with self.changed:
            count = len(self.samples)
            arrived = self.changed.wait_for(
                lambda: len(self.samples) > count or self.process.poll() is not None, PATIENCE)
            assert arrived and len(self.samples) > count, "the call has ended"
            return self.samples[-1]

    def __enter__(self):
        self.facts = self.next_sample()  # The first line: where the media goes, and what must be in no log.
        while True:
            sample = self.next_sample()
            if min(sample["received"]) > 20 and sample["chats"]:
                return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def media_address(self) -> tuple[str, int]:
        return tuple(self.facts["media"])

    @contextlib.contextmanager
    def undisturbed(self, loss=0.5):
        """Fails if the call ends or stands still, or if meanwhile more than this part of its packets is lost.

        How many go in a second is the machine's affair and ./bench's: here the call itself is the measure, by what it
        sends meanwhile.
        """
        before = self.next_sample()
        yield
        after = self.next_sample()
        last = after
        # What is under way arrives, and in both directions sound and words go on.
        while not all(last[what][way] >= after[what][way] + 20 for what in ("sent", "received") for way in (0, 1)) \
                or last["chats"] < after["chats"] + 2:
            last = self.next_sample()
        for way in (0, 1):
            sent = after["sent"][way] - before["sent"][way]
            received = last["received"][way] - before["received"][way]
            assert received >= (1 - loss) * sent, f"{received} of {sent} packets came"


def main(url):
    from aiortc.mediastreams import AudioStreamTrack

    from vigil_client import VigilClient
    from vigil_member import Invitation
    import os

    async def drain(track):
        while True:
            await track.recv()

    async def packets(connection, kind, member):
        report = await connection.getStats()
        return sum(getattr(s, member) for s in report.values() if s.type == kind)

    async def call():
        invitation = Invitation.to_new_meeting("http://localhost")
        ana = VigilClient(url, invitation, NAMES[0])
        await ana.enter()
        ben = VigilClient(url, ana.seat.link, NAMES[1])
        await ben.enter()
        await ana.publish(microphone=AudioStreamTrack())
        await ben.publish(microphone=AudioStreamTrack())
        for client, other in ((ana, ben), (ben, ana)):
            key = (other.id, "microphone")
            await client.wait_until(lambda: key in client.tracks)
            asyncio.ensure_future(drain(client.tracks[key]))
        answer = ana.publisher.remoteDescription.sdp
        address, port = re.search(r"a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) ", answer, re.I).groups()
        print(json.dumps({
            "media": [address, int(port)], "alias": ana.seat.alias, "secret": invitation.link_secret,
            "resume": ben.welcome["resume"], "participants": [c.id for c in (ana, ben)],
            "server_ufrag": re.search(r"a=ice-ufrag:(\S+)", answer)[1],
            "server_pwd": re.search(r"a=ice-pwd:(\S+)", answer)[1],
            "client_ufrag": re.search(r"a=ice-ufrag:(\S+)", ana.publisher.localDescription.sdp)[1],
        }), flush=True)
        chats = 0

        async def chat():
            nonlocal chats
            while True:
                word = await ana.say("Unmistakable words")
                await ben.wait_for_event("chat", id=word)
                chats += 1
                for client in (ana, ben):
                    client.messages.clear()
                    client.sent.clear()
                    client.seat.events.clear()
                await asyncio.sleep(0.4)

        async def report():
            while True:
                await asyncio.sleep(PERIOD)
                sent = [await packets(c.publisher, "outbound-rtp", "packetsSent") for c in (ana, ben)]
                # What was opened with the other's key, and so could be heard: not only what came.
                received = [client.media.counts.opened[(other.id, "microphone")] for client, other in ((ben, ana), (ana, ben))]
                print(json.dumps({"sent": sent, "received": received, "chats": chats}), flush=True)

        async def end():
            await asyncio.to_thread(sys.stdin.read)

        tasks = [asyncio.ensure_future(t) for t in (chat(), report(), end())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)

    asyncio.run(call())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])

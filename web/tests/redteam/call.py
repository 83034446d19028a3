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
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
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

    def next_sample(self, timeout=60) -> dict:
        with self.changed:
            count = len(self.samples)
            arrived = self.changed.wait_for(
                lambda: len(self.samples) > count or self.process.poll() is not None, timeout)
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
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def media_address(self) -> tuple[str, int]:
        return tuple(self.facts["media"])

    @contextlib.contextmanager
    def undisturbed(self, loss=0.05, patience=5):
        """Fails if meanwhile the call loses more than this part of its packets, or waits for a chat message for so long."""
        before = self.next_sample()
        first = len(self.samples)
        yield
        after = self.next_sample()
        after = self.next_sample()
        seconds = after["at"] - before["at"]
        for direction in (0, 1):
            sent = after["sent"][direction] - before["sent"][direction]
            received = after["received"][direction] - before["received"][direction]
            # 50 packets a second, if the machine has time for them; half a second's worth may be under way.
            assert sent >= 15 * seconds - 10, f"the call itself stood still: {sent} packets in {seconds:.1f} s"
            assert received >= (1 - loss) * sent - 25, f"{received} of {sent} packets came in {seconds:.1f} s"
        assert after["chats"] - before["chats"] >= seconds / patience - 2, "chat was held up"
        slowest = max(sample["slowest_chat"] for sample in self.samples[first:])
        assert slowest < patience, f"a chat message took {slowest:.1f} s"


def main(url):
    sys.path.insert(0, str(TESTS))
    from aiortc.mediastreams import AudioStreamTrack

    from vigil_client import VigilClient, alias, encode, new_secret
    import os

    async def drain(track):
        while True:
            await track.recv()

    async def packets(connection, kind, member):
        report = await connection.getStats()
        return sum(getattr(s, member) for s in report.values() if s.type == kind)

    async def call():
        secret, token = new_secret(), encode(os.urandom(32))
        ana, ben = (VigilClient(url, secret, name) for name in NAMES)
        await ana.join(create=True, host_token=token)
        await ben.join()
        await ana.publish(microphone=AudioStreamTrack())
        await ben.publish(microphone=AudioStreamTrack())
        for client, other in ((ana, ben), (ben, ana)):
            key = (other.welcome["self"], "microphone")
            await client.wait_until(lambda: key in client.tracks)
            asyncio.ensure_future(drain(client.tracks[key]))
        answer = ana.publisher.remoteDescription.sdp
        address, port = re.search(r"a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) ", answer, re.I).groups()
        print(json.dumps({
            "media": [address, int(port)], "alias": alias(secret), "secret": secret, "host_token": token,
            "resume": ben.welcome["resume"], "participants": [c.welcome["self"] for c in (ana, ben)],
            "server_ufrag": re.search(r"a=ice-ufrag:(\S+)", answer)[1],
            "server_pwd": re.search(r"a=ice-pwd:(\S+)", answer)[1],
            "client_ufrag": re.search(r"a=ice-ufrag:(\S+)", ana.publisher.localDescription.sdp)[1],
        }), flush=True)
        chats, slowest, started = 0, 0.0, time.monotonic()

        async def chat():
            nonlocal chats, slowest
            while True:
                begin = time.monotonic()
                word = f"c{chats}"
                await ana.send({"type": "chat", "id": word, "text": "Unmistakable words"})
                await ben.wait_for(lambda m: m["type"] == "chat" and m["id"] == word)
                chats, slowest = chats + 1, max(slowest, time.monotonic() - begin)
                ana.messages.clear()
                ben.messages.clear()
                await asyncio.sleep(0.4)

        async def report():
            nonlocal slowest
            while True:
                await asyncio.sleep(PERIOD)
                sent = [await packets(c.publisher, "outbound-rtp", "packetsSent") for c in (ana, ben)]
                received = [await packets(c.subscriber, "inbound-rtp", "packetsReceived") for c in (ben, ana)]
                print(json.dumps({"at": time.monotonic() - started, "sent": sent, "received": received,
                                  "chats": chats, "slowest_chat": slowest}), flush=True)
                slowest = 0.0

        async def end():
            await asyncio.to_thread(sys.stdin.read)

        tasks = [asyncio.ensure_future(t) for t in (chat(), report(), end())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)

    asyncio.run(call())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])

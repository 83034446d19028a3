# SPDX-License-Identifier: Apache-2.0
"""People in one meeting who ask for all that is allowed, as fast as it is allowed: the other meetings go on."""

import json
import select
import threading
import time

from descriptions import offer
from measures import resident
from party import Envelope
from raw_websocket import frame
from server import PATIENCE

MiB = 1 << 20


class Crowd:
    """Many members of one group, all of whom read what they get, without looking at it from here on."""

    def __init__(self, party, count):
        host = party.found("Talker")
        self.clients = [host, *party.all_in([party.knock("Talker") for _ in range(count - 1)])]
        host.wish("say", id="a", text="hello", to=None)
        self.clients[1].event("chat", id="a")
        self.envelope = Envelope(next(m["message"] for m in reversed(host.sent) if m["type"] == "message"))
        for client in self.clients:
            client.is_alive = client.is_attended = False
        self.poll = select.poll()
        self.by_number = {client.socket.fileno(): client.socket for client in self.clients}
        for number in self.by_number:
            self.poll.register(number, select.POLLIN)
        self.bytes = 0
        self.ending = False
        self.reader = threading.Thread(target=self._read, daemon=True)

    def _read(self):
        buffer = bytearray(1 << 20)
        while not self.ending:
            for number, _ in self.poll.poll(100):
                try:
                    count = self.by_number[number].recv_into(buffer, 0)
                except OSError:
                    count = 0
                self.bytes += count
                if not count:
                    self.poll.unregister(number)

    def __enter__(self):
        self.reader.start()
        return self

    def __exit__(self, *_):
        self.ending = True
        self.reader.join(5)

    def all_send(self, message):
        data = frame(json.dumps(message, ensure_ascii=False).encode())
        for client in self.clients:
            client.send_bytes(data)


def rounds(count, until):
    """So many, and then more until the condition holds: by then the crowd got what it may."""
    deadline = time.monotonic() + PATIENCE
    number = 0
    while number < count or not until():
        assert number < count or time.monotonic() < deadline, "the crowd was hardly heard"
        number += 1
        yield number


def test_a_crowd_that_chats_as_much_as_it_may(party, fortress, call):
    before, peak = resident(fortress.pid), 0
    # Sixteen kilobytes to forty people from each of forty, at once: more than one meeting may make the node send.
    with call.undisturbed(), Crowd(party, 40) as crowd:
        for number in rounds(30, until=lambda: crowd.bytes > 20 * MiB):
            crowd.all_send({"type": "message", "message": crowd.envelope.filled(16_000), "request": number})
            peak = max(peak, resident(fortress.pid) - before)
            time.sleep(0.2)
    assert peak < 150 * MiB, f"{peak / MiB:.0f} MiB more"


def test_a_crowd_that_negotiates_as_much_as_it_may(party, call):
    """Descriptions are dear to read and to write; the media thread that does it carries the call, too."""
    long = offer("abcd", "x" * 24) + "a=x-padding:" + "y" * 100 + "\r\n"
    long += "".join(f"a=fmtp:111 x{number}={number}\r\n" for number in range(2000))
    with call.undisturbed(), Crowd(party, 20) as crowd:
        for number in rounds(50, until=lambda: crowd.bytes > MiB // 4):
            for sdp in (offer(f"u{number:06}", "x" * 24), long):
                crowd.all_send({"type": "publish", "request": number, "sdp": sdp,
                                "tracks": [{"mid": "0", "source": "microphone"}]})
            for _ in range(3):
                crowd.all_send({"type": "restartSubscriber"})
            crowd.all_send({"type": "message", "message": crowd.envelope.filled(100)})
            crowd.all_send({"type": "layers", "wants": []})
            time.sleep(0.1)


def test_people_who_come_and_go_all_the_time(party, fortress, call):
    party.found("Host")
    party.all_in([party.knock("Talker") for _ in range(9)])
    before = resident(fortress.pid)
    with call.undisturbed():
        for _ in range(40):
            client = party.come("Visitor")
            client.send({"type": "publish", "request": 1, "sdp": offer("abcd", "x" * 24),
                         "tracks": [{"mid": "0", "source": "microphone"}]})
            client.wish("leave")
            client.close_code()
            client.socket.close()
            party.people.remove(client)
    assert resident(fortress.pid) - before < 64 * MiB

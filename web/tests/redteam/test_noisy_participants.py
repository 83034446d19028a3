# SPDX-License-Identifier: Apache-2.0
"""People in one meeting who ask for all that is allowed, as fast as it is allowed: the other meetings go on."""

import json
import select
import threading
import time

from descriptions import offer
from measures import resident
from raw_websocket import RawWebSocket, frame
from server import PATIENCE
from vigil_client import alias

MiB = 1 << 20


class Crowd:
    """Many in one meeting, all of whom read what they get, without looking at it."""

    def __init__(self, node, secret, host_token, count):
        self.clients = [RawWebSocket(node) for _ in range(count)]
        for client in self.clients:
            assert client.join(alias(secret), "Talker", create=True, hostToken=host_token)["type"] == "welcome"
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
        for client in self.clients:
            client.socket.close()

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


def test_a_crowd_that_chats_as_much_as_it_may(fortress, call, secret, host_token):
    before, peak = resident(fortress.pid), 0
    # Sixteen kilobytes to forty people from each of forty, at once: more than one meeting may make the node send.
    with call.undisturbed(), Crowd(fortress, secret, host_token, 40) as crowd:
        for number in rounds(30, until=lambda: crowd.bytes > 20 * MiB):
            crowd.all_send({"type": "chat", "id": f"n{number}", "text": "📢" * 4000})
            peak = max(peak, resident(fortress.pid) - before)
            time.sleep(0.2)
    assert peak < 150 * MiB, f"{peak / MiB:.0f} MiB more"


def test_a_crowd_that_negotiates_as_much_as_it_may(fortress, call, secret, host_token):
    """Descriptions are dear to read and to write; the media thread that does it carries the call, too."""
    long = offer("abcd", "x" * 24) + "a=x-padding:" + "y" * 100 + "\r\n"
    long += "".join(f"a=fmtp:111 x{number}={number}\r\n" for number in range(2000))
    with call.undisturbed(), Crowd(fortress, secret, host_token, 20) as crowd:
        for number in rounds(50, until=lambda: crowd.bytes > MiB // 4):
            for sdp in (offer(f"u{number:06}", "x" * 24), long):
                crowd.all_send({"type": "publish", "request": number, "sdp": sdp,
                                "tracks": [{"mid": "0", "source": "microphone"}]})
            for _ in range(3):
                crowd.all_send({"type": "restartSubscriber"})
            crowd.all_send({"type": "state", "hand": bool(number % 2)})
            crowd.all_send({"type": "reaction", "emoji": "🔥"})
            time.sleep(0.1)


def test_people_who_come_and_go_all_the_time(fortress, call, secret, host_token):
    before = resident(fortress.pid)
    with call.undisturbed(), Crowd(fortress, secret, host_token, 20):
        for _ in range(100):
            client = RawWebSocket(fortress)
            client.join(alias(secret), "Talker")
            client.send({"type": "publish", "request": 1, "sdp": offer("abcd", "x" * 24),
                         "tracks": [{"mid": "0", "source": "microphone"}]})
            client.send({"type": "leave"})
            client.close_code()
            client.socket.close()
    assert resident(fortress.pid) - before < 64 * MiB

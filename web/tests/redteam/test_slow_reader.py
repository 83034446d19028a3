# SPDX-License-Identifier: Apache-2.0
"""Somebody who never reads while the others chat: they go, and neither the node nor the others carry what they miss."""

import time

from measures import resident, totals
from raw_websocket import PING, Closed, RawWebSocket, frame
from server import PATIENCE
from vigil_client import alias

MiB = 1 << 20
WORDS = "🐌" * 4000  # 16,000 bytes, as much as a message may have


def test_who_never_reads_is_let_go_and_costs_bounded_memory(fortress, call, secret, host_token):
    meeting = alias(secret)
    talkers = [RawWebSocket(fortress) for _ in range(12)]
    for number, talker in enumerate(talkers):
        join = talker.join(meeting, f"Talker {number}", **({"create": True, "hostToken": host_token} if not number else {}))
        assert join["type"] == "welcome"
    snails = [RawWebSocket(fortress, receive_buffer=4096) for _ in range(10)]
    ids = {snail.join(meeting, "Snail")["self"] for snail in snails}
    before, faults = resident(fortress.pid), slow(fortress)
    with call.undisturbed():
        count = 0
        deadline = time.monotonic() + PATIENCE
        peak = before
        while slow(fortress) - faults < len(snails):
            assert time.monotonic() < deadline, f"only {slow(fortress) - faults} of the snails were let go"
            for talker in talkers:
                count += 1
                talker.send({"type": "chat", "id": f"s{count}", "text": WORDS})
            gone = set()
            for talker in talkers:
                # Everybody else hears everything: up to an answer to their own ping.
                talker.send({"type": "ping", "id": count})
                while (message := talker.receive())["type"] != "pong":
                    if message["type"] == "participant" and not message["participant"]["connected"]:
                        gone.add(message["participant"]["id"])
            assert gone <= ids
            peak = max(peak, resident(fortress.pid))
            time.sleep(0.1)
    # A snail may have a mebibyte waiting here (SendBudget); what the kernel holds for it isn't the node's.
    assert peak - before < 60 * MiB, f"{(peak - before) / MiB:.0f} MiB more"
    for snail in snails:
        try:
            while True:
                snail.receive()
        except Closed as closed:
            # The close frame can arrive only where there was room for it.
            assert closed.code in (4005, None)
    for client in talkers + snails:
        client.socket.close()


def test_who_pings_and_never_reads_is_let_go_too(fortress, call, secret, host_token):
    client = RawWebSocket(fortress, receive_buffer=4096, timeout=2)
    assert client.join(alias(secret), "Snail", create=True, hostToken=host_token)["type"] == "welcome"
    before, faults = resident(fortress.pid), slow(fortress)
    with call.undisturbed():
        pings = frame(b"x" * 125, PING) * 500
        deadline = time.monotonic() + PATIENCE
        while slow(fortress) == faults:
            assert time.monotonic() < deadline, "it is still there"
            client.send_bytes(pings)
    assert resident(fortress.pid) - before < 30 * MiB
    client.socket.close()


def slow(node) -> float:
    return totals(node).get('vigil_signalling_faults_total{reason="slow-reader"}', 0)

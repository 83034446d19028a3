# SPDX-License-Identifier: Apache-2.0
"""Somebody who never reads while the others chat: they go, and neither the node nor the others carry what they miss."""

import time

from measures import resident, totals
from party import Envelope
from raw_websocket import PING, frame
from server import PATIENCE

MiB = 1 << 20
WORDS = 16_000  # bytes, as much as anybody writes


def test_who_never_reads_is_let_go_and_costs_bounded_memory(party, fortress, call):
    host = party.found("Talker")
    talkers = [host, *party.all_in([party.knock(f"Talker {number}") for number in range(11)])]
    snails = party.all_in([party.knock("Snail", receive_buffer=4096) for _ in range(10)])
    ids = {snail.id for snail in snails}
    host.wish("say", id="a", text="hello", to=None)
    talkers[1].event("chat", id="a")
    envelope = Envelope(next(m["message"] for m in reversed(host.sent) if m["type"] == "message"))
    for member in talkers + snails:
        # From here on they are sockets: noise for the group, the same work for the node.
        member.is_alive = False
    for snail in snails:
        snail.is_attended = False
    before, faults = resident(fortress.pid), slow(fortress)
    with call.undisturbed():
        count = 0
        deadline = time.monotonic() + PATIENCE
        peak = before
        gone = set()
        # The others are told a moment after the last one is let go.
        while (missing := len(snails) - (slow(fortress) - faults)) > 0 or not gone:
            assert time.monotonic() < deadline, f"{missing} of the snails are still there, and the others were told of {gone}"
            for talker in talkers if missing > 0 else []:
                talker.send({"type": "message", "message": envelope.filled(WORDS)})
            for talker in talkers:
                # Everybody else hears everything: up to an answer to their own ping.
                count += 1
                talker.send({"type": "ping", "id": count})
                while (message := talker.receive())["type"] != "pong":
                    if message["type"] == "participant" and not message["connected"]:
                        gone.add(message["participant"])
            assert gone <= ids
            peak = max(peak, resident(fortress.pid))
            time.sleep(0.1)
    # A snail may have a mebibyte waiting here (SendBudget); what the kernel holds for it isn't the node's.
    assert peak - before < 60 * MiB, f"{(peak - before) / MiB:.0f} MiB more"
    for snail in snails:
        snail.is_attended = True
        # The close frame can arrive only where there was room for it.
        assert snail.close_code() in (4005, None)


def test_who_pings_and_never_reads_is_let_go_too(party, fortress, call):
    client = party.found("Snail", receive_buffer=4096, timeout=2)
    before, faults = resident(fortress.pid), slow(fortress)
    with call.undisturbed():
        pings = frame(b"x" * 125, PING) * 500
        deadline = time.monotonic() + PATIENCE
        while slow(fortress) == faults:
            assert time.monotonic() < deadline, "it is still there"
            client.send_bytes(pings)
    assert resident(fortress.pid) - before < 30 * MiB


def slow(node) -> float:
    return totals(node).get('vigil_signalling_faults_total{reason="slow-reader"}', 0)

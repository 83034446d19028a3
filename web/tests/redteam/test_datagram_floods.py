# SPDX-License-Identifier: Apache-2.0
"""Tens of thousands of datagrams from strangers: no answer, no state, no memory, and a running call doesn't notice."""

import json
import pathlib
import subprocess
import sys

import pytest

from measures import descriptors, resident
from server import PATIENCE

MiB = 1 << 20
PROGRAM = pathlib.Path(__file__).with_name("datagrams.py")


def flood(call, kinds, count=12_000, per_second=6_000, ufrag=None):
    host, port = call.media_address
    ufrag = ufrag or f"{call.facts['server_ufrag']}:{call.facts['client_ufrag']}"
    result = subprocess.run(
        [sys.executable, PROGRAM, kinds, host, str(port), str(count), str(per_second), ufrag],
        capture_output=True, text=True, timeout=PATIENCE, check=True)
    return json.loads(result.stdout)


@pytest.mark.parametrize("kinds", [
    "unknown-ufrag", "known-ufrag,no-integrity", "bare,indication,response,truncated,empty,huge", "hello",
    "rtp,rtcp,noise",
])
def test_strangers_get_no_answer_and_leave_no_trace(fortress, call, kinds):
    before, files = resident(fortress.pid), descriptors(fortress.pid)
    with call.undisturbed():
        result = flood(call, kinds)
        assert result["sent"] > 10_000
        # Not even one byte for many: whoever forges the sender's address gains nothing here.
        assert result["received_bytes"] == 0, result
    assert resident(fortress.pid) - before < 16 * MiB
    assert descriptors(fortress.pid) <= files + 2


def test_a_flood_as_fast_as_one_program_can_does_not_end_a_call(fortress, call):
    before = resident(fortress.pid)
    # What the kernel has no room for is lost before the node sees it.
    with call.undisturbed(loss=1):
        result = flood(call, "unknown-ufrag,known-ufrag,hello,rtp", count=40_000, per_second=1_000_000)
        assert result["received_bytes"] == 0, result
    assert resident(fortress.pid) - before < 16 * MiB
    # And afterwards everything is as before.
    with call.undisturbed():
        for _ in range(10):
            call.next_sample()

# SPDX-License-Identifier: Apache-2.0
"""Connections that the node has forgotten are replaced by the page itself; everybody stays where they are."""

import contextlib
import re
import socket

import pytest
from playwright.sync_api import expect

from meeting_page import wait_until
from server import Server
from udp_relay import UDPRelay

# The IPv4 address at which the node expects media.
MEDIA_ADDRESS = """
async () => /^a=candidate:\\S+ 1 udp \\d+ ([\\d.]+) /m.exec(window.connections[0]?.remoteDescription?.sdp ?? "")?.[1]
"""

LIVE = "async (count) => window.connections.filter((c) => c.connectionState === 'connected').length === count"


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("0.0.0.0", 0))
        return probe.getsockname()[1]


def expect_the_same_people(person, ids):
    tiles = person.page.locator("article[data-source=camera]")
    assert {tile.get_attribute("data-participant") for tile in tiles.all()} == ids


@pytest.mark.parametrize("which", ["chromium", "firefox"])
def test_media_comes_back_after_the_node_gave_the_connections_up(binary, tmp_path, people, request, which):
    port = free_udp_port()
    options = ["--udp-ports", f"{port}-{port}", "--media-threads", "1"]
    with Server(binary, options=options, log=tmp_path / "log") as node, contextlib.ExitStack() as stack:
        ana, = people("Ana")
        link = ana.start(node.url)
        relay = stack.enter_context(UDPRelay(wait_until(ana.page, MEDIA_ADDRESS), port))
        ben, = people("Ben", browser=request.getfixturevalue(which))
        relay.detour(ben.page)
        ben.join(link)
        ana.expect_moving("Ben")
        ben.expect_moving("Ana")
        ids = {tile.get_attribute("data-participant") for tile in ana.page.locator("article[data-source=camera]").all()}
        first = ben.page.evaluate("window.connections.length")

        relay.cut()
        expect(ben.page.locator(".note-net")).to_be_visible(timeout=60_000)
        # 30 seconds without a check: for the node this is over.
        expect(ana.tile("Ben")).to_have_accessible_name(re.compile("No connection"), timeout=90_000)
        relay.mend()

        ana.expect_moving("Ben")
        ben.expect_moving("Ana")
        wait_until(ben.page, LIVE, 2)
        expect(ben.page.locator(".note-net")).to_have_count(0)
        assert ben.page.evaluate("window.connections.length") >= first + 2
        for person in (ana, ben):
            expect_the_same_people(person, ids)
        # What is published later goes over the new connection too.
        ben.control("camera").click()
        expect(ben.control("camera")).to_have_text("Start camera")
        ben.control("camera").click()
        ana.expect_moving("Ben")
        for person in (ana, ben):
            person.expect_no_faults()


def test_a_page_that_slept_makes_new_connections(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    # To a page, sleep is a clock that jumps.
    ben.page.evaluate("() => { const real = Date.now; Date.now = () => real() + 60_000; }")
    ben.page.wait_for_function("() => window.connections.length === 4", timeout=60_000)
    wait_until(ben.page, LIVE, 2)
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    expect(ben.page.locator(".note-net")).to_have_count(0)
    for person in (ana, ben):
        person.expect_no_faults()

# SPDX-License-Identifier: Apache-2.0
"""Connections that are past saving are replaced by the page itself; everybody stays where they are."""

import contextlib
import os
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


@contextlib.contextmanager
def over_a_relay(binary, tmp_path, people, browser=None):
    """Ana beside the node and Ben behind a relay, in one meeting, seeing each other."""
    port = free_udp_port()
    options = ["--udp-ports", f"{port}-{port}", "--media-threads", "1"]
    with Server(binary, options=options, log=tmp_path / "log") as node, contextlib.ExitStack() as stack:
        ana, = people("Ana")
        link = ana.start(node.url)
        relay = stack.enter_context(UDPRelay(wait_until(ana.page, MEDIA_ADDRESS), port))
        ben, = people("Ben", browser=browser)
        relay.detour(ben.page)
        ben.join(link)
        ana.expect_moving("Ben")
        ben.expect_moving("Ana")
        yield ana, ben, relay


# Half a minute has to pass until the node gives a connection up.
in_full = pytest.mark.skipif(not os.environ.get("VIGIL_SOAK"), reason="long: VIGIL_SOAK=1")


@in_full
@pytest.mark.parametrize("which", ["chromium", "firefox"])
def test_media_comes_back_after_a_long_time_without_any_path(binary, tmp_path, people, request, which):
    with over_a_relay(binary, tmp_path, people, request.getfixturevalue(which)) as (ana, ben, relay):
        ids = {tile.get_attribute("data-participant") for tile in ana.page.locator("article[data-source=camera]").all()}
        first = ben.page.evaluate("window.connections.length")

        relay.cut()
        expect(ben.page.locator(".note-net")).to_be_visible(timeout=60_000)
        # The first are given up, and those in their place too: whatever the node had, it has forgotten.
        ben.page.wait_for_function("(count) => window.connections.length >= count", arg=first + 4, timeout=150_000)
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
        # Firefox reports each path that failed as if it were a fault of the page.
        ben.errors = [error for error in ben.errors if not error.startswith("ICE failed")]
        for person in (ana, ben):
            person.expect_no_faults()


def test_after_a_sleep_a_lost_connection_is_not_mended_but_replaced(binary, tmp_path, people):
    with over_a_relay(binary, tmp_path, people) as (ana, ben, relay):
        # To a page, sleep is a clock that jumps. By itself it changes nothing.
        ben.page.evaluate("() => { const real = Date.now; Date.now = () => real() + 60_000; }")
        before = ben.expect_frames()
        ben.expect_frames(before + 60)
        assert ben.page.evaluate("window.connections.length") == 2
        ben.page.evaluate("() => { const real = Date.now; Date.now = () => real() + 60_000; }")
        relay.cut()
        expect(ben.page.locator(".note-net")).to_be_visible(timeout=60_000)
        ben.page.wait_for_function("() => window.connections.length >= 4", timeout=60_000)
        relay.mend()
        ana.expect_moving("Ben")
        ben.expect_moving("Ana")
        wait_until(ben.page, LIVE, 2)
        expect(ben.page.locator(".note-net")).to_have_count(0)
        for person in (ana, ben):
            person.expect_no_faults()


# The core of a page, broken off in its next call when `window.breaksCore` says so, as a trap would.
BREAKABLE = """
(() => {
    const Real = WebAssembly.Instance;
    WebAssembly.Instance = function (...parts) {
        const { exports } = new Real(...parts);
        const core_call = (...call) => {
            if (!window.breaksCore) return exports.core_call(...call);
            window.breaksCore = false;
            throw new WebAssembly.RuntimeError("unreachable");
        };
        return { exports: { ...exports, core_call } };
    };
})();
"""


def test_a_core_that_breaks_off_costs_a_moment_and_nobody_leaves(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.page.add_init_script(BREAKABLE)
    ben.join(link)
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    own = ben.page.locator("article.tile-self").get_attribute("data-participant")
    ana.watch_departures()
    ben.page.evaluate("window.breaksCore = true")
    # What was said into the fault is said again by the member that took the place of the lost one.
    ben.say("Did you hear that?")
    ben.page.wait_for_function("() => !window.breaksCore && window.sockets.length > 1 && window.sockets.at(-1).readyState === 1")
    ana.open("chat")
    expect(ana.page.get_by_text("Did you hear that?", exact=True)).to_be_visible()
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    assert ben.page.locator("article.tile-self").get_attribute("data-participant") == own
    assert ana.departures() == []
    for person in (ana, ben):
        person.expect_no_faults()

# SPDX-License-Identifier: Apache-2.0
"""A browser whose network changes under it stays in the meeting. It runs in a network namespace of its own, on one end
of a virtual cable, so that pulling the plug and coming back under another address are real."""

import itertools
import os
import pathlib
import stat
import subprocess

import pytest
from playwright.sync_api import expect

import browsers
from meeting_page import wait_until
from server import Server

HERE, FIRST, SECOND = "10.78.215.1", "10.78.215.2", "10.78.215.3"


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Cable:
    """A namespace joined to this machine by a pair of virtual interfaces."""

    numbers = itertools.count()

    def __init__(self):
        number = f"{os.getpid() % 10_000}{next(self.numbers)}"
        self.namespace, self.near, self.far = f"vigil{number}", f"vga{number}", f"vgb{number}"

    def inside(self, *words):
        ip("netns", "exec", self.namespace, *words)

    def __enter__(self):
        ip("netns", "add", self.namespace)
        try:
            ip("link", "add", self.near, "type", "veth", "peer", "name", self.far, "netns", self.namespace)
            # No address appears by itself later: each one would be a change of network for every browser here.
            ip("link", "set", self.near, "addrgenmode", "none")
            self.inside("ip", "link", "set", self.far, "addrgenmode", "none")
            ip("addr", "add", f"{HERE}/24", "dev", self.near)
            ip("link", "set", self.near, "up")
            self.inside("ip", "link", "set", "lo", "up")
            self.plug_in(FIRST)
        except BaseException:
            self.__exit__(None)
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(["ip", "link", "del", self.near], capture_output=True)
        ip("netns", "del", self.namespace)

    def plug_in(self, address):
        self.inside("ip", "addr", "flush", "dev", self.far)
        self.inside("ip", "addr", "add", f"{address}/24", "dev", self.far)
        self.inside("ip", "link", "set", self.far, "up")
        self.inside("ip", "route", "replace", "default", "via", HERE)

    def pull_out(self):
        self.inside("ip", "link", "set", self.far, "down")

    def block_datagrams(self):
        """Whatever leaves by UDP is lost, as behind a strict firewall."""
        self.inside("ip", "rule", "add", "ipproto", "udp", "blackhole")


@pytest.fixture
def cable():
    if subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode != 0:
        pytest.skip("NOT TESTED: this machine does not let us make network namespaces")
    with Cable() as made:
        yield made


@pytest.fixture
def reachable(binary, tmp_path):
    """A node that both sides of the cable reach."""
    with Server(binary, options=["--host", "0.0.0.0", "--public-address", HERE], log=tmp_path / "log") as server:
        yield server


@pytest.fixture
def traveller(cable, playwright, tmp_path, reachable):
    """A Chromium behind the cable."""
    command = pathlib.Path(tmp_path / "chromium")
    command.write_text(f'#!/bin/sh\nexec ip netns exec {cable.namespace} {browsers.CHROMIUM} "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    flags = [flag for flag in browsers.CHROMIUM_FLAGS if "host-resolver-rules" not in flag]
    browser = playwright.chromium.launch(executable_path=str(command), args=[
        *flags, f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HERE}",
        f"--unsafely-treat-insecure-origin-as-secure=http://{HERE}:{reachable.port}"])
    yield browser
    browser.close()


# The path of each live connection: local and remote address, protocol, and the user fragment of its ICE session.
PATHS = """
async () => {
    const paths = [];
    for (const connection of window.connections) {
        if (connection.connectionState === "closed") continue;
        const stats = await connection.getStats();
        const transport = [...stats.values()].find((report) => report.type === "transport");
        const pair = stats.get(transport?.selectedCandidatePairId);
        const local = stats.get(pair?.localCandidateId);
        paths.push({ state: connection.connectionState, local: local?.address ?? null, protocol: local?.protocol ?? null,
                     ufrag: /a=ice-ufrag:(.*)/.exec(connection.localDescription?.sdp ?? "")?.[1] ?? null });
    }
    return paths;
}
"""


def test_the_network_changes_and_nobody_leaves(cable, reachable, traveller, people):
    ana, = people("Ana")
    link = ana.start(reachable.url)
    ben, = people("Ben", browser=traveller)
    ben.join(link.replace("localhost", HERE))
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    own = ben.page.locator("article.tile-self").get_attribute("data-participant")
    before = ben.page.evaluate(PATHS)
    assert [path["local"] for path in before] == [FIRST, FIRST]
    ana.watch_departures()

    cable.pull_out()
    note = ben.page.locator(".note-net")
    expect(note).to_be_visible()
    cable.plug_in(SECOND)

    # Both connections come back from the new address, by an ICE restart: with user fragments of a new session.
    wait_until(
        ben.page,
        f"""async ([address, before]) => {{
            const paths = await ({PATHS})();
            return paths.length === 2 && paths.every((path, index) =>
                path.state === "connected" && path.local === address && path.ufrag !== before[index].ufrag);
        }}""", [SECOND, before])
    # The same connections, the same person: nobody saw them go.
    assert ben.page.evaluate("window.connections.length") == 2
    assert ben.page.locator("article.tile-self").get_attribute("data-participant") == own
    assert ana.departures() == []
    ben.expect_moving("Ana")
    ana.expect_moving("Ben")
    expect(note).to_have_count(0)
    ben.say("On another network now")
    ana.open("chat")
    expect(ana.page.get_by_text("On another network now", exact=True)).to_be_visible()
    for person in (ana, ben):
        person.expect_no_faults()


def test_a_network_without_udp_meets_over_tcp(cable, reachable, traveller, people):
    cable.block_datagrams()
    ana, = people("Ana")
    link = ana.start(reachable.url)
    ben, = people("Ben", browser=traveller)
    ben.join(link.replace("localhost", HERE))
    ben.expect_moving("Ana")
    ana.expect_moving("Ben")
    assert [path["protocol"] for path in ben.page.evaluate(PATHS)] == ["tcp", "tcp"]
    ben.expect_sound()

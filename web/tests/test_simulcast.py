# SPDX-License-Identifier: Apache-2.0
"""A viewer gets what they look at: the layer that fits a tile's size, nothing for what is out of sight."""

import pytest
from playwright.sync_api import expect

from meeting_page import wait_until

# What arrives for one tile, by the id of the track it shows.
ARRIVED = """
async (tile, kind = "video") => {
    const participant = tile.dataset.participant;
    const element = kind === "video" ? tile.querySelector("video") : document.querySelector(`audio[data-sound="${participant}/microphone"]`);
    const track = element?.srcObject?.getTracks()[0];
    if (!track) return null;
    for (const connection of window.connections) {
        if (connection.connectionState === "closed") continue;
        for (const report of (await connection.getStats()).values()) {
            if (report.type === "inbound-rtp" && report.trackIdentifier === track.id) {
                return { width: report.frameWidth ?? 0, frames: report.framesDecoded ?? 0, packets: report.packetsReceived };
            }
        }
    }
    return null;
}
"""


class Tile:
    """One tile as its viewer's browser decodes it."""

    def __init__(self, viewer, name):
        self.page = viewer.page
        expect(viewer.tile(name)).to_have_count(1)
        self.handle = viewer.tile(name).element_handle()

    def wait(self, condition: str, kind="video"):
        """`condition` over what arrived `now` and, from the second look on, `before`; `still` is for how many ms nothing came."""
        wait_until(
            self.page,
            f"""async ([tile, kind]) => {{
                const now = await ({ARRIVED})(tile, kind);
                if (!now) return false;
                const memory = tile.vigilMemory ??= {{ first: now, last: now, since: performance.now() }};
                const before = memory.first;
                if (now.packets !== memory.last.packets) memory.since = performance.now();
                memory.last = now;
                const still = performance.now() - memory.since;
                return {condition};
            }}""", [self.handle, kind])
        self.handle.evaluate("(tile) => { delete tile.vigilMemory; }")


@pytest.fixture
def silent(node, chromium):
    """Adds people who send no media, all in one page of their own: names that fill the grid."""
    page = chromium.new_page()

    def add(link, *names):
        page.goto(f"{node.url}/example/index.html")
        page.evaluate("""async ([node, secret, names]) => {
            const [{ Session }, { LocalMedia }] = await Promise.all([import("/meeting/session.js"), import("/meeting/local-media.js")]);
            await Promise.all(names.map((name) => new Promise((resolve) => {
                const session = new Session({ node, secret, name, media: new LocalMedia() });
                session.on("phase", (phase) => { if (phase === "inside") resolve(); });
                session.start();
            })));
        }""", [node.url, link.split("#")[1], names])

    yield add
    page.close()


def test_a_large_tile_gets_the_high_layer_and_a_small_one_the_low(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.page.set_viewport_size({"width": 400, "height": 300})
    ben.join(link)
    ben.expect_moving("Ana")
    tile = Tile(ben, "Ana")
    tile.wait("now.width > 0 && now.width <= 320")
    ben.page.set_viewport_size({"width": 1280, "height": 900})
    tile.wait("now.width >= 1280")
    ben.page.set_viewport_size({"width": 400, "height": 300})
    tile.wait("now.width <= 320")
    # The switches cost no standstill.
    tile.wait("now.frames > before.frames + 10")


def test_a_pinned_tile_gets_the_high_layer_and_the_others_the_low(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    link = ana.start(node.url)
    chen.join(link)
    ben.join(link)
    for name in ("Ana", "Chen"):
        ben.expect_moving(name)
    for pinned, other in (("Ana", "Chen"), ("Chen", "Ana")):
        ben.tile(pinned).hover()
        ben.tile(pinned).get_by_role("button", name=f"Pin: {pinned}").click()
        Tile(ben, pinned).wait("now.width >= 1280")
        Tile(ben, other).wait("now.width <= 320")


def test_what_is_out_of_sight_is_not_sent(node, people, silent):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.page.set_viewport_size({"width": 500, "height": 400})
    ben.join(link)
    ben.expect_moving("Ana")
    silent(link, "Chen", "Dora", "Emil", "Fay", "Gus")
    tile = Tile(ben, "Ana")
    tile.wait("now.frames > before.frames + 5")
    ben.page.get_by_role("button", name="More people").click()
    expect(ben.tile("Ana")).to_be_hidden()
    tile.wait("still > 1500")
    ben.page.get_by_role("button", name="Earlier people").click()
    tile.wait("now.frames > before.frames + 5")


def test_a_page_in_the_background_is_sent_no_video_but_sound(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ben.expect_moving("Ana")
    tile = Tile(ben, "Ana")
    ben.page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    tile.wait("still > 1500")
    tile.wait("now.packets > before.packets + 20", kind="audio")
    ben.page.evaluate("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }")
    tile.wait("now.frames > before.frames + 5")


# How much sound one person's tile has given this viewer: energy of what was decoded for the element that plays it.
HEARD = """
async (participant) => {
    const element = document.querySelector(`audio[data-sound="${participant}/microphone"]`);
    return element?.srcObject?.getTracks().length ?? 0;
}
"""


def test_whom_a_host_mutes_is_not_heard_any_more_whatever_their_browser_does(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    # A browser that does not obey: its microphone stays on.
    ben.page.add_init_script("""
        const { set } = Object.getOwnPropertyDescriptor(MediaStreamTrack.prototype, "enabled");
        Object.defineProperty(MediaStreamTrack.prototype, "enabled", { get: () => true, set(on) { set.call(this, true); } });
    """)
    ben.join(link)
    tile = Tile(ana, "Ben")
    tile.wait("now.packets > before.packets + 50", kind="audio")
    own = ana.tile("Ben").get_attribute("data-participant")
    ana.more("Mute everyone else")
    # Nothing that still comes of him is played.
    wait_until(ana.page, f"async (id) => await ({HEARD})(id) === 0", own)
    # Video goes on, and so does sound once Ben says so himself.
    tile.wait("now.frames > before.frames + 5")
    ben.control("mute").click()
    tile.wait("now.packets > before.packets + 50", kind="audio")

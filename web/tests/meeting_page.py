# SPDX-License-Identifier: Apache-2.0
"""One person at a browser, in the words of the pages: what they click, and what they then really see and hear."""

import re

from playwright.sync_api import Browser, Page, expect

# Keeps the page's peer connections where a test can ask them for statistics; and notes every rule of the page's
# security policy that something ran against.
OBSERVE = """
(() => {
    const Real = window.RTCPeerConnection;
    window.connections = [];
    window.RTCPeerConnection = class extends Real {
        constructor(...args) { super(...args); window.connections.push(this); }
    };
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    const RealSocket = window.WebSocket;
    window.sockets = [];
    window.WebSocket = class extends RealSocket {
        constructor(...args) { super(...args); window.sockets.push(this); }
    };
})();
"""

# Draws a tile's video into a small canvas and says what it holds: [width, checksum, brightest − darkest].
SAMPLE = """
(tile) => {
    const video = tile.querySelector("video");
    if (!video || video.readyState < 2 || video.videoWidth === 0) return null;
    const canvas = document.createElement("canvas");
    canvas.width = 64; canvas.height = 36;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(video, 0, 0, 64, 36);
    const data = context.getImageData(0, 0, 64, 36).data;
    let sum = 0, low = 255, high = 0;
    for (let i = 0; i < data.length; i += 4) {
        sum = (sum * 31 + data[i] + 3 * data[i + 1] + 7 * data[i + 2]) >>> 0;
        low = Math.min(low, data[i + 1]); high = Math.max(high, data[i + 1]);
    }
    return [video.videoWidth, sum, high - low];
}
"""

INBOUND = """
async () => {
    let frames = 0, audioPackets = 0, audioEnergy = 0, videoStreams = 0;
    for (const connection of window.connections) {
        if (connection.connectionState === "closed") continue;
        for (const report of (await connection.getStats()).values()) {
            if (report.type !== "inbound-rtp") continue;
            if (report.kind === "video") { frames += report.framesDecoded || 0; videoStreams += report.framesDecoded > 0; }
            else { audioPackets += report.packetsReceived || 0; audioEnergy += report.totalAudioEnergy || 0; }
        }
    }
    return { frames, audioPackets, audioEnergy, videoStreams };
}
"""


def wait_until(page: Page, predicate: str, arg=None, timeout: int = 120_000):
    """Waits until an async function of the page says true; returns what it said. Playwright's own wait_for_function
    takes the promise itself for a yes."""
    return page.evaluate(
        f"""async ([arg, timeout]) => {{
            const predicate = {predicate};
            const end = performance.now() + timeout;
            for (;;) {{
                const answer = await predicate(arg);
                if (answer) return answer;
                if (performance.now() > end) throw new Error(`not within ${{timeout}} ms: ${{predicate}}`);
                await new Promise((resolve) => setTimeout(resolve, 150));
            }}
        }}""", [arg, timeout])


class Person:
    """Opens a browser context of their own; `with`-less: the browser closes it."""

    def __init__(self, browser: Browser, name: str, **context):
        self.name = name
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
        self.context.set_default_timeout(120_000)
        self.page: Page = self.context.new_page()
        self.page.add_init_script(OBSERVE)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    # Coming in

    def start(self, url: str) -> str:
        """Starts a meeting from the landing page and goes in; returns the link to share."""
        self.page.goto(url)
        self.page.get_by_role("button", name="Start a meeting").or_(
            self.page.get_by_role("link", name="Start a meeting")).click()
        self.page.wait_for_url(re.compile(r"/m.*#"))
        self.enter("Start the meeting")
        self.expect_inside()
        return self.page.url

    def knock(self, link: str):
        """Opens a link and asks to go in; what comes of it is the caller's to see."""
        self.page.goto(link)
        self.enter("Go in")

    def join(self, link: str):
        self.knock(link)
        self.expect_inside()

    def enter(self, button: str):
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_role("button", name=button, exact=True).click()

    def expect_inside(self):
        expect(self.control("mute")).to_be_visible()

    def leave(self):
        self.control("leave").click()
        dialog = self.page.get_by_role("dialog")
        over = self.page.get_by_role("heading", name="You left the meeting")
        expect(dialog.or_(over).first).to_be_visible()
        if dialog.is_visible():
            dialog.get_by_role("button", name="Leave", exact=True).click()
        expect(over).to_be_visible()

    def close(self):
        self.context.close()

    # In the room

    def control(self, name: str):
        return self.page.locator(f"[data-control={name}]:visible")

    def more(self, item: str):
        self.control("more").click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def open(self, panel: str):
        if self.page.locator(f"[data-panel={panel}]").is_visible():
            return
        control = self.control(panel).or_(self.control(f"{panel}-phone"))
        if control.is_visible():
            control.click()
        else:
            # A phone's bar has no room for all.
            self.control("more").click()
            self.page.get_by_role("menuitem", name=panel.capitalize()).click()

    def tile(self, name: str, source: str = "camera"):
        """The tile of somebody else, or of oneself under the name \"You\"."""
        return self.page.locator(f"article[data-source={source}]").filter(
            has=self.page.locator(".plate-name", has_text=re.compile(re.escape(name))))

    def say(self, text: str):
        self.open("chat")
        self.page.get_by_placeholder("Write a message").fill(text)
        self.page.get_by_role("button", name="Send").click()

    # Who is told to have gone

    def watch_departures(self):
        """Keeps every note that somebody left, from now on."""
        self.page.evaluate("""() => {
            window.departures = [];
            new MutationObserver((changes) => {
                for (const change of changes) for (const added of change.addedNodes) {
                    if (/ left$| was removed by a host$| lost the connection$/.test(added.textContent)) window.departures.push(added.textContent);
                }
            }).observe(document.querySelector(".notes"), { childList: true });
        }""")

    def departures(self) -> list:
        return self.page.evaluate("window.departures")

    # What really arrives

    def expect_moving(self, name: str, source: str = "camera"):
        """Waits until somebody's picture shows something, and then something else."""
        tile = self.tile(name, source)
        expect(tile).to_be_visible()
        handle = tile.element_handle()
        self.page.wait_for_function(
            f"(tile) => {{ const now = ({SAMPLE})(tile); if (!now || now[2] < 8) return false;"
            " const before = tile.vigilSample ??= now; return now[1] !== before[1]; }",
            arg=handle, polling=200)
        handle.evaluate("(tile) => { delete tile.vigilSample; }")

    def inbound(self) -> dict:
        return self.page.evaluate(INBOUND)

    def expect_frames(self, more_than: int = 0):
        """Waits until more frames were decoded than `more_than`; returns how many."""
        wait_until(self.page, f"async (floor) => (await ({INBOUND})()).frames > floor", more_than)
        return self.inbound()["frames"]

    def expect_sound(self):
        """Waits until decoded sound has energy: somebody is really heard."""
        wait_until(
            self.page,
            f"async () => {{ const now = await ({INBOUND})(); return now.audioPackets > 50 && now.audioEnergy > 0; }}")

    def expect_no_faults(self):
        assert self.errors == [], self.errors
        assert self.page.evaluate("window.violations") == []

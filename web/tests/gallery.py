# SPDX-License-Identifier: Apache-2.0
"""Screenshots of every page and state, for looking at them: python web/tests/gallery.py FOLDER [SCENE…]

Real meetings on a real node. The people are drawn (portraits.py) and put in place of each browser's camera.
VIGIL_SERVER names the server, as for the tests. Scenes: pages, meeting, security, nine, share, door.
"""

import base64
import json
import os
import pathlib
import sys

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect, sync_playwright

import browsers
from meeting_page import Person
from portraits import PORTRAITS
from server import ROOT, Server
from sounds import write_voice

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 740}

# Puts a drawing in place of the camera, and another in place of the screen.
CAMERA = """
((picture, screen, width, speaks) => {
    const stream = async (url, rate) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = url === screen ? 1280 : width; canvas.height = canvas.width * 9 / 16;
        const context = canvas.getContext("2d");
        let step = 0;
        const draw = () => { step += 1; context.drawImage(image, -4 + 3 * Math.sin(step / 9), -2, canvas.width + 8, canvas.height + 4); };
        draw();
        setInterval(draw, 1000 / rate);
        return canvas.captureStream(rate);
    };
    const real = MediaDevices.prototype.getUserMedia;
    // Who does not speak hears nothing either: a voice behind a muted microphone would be remarked on.
    const silence = () => new AudioContext().createMediaStreamDestination().stream;
    MediaDevices.prototype.getUserMedia = async function (wish) {
        return wish.video ? stream(picture, 5) : speaks ? real.call(this, wish) : silence();
    };
    MediaDevices.prototype.getDisplayMedia = () => stream(screen, 5);
    MediaDevices.prototype.enumerateDevices = async () => [
        { deviceId: "a", kind: "audioinput", label: "Built-in microphone" }, { deviceId: "b", kind: "videoinput", label: "Built-in camera" },
        { deviceId: "c", kind: "audiooutput", label: "Built-in speakers" },
    ];
})"""

SLIDE = """<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720" font-family="Noto Serif, serif">
<rect width="1280" height="720" fill="#f6f1e7"/><rect x="80" y="84" width="64" height="6" fill="#b9482f"/>
<text x="80" y="160" font-size="56" fill="#22201c">The well at Alto Cedro</text>
<text x="80" y="212" font-size="27" fill="#6a6459">What the spring measurements say</text>
<g font-size="27" fill="#22201c"><text x="80" y="310">1.  Three litres a second, all summer</text><text x="80" y="366">2.  Clean enough without the second filter</text>
<text x="80" y="422">3.  The pump needs 1.1 kW; the panels give 1.6</text><text x="80" y="478">4.  Two families ask for a tap of their own</text></g>
<g stroke="#d8cfbd" stroke-width="2"><path d="M780 560h400M780 470h400M780 380h400M780 290h400"/></g>
<path d="M780 520l57-30 57 12 57-70 57-36 57 8 57-60 58-14" fill="none" stroke="#b9482f" stroke-width="6" stroke-linejoin="round"/>
<g font-size="20" fill="#6a6459"><text x="780" y="600">Apr</text><text x="960" y="600">Jun</text><text x="1140" y="600">Aug</text><text x="80" y="650">Decide today: 1 and 3</text></g></svg>"""


def data_url(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


class Gallery:
    def __init__(self, folder, node, browser):
        self.folder, self.node, self.browser = pathlib.Path(folder), node, browser
        self.people = []
        # JPEG is a quarter of the size, for pictures that are kept.
        self.kind = os.environ.get("VIGIL_GALLERY", "png")

    def person(self, index, speaking=False, viewport=None, width=1280):
        portrait = PORTRAITS[index]
        person = Person(self.browser, portrait.name, viewport=viewport or {"width": 420, "height": 420}, reduced_motion="reduce")
        person.page.add_init_script(f"{CAMERA}({json.dumps(data_url(portrait.svg()))}, {json.dumps(data_url(SLIDE))}, {width}, {json.dumps(speaking)})")
        choices = {"vigil.microphoneOn": "yes" if speaking else "no", "vigil.name": portrait.name}
        person.page.add_init_script(f"for (const [k, v] of Object.entries({json.dumps(choices)})) localStorage.setItem(k, v);")
        self.people.append(person)
        return person

    def guest(self, index, link, speaking=False, width=1280):
        """Somebody who is looked at and looks at nobody, to spare the machine."""
        person = self.person(index, speaking, width=width)
        person.page.add_init_script('Object.defineProperty(document, "hidden", { get: () => true })')
        person.join(link)
        return person

    def shoot(self, page, name, sizes=("wide", "narrow"), schemes=("dark", "light")):
        for size in sizes:
            page.set_viewport_size(WIDE if size == "wide" else NARROW)
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.mouse.move(0, 0)
                self.settle(page)
                path = self.folder / f"{name}-{size}-{scheme}.{self.kind}"
                page.screenshot(path=path, **({"type": "jpeg", "quality": 88} if self.kind == "jpg" else {}))
                print(path, path.stat().st_size // 1024, "KiB", flush=True)

    def settle(self, page):
        """Until every picture that is in sight plays, about as sharp as its tile is large, and passing notes have passed."""
        try:
            page.wait_for_function("""() => [...document.querySelectorAll("article:not([hidden]) video:not([hidden]), .preview video:not([hidden])")]
                .every((v) => v.readyState >= 2 && v.videoHeight >= Math.min(360, v.clientHeight * 0.8)
                    && v.getVideoPlaybackQuality().totalVideoFrames > 40)
                && document.querySelector(".note:not(.note-stands), .bars:not([hidden])") === null && document.fonts.status === "loaded\"""",
                timeout=10_000, polling=200)
        except PlaywrightTimeout:
            print("  (not everything became calm)", flush=True)

    def await_speaker(self, viewer, name):
        """A machine with too much to do may call connections weak; then the picture is of that."""
        try:
            expect(viewer.tile(name)).to_have_accessible_name(f"{name}, speaking", timeout=20_000)
        except AssertionError as error:
            print("  ", str(error).splitlines()[1], flush=True)

    def clear(self):
        for person in self.people:
            person.close()
        self.people = []

    # Scenes

    def pages(self):
        ana = self.person(0, speaking=True, viewport=WIDE)
        page = ana.page
        page.goto(self.node.url)
        self.shoot(page, "landing")
        page.get_by_role("button", name="What we cannot protect you from").click()
        self.shoot(page, "limits", schemes=("dark",))
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Start a meeting").click()
        expect(page.locator(".preview video")).to_be_visible()
        page.get_by_label("Your name").fill("Ana")
        self.shoot(page, "prejoin")
        ana.enter("Start the meeting")
        ana.expect_inside()
        self.shoot(page, "one")
        ana.leave()
        self.shoot(page, "left", schemes=("dark",))
        blocked = Person(self.browser, "Ana", viewport=WIDE)
        self.people.append(blocked)
        blocked.page.add_init_script("MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
        blocked.page.goto(f"{self.node.url}/m#{'A' * 22}")
        expect(blocked.page.get_by_text("The browser blocks camera and microphone")).to_be_visible()
        self.shoot(blocked.page, "blocked", schemes=("dark",))
        blocked.page.add_init_script("delete window.RTCPeerConnection")
        blocked.page.reload()
        expect(blocked.page.get_by_role("heading", level=1)).to_contain_text("cannot hold")
        self.shoot(blocked.page, "unsupported", schemes=("light",))

    def meeting(self):
        ana = self.person(0, viewport=WIDE)
        page = ana.page
        link = ana.start(self.node.url)
        kofi = self.guest(1, link)
        self.shoot(page, "two")
        mei = self.guest(2, link, speaking=True)
        self.guest(3, link)
        self.await_speaker(ana, "Mei")
        self.shoot(page, "four")
        mei.say("The minutes of last week are at https://example.org/minutes")
        kofi.say("Thank you. I have read them; two small things, I will say them at the end.")
        page.set_viewport_size(WIDE)
        ana.say("Good. Let us begin with the well, then.")
        kofi.page.keyboard.press("Escape")
        kofi.more("Hand")
        self.shoot(page, "four-chat")
        page.set_viewport_size(WIDE)
        ana.open("people")
        self.shoot(page, "four-people")
        page.keyboard.press("Escape")
        page.set_viewport_size(WIDE)
        ana.control("more").click()
        self.shoot(page, "four-more", sizes=("wide",))
        page.keyboard.press("Escape")
        page.set_viewport_size(NARROW)
        ana.control("more").click()
        self.shoot(page, "four-more", sizes=("narrow",), schemes=("dark",))
        page.keyboard.press("Escape")
        page.set_viewport_size(WIDE)
        ana.more("Camera, microphone, speakers")
        self.shoot(page, "devices", schemes=("dark",))
        page.keyboard.press("Escape")
        page.set_viewport_size(WIDE)
        ana.more("Show who speaks")
        self.shoot(page, "speaker-view", schemes=("dark",))

    def share(self):
        ana = self.person(0, viewport=WIDE)
        page = ana.page
        link = ana.start(self.node.url)
        self.guest(2, link, speaking=True)
        kofi = self.guest(1, link)
        self.guest(4, link)
        kofi.page.set_viewport_size(WIDE)
        kofi.control("share").click()
        expect(ana.tile("Kofi", source="screen")).to_be_visible(timeout=30_000)
        self.shoot(page, "share")
        page.set_viewport_size(WIDE)
        kofi.say("Page 2 has the numbers behind the curve.")
        ana.say("Three litres in August as well? That is more than I hoped.")
        kofi.say("Yes, measured twice. Mei has the sheet.")
        self.shoot(page, "share-chat", sizes=("wide",))

    def security(self):
        ana = self.person(0, viewport=WIDE)
        page = ana.page
        link = ana.start(self.node.url)
        self.guest(1, link)
        self.guest(2, link, speaking=True)
        self.await_speaker(ana, "Mei")
        ana.control("shield").click()
        self.shoot(page, "shield")
        page.set_viewport_size(WIDE)
        ana.open("people")
        panel = page.locator("[data-panel=people]")
        panel.get_by_role("button", name="Compare", exact=True).click()
        expect(panel.locator(".words-large li")).to_have_count(4)
        self.shoot(page, "words")
        panel.get_by_role("button", name="They match").first.click()
        expect(ana.control("shield")).to_contain_text("2 of 2 compared")
        page.keyboard.press("Escape")
        page.set_viewport_size(WIDE)
        ana.more("Rules of the meeting")
        self.shoot(page, "rules", schemes=("light",))
        page.keyboard.press("Escape")

    def nine(self):
        ana = self.person(0, viewport=WIDE)
        link = ana.start(self.node.url)
        for index in range(1, 9):
            self.guest(index, link, speaking=index == 4, width=896)
        expect(ana.tile("林文")).to_be_visible()
        self.await_speaker(ana, "Noor")
        self.shoot(ana.page, "nine")

    def door(self):
        ana = self.person(0, viewport=WIDE)
        page = ana.page
        link = ana.start(self.node.url)
        kofi = self.guest(1, link)
        ana.more("Keep the door: admit each person")
        lena = self.person(6, viewport=WIDE)
        lena.knock(link)
        expect(lena.page.get_by_role("heading", name="You are at the door")).to_be_visible()
        self.shoot(lena.page, "lobby")
        self.shoot(page, "knock", schemes=("dark",))
        rosa = self.person(7)
        rosa.knock(link)
        page.set_viewport_size(WIDE)
        ana.open("people")
        expect(page.locator("li.at-door")).to_have_count(2)
        self.shoot(page, "door-people")
        kofi.page.evaluate("window.sockets.at(-1).close(4999)")
        page.keyboard.press("Escape")
        ana.leave()


def main(folder, *scenes):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    binary = os.environ.get("VIGIL_SERVER") or ROOT / ".build" / "release" / "vigil-server"
    with Server(binary) as node, sync_playwright() as playwright:
        voice = pathlib.Path(folder) / "voice.wav"
        write_voice(voice)
        browser = browsers.launch_chromium(playwright, [f"--use-file-for-fake-audio-capture={voice.resolve()}"])
        gallery = Gallery(folder, node, browser)
        for scene in scenes or ("pages", "meeting", "security", "share", "nine", "door"):
            getattr(gallery, scene)()
            gallery.clear()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

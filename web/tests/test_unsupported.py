# SPDX-License-Identifier: Apache-2.0
"""Browsers that lack something, and devices that say no: each gets told plainly, and whoever can go in may."""

import re

import pytest
from playwright.sync_api import expect

SECRET = "A" * 22


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("missing, words", [
    ("delete window.RTCPeerConnection", "WebRTC"),
    ("delete window.RTCRtpScriptTransform", "WebRTC"),
    ("delete window.WebSocket", "WebSocket"),
    ("delete Crypto.prototype.subtle", "Web cryptography"),
    ("delete window.MediaDevices?.prototype.getUserMedia", "camera and microphone"),
])
def test_a_browser_without_a_piece_is_told_which(node, page, missing, words):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(missing)
    for address in (f"{node.url}/", f"{node.url}/m#{SECRET}"):
        page.goto("about:blank")
        page.goto(address)
        expect(page.get_by_role("heading", name="This browser cannot hold a meeting")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_not_text=words)).to_have_count(0)
        expect(page.get_by_role("button", name=re.compile("Start|Go in"))).to_have_count(0)
    assert errors == []


def test_a_page_without_tls_from_afar_says_why(node, page):
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { get: () => false })")
    page.goto(f"{node.url}/m#{SECRET}")
    expect(page.get_by_text("a connection without TLS")).to_be_visible()


@pytest.mark.parametrize("path", ["/", f"/m#{SECRET}"])
def test_a_browser_without_modules_shows_the_notice_that_waits_in_the_page(node, page, path):
    # As an old browser would read it: module scripts are of a type it does not know, and it runs what says nomodule.
    def age(route):
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('type="module"', 'type="unknown"').replace(" nomodule", ""))

    page.route(re.compile(r"/(m)?(\?.*)?$"), age)
    page.goto(f"{node.url}{path}")
    notice = page.locator("#too-old")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("too old to hold a meeting")
    for language in ("zh-Hans", "zh-Hant"):
        expect(notice.locator(f"[lang={language}]")).to_be_visible()
    expect(page.locator("#page")).to_be_hidden()


def test_a_browser_with_modules_does_not_show_it(node, page):
    page.goto(f"{node.url}/")
    expect(page.get_by_role("button", name="Start a meeting")).to_be_visible()
    expect(page.locator("#too-old")).to_be_hidden()


# What getUserMedia then answers; the name of the error is what browsers use (Media Capture and Streams, 10.2).
def refuses(error: str, *kinds: str) -> str:
    return f"""
        const real = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = function (wish) {{
            return {list(kinds)!r}.some((kind) => wish[kind])
                ? Promise.reject(new DOMException("no", "{error}")) : real.call(this, wish);
        }};"""


@pytest.mark.parametrize("error, words", [
    ("NotAllowedError", "The browser blocks camera and microphone"),
    ("NotFoundError", "No microphone was found"),
    ("NotReadableError", "Another program holds the microphone"),
])
def test_one_without_camera_and_microphone_is_told_and_still_goes_in(node, people, error, words):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.page.add_init_script(refuses(error, "audio", "video"))
    ben.page.goto(link)
    expect(ben.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(ben.page.get_by_role("button", name="Try again")).to_be_visible()
    ben.enter("Go in")
    ben.expect_inside()
    ben.expect_moving("Ana")
    expect(ana.tile("Ben")).to_have_accessible_name(re.compile("muted"))
    expect(ana.tile("Ben").locator("video")).to_be_hidden()
    ben.say("I can only write")
    ana.open("chat")
    expect(ana.page.get_by_text("I can only write", exact=True)).to_be_visible()
    ben.expect_no_faults()


def test_one_without_a_camera_is_still_heard(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.page.add_init_script(refuses("NotFoundError", "video"))
    ben.page.goto(link)
    expect(ben.page.get_by_role("alert").filter(has_text="No camera was found")).to_be_visible()
    ben.enter("Go in")
    ben.expect_inside()
    ana.expect_sound()
    expect(ana.tile("Ben")).not_to_have_accessible_name(re.compile("muted"))
    # In the room, too, the reason is said when they try.
    ben.control("camera").click()
    expect(ben.page.locator(".notes, .stage").get_by_text("No camera was found").first).to_be_visible()


def test_permission_granted_after_all_is_taken_without_loading_again(node, people):
    ana, = people("Ana")
    ana.page.add_init_script(refuses("NotAllowedError", "audio", "video") + "window.allow = () => { MediaDevices.prototype.getUserMedia = real; };")
    ana.page.goto(node.url)
    ana.page.get_by_role("button", name="Start a meeting").click()
    banner = ana.page.get_by_role("alert").filter(has_text="The browser blocks camera and microphone")
    expect(banner).to_be_visible()
    ana.page.evaluate("allow()")
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_be_hidden()
    expect(ana.page.locator(".preview video")).to_be_visible()


def test_a_camera_that_is_pulled_out_is_noticed(node, people):
    ana, ben = people("Ana", "Ben")
    ana.page.add_init_script("""
        const real = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (wish) {
            const stream = await real.call(this, wish);
            for (const track of stream.getVideoTracks()) window.cameraTrack = track;
            return stream;
        };""")
    link = ana.start(node.url)
    ben.join(link)
    ben.expect_moving("Ana")
    # As the browser does it: the track ends by itself, not by a call of the page.
    ana.page.evaluate("() => { cameraTrack.stop(); cameraTrack.dispatchEvent(new Event('ended')); }")
    expect(ana.page.get_by_role("main").get_by_text("Your camera went away")).to_be_visible()
    expect(ben.tile("Ana").locator("video")).to_be_hidden()

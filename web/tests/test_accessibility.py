# SPDX-License-Identifier: Apache-2.0
"""Usable by keyboard, screen reader and on a small screen: every page and state under axe-core (WCAG 2.2 A and AA)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import browsers
from sounds import write_voice

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
         "resultTypes": ["violations"]}
BOTH = ("light", "dark")


def check(page, state, schemes=BOTH):
    """No rule of WCAG 2.2 A and AA that a machine can judge is broken in this state, in either colour scheme."""
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # Colours fade over; they are judged when they have arrived.
        page.wait_for_function("() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getComputedTiming().iterations === Infinity)")
        result = Axe().run(page, options=RULES)
        for violation in result.response["violations"]:
            for node in violation["nodes"]:
                found.append(f"{state} ({scheme}): {violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}")
    assert found == [], "\n".join(found)


def expect_no_sideways_scroll(page, state):
    width, wanted = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert wanted <= width, f"{state} wants {wanted} pixels of {width}"


def test_the_pages_before_a_meeting(node, people):
    ana, = people("Ana")
    page = ana.page
    page.goto(node.url)
    check(page, "landing")
    page.get_by_label("Have a link or a code?").fill("nonsense")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("That is not a whole link")).to_be_visible()
    check(page, "landing with an error")
    page.get_by_role("button", name="What we cannot protect you from").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "limits")
    page.keyboard.press("Escape")
    page.goto(f"{node.url}/m")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check(page, "no link")
    page.get_by_label("Paste the link here").fill("nonsense")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("That is not a whole link")).to_be_visible()
    check(page, "no link, with an error")
    page.goto(f"{node.url}/m#{'A' * 22}")
    expect(page.locator(".preview video")).to_be_visible()
    page.get_by_role("button", name="Go in").click()
    expect(page.get_by_text("Enter a name first")).to_be_visible()
    check(page, "pre-join with an error")
    ana.enter("Go in")
    expect(page.get_by_role("heading", name="Nobody has opened this room")).to_be_visible()
    check(page, "over: no such meeting")


def test_the_meeting_and_all_that_opens_in_it(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    page = ana.page
    link = ana.start(node.url)
    check(page, "alone")
    shield = ana.control("shield")
    shield.click()
    expect(page.get_by_role("complementary", name="Who can see and hear")).to_be_visible()
    check(page, "who can see and hear", ["dark"])
    page.keyboard.press("Escape")
    expect(shield).to_be_focused()
    ben.join(link)
    ben.expect_moving("Ana")
    ana.expect_moving("Ben")
    ben.say("A link to read later: https://example.org/agenda")
    ben.page.keyboard.press("Escape")
    ben.control("hand").click()
    expect(ana.tile("Ben")).to_have_accessible_name(re.compile("Hand raised"))
    check(page, "two")
    ana.open("chat")
    expect(page.get_by_role("link", name="https://example.org/agenda")).to_be_visible()
    ana.say("Thanks")
    check(page, "chat")
    ana.more("Keep the door: admit each person")
    chen.knock(link)
    expect(chen.page.get_by_role("heading", name="You are at the door")).to_be_visible()
    check(chen.page, "lobby")
    expect(page.get_by_role("main").get_by_text("Chen is at the door")).to_be_visible()
    check(page, "somebody knocks")
    ana.open("people")
    expect(page.locator("li.at-door")).to_be_visible()
    check(page, "people, one at the door")
    page.get_by_role("button", name="Refuse: Chen").click()
    expect(chen.page.get_by_role("heading", name="You were not let in")).to_be_visible()
    check(chen.page, "over: denied", ["dark"])

    for control in ("react", "more"):
        ana.control(control).click()
        expect(page.get_by_role("menu")).to_be_visible()
        check(page, f"menu {control}")
        page.keyboard.press("Escape")
        expect(ana.control(control)).to_be_focused()
    ana.tile("Ben").hover()
    page.get_by_role("main").get_by_role("button", name="Choices for Ben").click()
    check(page, "menu of a person", ["light"])
    page.keyboard.press("Escape")
    for item in ("Keyboard shortcuts", "Camera, microphone, speakers", "Change my name", "Record this meeting", "Rules of the meeting", "Make a new link",
                 "End the meeting for all"):
        ana.more(item)
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, item)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    ana.control("share").click()
    expect(ana.tile("sharing", source="screen")).to_be_visible()
    check(page, "sharing a screen")
    ana.control("leave").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "leave?")
    page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="You left the meeting")).to_be_visible()
    check(page, "over: left")


@pytest.mark.parametrize("width, height, what", [(360, 740, "phone"), (640, 400, "a 1280-pixel screen at 200 %"), (320, 640, "320 pixels")])
def test_small_screens_hold_everything_without_scrolling_sideways(node, people, width, height, what):
    ana, ben = people("Ana", "Ben", viewport={"width": width, "height": height})
    page = ana.page
    axe = what == "phone"

    def look(state):
        expect_no_sideways_scroll(page, f"{what}: {state}")
        if axe:
            check(page, f"{what}: {state}", ["dark"])

    page.goto(node.url)
    look("landing")
    page.get_by_role("button", name="Start a meeting").click()
    expect(page.locator(".preview video")).to_be_visible()
    look("pre-join")
    ana.enter("Start the meeting")
    ana.expect_inside()
    look("alone")
    ben.join(page.url)
    ana.expect_moving("Ben")
    look("two")
    # Every control is inside the screen, and large enough to be hit (WCAG 2.5.8).
    for control in page.locator(".bar [data-control]:visible").all():
        box = control.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height, (box, control.inner_text())
        assert box["width"] >= 24 and box["height"] >= 24
    ana.control("more").click()
    look("more")
    for item in page.get_by_role("menuitem").all():
        item.scroll_into_view_if_needed()
        box = item.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= height + 1, (box, item.inner_text())
    page.keyboard.press("Escape")
    ana.open("chat")
    page.get_by_placeholder("Write a message").fill("W" * 300)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log").get_by_text("WWW")).to_be_visible()
    look("chat with a word that has no end")
    page.keyboard.press("Escape")
    ana.open("people")
    look("people")


@pytest.mark.parametrize("blocked", [False, True])
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_way_in_is_in_sight_on_a_phone(node, people, blocked, language):
    ana, = people("Ana", viewport={"width": 360, "height": 740})
    page = ana.page
    page.add_init_script(f"localStorage.setItem('vigil.language', '{language}')")
    if blocked:
        page.add_init_script("MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    page.goto(node.url)
    page.locator("#start").click()
    expect(page.locator(".banner") if blocked else page.locator(".preview video")).to_be_visible()
    go = page.locator(".prejoin-form button[type=submit]")
    box = go.bounding_box()
    assert box["y"] + box["height"] <= 740, box
    if blocked:
        # Lines of words, not a column of them.
        assert page.locator(".banner p").bounding_box()["width"] > 240
        check(page, "phone: blocked")
    expect_no_sideways_scroll(page, "phone: pre-join")


def visible_focus(page):
    """Whether what has the focus shows it: an outline, a ring or a border that the same element lacks without."""
    return page.evaluate("""() => {
        const element = document.activeElement;
        const look = () => { const s = getComputedStyle(element); return [s.outlineStyle === "none" ? "" : s.outline, s.boxShadow, s.borderColor].join("|"); };
        if (!element || element === document.body || !element.matches(":focus-visible")) return false;
        const focused = look();
        element.blur();
        const plain = look();
        element.focus({ focusVisible: true, preventScroll: true });
        return focused !== plain;
    }""")


def tab_to(page, target, most=40):
    """Presses Tab until the focus is on the target; every stop on the way shows that it has the focus."""
    element = target.element_handle()
    for _ in range(most):
        if element.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        assert stop.startswith("<body") or visible_focus(page), f"the focus is not to be seen on {stop}"
    raise AssertionError(f"Tab does not lead to {element}")


def test_a_whole_meeting_by_keyboard_alone(node, people):
    ana, = people("Ana")
    page = ana.page
    page.emulate_media(reduced_motion="reduce")
    page.goto(node.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Start a meeting"))
    page.keyboard.press("Enter")
    name = page.get_by_label("Your name")
    expect(name).to_be_visible()
    tab_to(page, name)
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    ana.expect_inside()
    mute = ana.control("mute")
    expect(mute).to_have_text("Mute")
    page.keyboard.press("m")
    expect(mute).to_have_text("Unmute")
    page.keyboard.press("m")
    expect(mute).to_have_text("Mute")
    # A panel: the focus goes in, letters are letters there, and Escape brings the focus back.
    chat = ana.control("chat")
    tab_to(page, chat)
    page.keyboard.press("Enter")
    expect(page.get_by_placeholder("Write a message")).to_be_focused()
    page.keyboard.type("mmm, by keys")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("mmm, by keys")).to_be_visible()
    expect(mute).to_have_text("Mute")
    page.keyboard.press("Escape")
    expect(chat).to_be_focused()
    # A menu: arrows go round, Escape returns the focus.
    more = ana.control("more")
    tab_to(page, more)
    page.keyboard.press("Enter")
    items = page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    # A dialog keeps the focus in and gives it back.
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    tab_to(page, ana.control("leave"))
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="You left the meeting")
    expect(heading).to_be_focused()
    ana.expect_no_faults()


def test_letters_can_be_switched_off(node, people):
    ana, = people("Ana")
    ana.start(node.url)
    ana.page.keyboard.press("?")
    ana.page.get_by_label("Letter shortcuts are on").uncheck()
    ana.page.keyboard.press("Escape")
    ana.page.keyboard.press("m")
    ana.page.keyboard.press("c")
    expect(ana.control("mute")).to_have_text("Mute")
    expect(ana.page.get_by_role("log")).to_have_count(0)


def test_push_to_talk_opens_the_microphone_while_the_key_is_held(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.page.keyboard.press("m")
    expect(ben.tile("Ana")).to_have_accessible_name(re.compile("muted"))
    ana.page.keyboard.down(" ")
    expect(ana.control("mute")).to_have_text("Mute")
    expect(ana.page.get_by_text("Talking while the space bar is held")).to_be_visible()
    expect(ben.tile("Ana")).not_to_have_accessible_name(re.compile("muted"))
    ana.page.keyboard.up(" ")
    expect(ana.control("mute")).to_have_text("Unmute")
    expect(ben.tile("Ana")).to_have_accessible_name(re.compile("muted"))
    # Not while writing, and not when a button has the focus: there the key belongs to them.
    ana.open("chat")
    ana.page.keyboard.type("a b")
    expect(ana.page.get_by_placeholder("Write a message")).to_have_value("a b")
    expect(ana.control("mute")).to_have_text("Unmute")


@pytest.fixture
def speaker(playwright, tmp_path):
    """A browser whose microphone hears somebody speak without a pause."""
    sound = tmp_path / "voice.wav"
    write_voice(sound)
    browser = browsers.launch_chromium(playwright, [f"--use-file-for-fake-audio-capture={sound}"])
    yield browser
    browser.close()


def test_who_speaks_while_muted_is_told_once(node, people, speaker):
    ana, = people("Ana", browser=speaker)
    ana.start(node.url)
    hint = ana.page.get_by_text("You are speaking, but muted.")
    expect(hint).to_have_count(0)
    ana.page.keyboard.press("m")
    expect(hint).to_be_visible()
    ana.page.get_by_role("main").get_by_role("button", name="Unmute").click()
    expect(hint).to_have_count(0)
    expect(ana.control("mute")).to_have_text("Mute")

# SPDX-License-Identifier: Apache-2.0
"""A page that is loaded again is the same person; a copy of it is not."""

import json
import re

import pytest
from playwright.sync_api import expect

KEPT = "vigil.return"


def own_id(person) -> str:
    return person.page.locator("article.tile-self").get_attribute("data-participant")


def stored(person):
    return person.page.evaluate(f"sessionStorage.getItem('{KEPT}')")


def put_by(person) -> dict:
    """What the page would leave for the next one if it went now; it stays."""
    return json.loads(person.page.evaluate(f"""() => {{
        dispatchEvent(new PageTransitionEvent("pagehide", {{ persisted: false }}));
        const place = sessionStorage.getItem("{KEPT}");
        sessionStorage.removeItem("{KEPT}");
        return place;
    }}"""))


def leave_for(page, place, **changed):
    page.evaluate(
        f"([place, changed]) => sessionStorage.setItem('{KEPT}', JSON.stringify({{ ...place, at: Date.now(), ...changed }}))",
        [place, changed])


@pytest.mark.parametrize("which", ["chromium", "firefox"])
def test_a_reload_is_the_same_person(node, people, request, which):
    ana, = people("Ana")
    link = ana.start(node.url)
    ben, = people("Ben", browser=request.getfixturevalue(which))
    ben.join(link)
    ana.expect_moving("Ben")
    ana.tile("Ben").get_by_role("button", name=re.compile("Choices for Ben")).click()
    ana.page.get_by_role("menuitem", name="Make co-host").click()
    ben.say("Before the reload")
    ben.page.keyboard.press("Escape")
    ben.control("mute").click()
    ben.control("hand").click()
    expect(ana.tile("Ben")).to_have_accessible_name(re.compile("Hand raised"))
    before = own_id(ben)
    assert stored(ben) is None
    ana.watch_departures()

    ben.page.reload()
    ben.expect_inside()
    assert own_id(ben) == before
    assert stored(ben) is None
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    # As it was: muted, camera on, hand up, co-host, with what was written.
    expect(ben.control("mute")).to_have_text("Unmute")
    expect(ana.tile("Ben")).to_have_accessible_name(re.compile("Ben, muted, Hand raised"))
    ben.control("more").click()
    expect(ben.page.get_by_role("menuitem", name="Lock the meeting")).to_be_visible()
    ben.page.keyboard.press("Escape")
    ben.open("chat")
    expect(ben.page.get_by_text("Before the reload", exact=True)).to_be_visible()
    ben.control("mute").click()
    ana.expect_sound()
    assert ana.departures() == []
    assert ana.tile("Ben").get_attribute("data-participant") == before
    expect(ana.page.locator("article[data-source=camera]")).to_have_count(2)

    # Loaded twice in a hurry.
    ben.page.reload()
    ben.page.reload()
    ben.expect_inside()
    assert own_id(ben) == before
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    assert ana.departures() == []
    for person in (ana, ben):
        person.expect_no_faults()


def test_a_host_who_reloads_is_the_same_host(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ben.expect_moving("Ana")
    ana.control("camera").click()
    before = own_id(ana)
    ben.watch_departures()
    ana.page.reload()
    ana.expect_inside()
    assert own_id(ana) == before
    expect(ana.control("camera")).to_have_text("Start camera")
    ana.expect_moving("Ben")
    ana.control("camera").click()
    ben.expect_moving("Ana")
    ana.more("Lock the meeting")
    expect(ben.page.get_by_text("Locked", exact=True)).to_be_visible()
    assert ben.departures() == []


def test_a_duplicated_tab_takes_nothing_away(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    # A page opened by a page starts with a copy of its session storage, as a duplicated tab does.
    ben.page.evaluate("sessionStorage.setItem('copied', 'yes')")
    with ben.page.expect_popup() as opened:
        ben.page.evaluate("void window.open(location.href)")
    copy = opened.value
    expect(copy.get_by_role("heading", name="Before you go in")).to_be_visible()
    assert copy.evaluate("sessionStorage.getItem('copied')") == "yes"
    assert copy.evaluate(f"sessionStorage.getItem('{KEPT}')") is None
    ana.expect_moving("Ben")
    assert ben.page.evaluate("window.sockets.length") == 1
    # It may come in as another participant, beside the first.
    copy.get_by_role("button", name="Go in", exact=True).click()
    expect(ana.page.locator("article[data-source=camera]")).to_have_count(3)
    assert ben.page.evaluate("window.sockets.length") == 1


def test_whoever_is_replaced_does_not_insist(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    before = own_id(ben)
    place = put_by(ben)
    other = ben.context.new_page()
    other.goto(node.url)
    leave_for(other, place)
    other.goto(link)
    expect(other.locator("article.tile-self")).to_have_attribute("data-participant", before)
    expect(ben.page.get_by_role("heading", name="You are in from elsewhere")).to_be_visible()
    sockets = ben.page.evaluate("window.sockets.length")
    assert ben.page.evaluate("window.sockets.every((socket) => socket.readyState >= 2)")
    # Longer than the longest pause before the first new try.
    ben.page.wait_for_timeout(1_500)
    assert ben.page.evaluate("window.sockets.length") == sockets
    expect(ana.page.locator("article[data-source=camera]")).to_have_count(2)


def test_nothing_is_kept_after_leaving(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    place = put_by(ben)
    ben.leave()
    expect(ana.tile("Ben")).to_have_count(0)
    assert stored(ben) is None
    # A copy that somebody kept leads to the door, not inside: it names nobody any more.
    ana.more("Keep the door: admit each person")
    expect(ana.page.get_by_text("The door is kept", exact=False).first).to_be_visible()
    leave_for(ben.page, {**place, "camera": False, "unmuted": False})
    ben.page.reload()
    expect(ben.page.get_by_role("heading", name="You are at the door")).to_be_visible()
    assert stored(ben) is None
    ben.page.reload()
    expect(ben.page.get_by_role("heading", name="Before you go in")).to_be_visible()

    # Nor does one lead anywhere that is too old, or of another meeting.
    for wrong in ({"at": 1}, {"secret": "A" * 22}, {"at": "x"}, {"identity": 7}):
        chen.page.goto(node.url)
        leave_for(chen.page, place, **wrong)
        chen.page.goto(link)
        expect(chen.page.get_by_role("heading", name="Before you go in")).to_be_visible()
        assert stored(chen) is None


def test_after_being_removed_a_reload_asks_again(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    ana.tile("Ben").hover()
    ana.tile("Ben").get_by_role("button", name=re.compile("Choices for Ben")).click()
    ana.page.get_by_role("menuitem", name="Remove from the meeting").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(ben.page.get_by_role("heading", name="A host removed you")).to_be_visible()
    ben.page.reload()
    expect(ben.page.get_by_role("heading", name="Before you go in")).to_be_visible()
    assert stored(ben) is None


def test_another_link_in_the_same_tab_is_another_meeting(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    ben.page.evaluate("location.hash = 'A'.repeat(22)")
    expect(ben.page.get_by_role("heading", name="Before you go in")).to_be_visible()
    expect(ana.tile("Ben")).to_have_count(0)
    assert stored(ben) is None

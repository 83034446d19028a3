# SPDX-License-Identifier: Apache-2.0
"""People meet in real browsers, through a real node."""

import json
import re

from playwright.sync_api import expect

from meeting_page import wait_until


def test_three_people_see_hear_and_write_to_each_other(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    link = ana.start(node.url)
    ben.join(link)
    chen.join(link)
    everyone = (ana, ben, chen)
    for person in everyone:
        for other in everyone:
            if other is not person:
                person.expect_moving(other.name)
        person.expect_frames(60)
        person.expect_sound()
        assert person.inbound()["videoStreams"] == 2
    ben.say("Good evening")
    for person in (ana, chen):
        expect(person.control("chat")).to_have_accessible_name(re.compile("1 unread message"))
        person.open("chat")
        expect(person.page.get_by_text("Good evening", exact=True)).to_be_visible()
    for person in everyone:
        person.expect_no_faults()


def test_one_leaves_and_returns_while_the_others_go_on(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    link = ana.start(node.url)
    ben.join(link)
    chen.join(link)
    ana.expect_moving("Chen")
    before = ana.expect_frames(30)
    chen.leave()
    expect(ana.tile("Chen")).to_have_count(0)
    ana.expect_moving("Ben")
    chen.page.get_by_role("button", name="Go back in").click()
    if chen.page.get_by_label("Your name").is_visible():
        chen.enter("Go in")
    chen.expect_inside()
    ana.expect_moving("Chen")
    chen.expect_moving("Ana")
    ana.expect_frames(before + 30)


def test_a_shared_screen_is_seen_and_ends(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ben.expect_moving("Ana")
    ana.control("share").click()
    expect(ben.tile("Ana", source="screen")).to_be_visible()
    ben.page.wait_for_function(
        "() => { const v = document.querySelector('article[data-source=screen] video');"
        " return v && v.videoWidth > 200 && v.getVideoPlaybackQuality().totalVideoFrames > 3; }")
    ana.control("share").click()
    expect(ben.tile("Ana", source="screen")).to_have_count(0)
    ben.expect_moving("Ana")


def test_the_door_is_kept_by_the_host(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    link = ana.start(node.url)
    ana.more("Keep the door: admit each person")
    ben.knock(link)
    chen.knock(link)
    for person in (ben, chen):
        expect(person.page.get_by_role("heading", name="You are at the door")).to_be_visible()
    ana.open("people")
    for name, answer in (("Ben", "Let in"), ("Chen", "Refuse")):
        row = ana.page.locator("li.at-door").filter(has_text=name)
        row.get_by_role("button", name=re.compile(answer)).click()
    ben.expect_inside()
    expect(chen.page.get_by_role("heading", name="You were not let in")).to_be_visible()
    ben.expect_moving("Ana")


def test_a_host_mutes_removes_and_locks(node, people):
    ana, ben, chen, dora = people("Ana", "Ben", "Chen", "Dora")
    link = ana.start(node.url)
    ben.join(link)
    chen.join(link)
    ana.expect_moving("Ben")
    ana.more("Mute everyone else")
    for person in (ben, chen):
        expect(person.control("mute")).to_have_text(re.compile("Unmute"))
        expect(ana.tile(person.name)).to_have_accessible_name(re.compile("muted"))
    ben.control("mute").click()
    expect(ana.tile("Ben")).not_to_have_accessible_name(re.compile("muted"))
    ana.tile("Chen").hover()
    ana.tile("Chen").get_by_role("button", name=re.compile("Choices for Chen")).click()
    ana.page.get_by_role("menuitem", name="Remove from the meeting").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(chen.page.get_by_role("heading", name="A host removed you")).to_be_visible()
    expect(ben.tile("Chen")).to_have_count(0)
    ana.more("Lock the meeting")
    dora.knock(link)
    expect(dora.page.get_by_role("heading", name="The meeting is locked")).to_be_visible()
    ben.expect_moving("Ana")


def test_an_older_link_leads_to_the_door_and_a_host_opens_it(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    link = ana.start(node.url)
    ben.join(link)
    ana.tile("Ben").hover()
    ana.tile("Ben").get_by_role("button", name=re.compile("Choices for Ben")).click()
    ana.page.get_by_role("menuitem", name="Remove from the meeting").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(ben.page.get_by_role("heading", name="A host removed you")).to_be_visible()
    chen.knock(link)
    expect(chen.page.get_by_role("heading", name="You are at the door")).to_be_visible()
    expect(chen.page.get_by_text("The link was changed since you got yours.")).to_be_visible()
    ana.open("people")
    ana.page.locator("li.at-door").filter(has_text="Chen").get_by_role("button", name=re.compile("Let in")).click()
    chen.expect_inside()
    chen.expect_moving("Ana")
    # They are shown the new link, and it is the host's.
    chen.page.wait_for_function("(old) => location.href !== old", arg=link)
    assert chen.page.url.partition("#")[2] == ana.page.url.partition("#")[2] != link.partition("#")[2]


def test_the_host_ends_the_meeting_for_all(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.more("End the meeting for all")
    ana.page.get_by_role("dialog").get_by_role("button", name="End for all").click()
    expect(ben.page.get_by_role("heading", name="The meeting has ended")).to_be_visible()
    chen, = people("Chen")
    chen.knock(link)
    expect(chen.page.get_by_role("heading", name="The node says that the meeting has ended")).to_be_visible()


def test_the_socket_is_cut_and_the_meeting_goes_on(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ben.expect_moving("Ana")
    own = ben.page.locator("article.tile-self").get_attribute("data-participant")
    before = ben.expect_frames(30)
    # The signalling socket ends without a goodbye of the page; media must not notice.
    ben.page.evaluate("window.sockets.at(-1).close(4999)")
    ben.expect_frames(before + 30)
    ben.page.wait_for_function("() => window.sockets.length > 1 && window.sockets.at(-1).readyState === 1")
    assert ben.page.locator("article.tile-self").get_attribute("data-participant") == own
    ben.say("Still here")
    ana.open("chat")
    expect(ana.page.get_by_text("Still here", exact=True)).to_be_visible()
    ben.expect_moving("Ana")
    ana.expect_moving("Ben")


def test_the_node_has_no_say_in_names_roles_and_what_is_on(node, people):
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.join(link)
    ana.expect_moving("Ben")
    ana.open("people")
    row = ana.page.locator("li.person").filter(has_text="Ben")
    expect(row).to_contain_text("Camera on")
    # Whatever else it says of somebody; it may only know whether they are connected.
    ana.page.evaluate("""(id) => {
        const tell = (message) => window.sockets.at(-1).dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
        const participant = { id, name: "Eve", role: "host", microphone: false, camera: false, screen: true, hand: true, connected: true };
        tell({ type: "participant", participant });
        tell({ type: "participant", ...participant, participant: id });
        tell({ type: "muted", by: id });
        tell({ type: "meeting", locked: true, lobby: true });
        tell({ type: "chat", id: "1", from: id, name: "Ben", text: "I never said this", private: false, at: 1 });
        tell({ type: "left", participant: id, reason: "removed" });
    }""", row.get_attribute("data-participant") or ana.tile("Ben").get_attribute("data-participant"))
    ben.say("I said this")
    ana.open("chat")
    expect(ana.page.get_by_text("I said this", exact=True)).to_be_visible()
    expect(ana.page.get_by_text("I never said this", exact=True)).to_have_count(0)
    ana.open("people")
    expect(row).to_contain_text("Camera on")
    expect(row).not_to_contain_text("Sharing a screen")
    expect(ana.tile("Eve")).to_have_count(0)
    expect(ana.control("mute")).to_have_text("Mute")
    expect(ana.page.get_by_text("Locked", exact=True)).to_be_hidden()


def test_firefox_and_chromium_meet(node, people, firefox):
    ana, = people("Ana")
    link = ana.start(node.url)
    fay, = people("Fay", browser=firefox)
    fay.join(link)
    ana.expect_moving("Fay")
    fay.expect_moving("Ana")
    ana.expect_sound()
    wait_until(
        fay.page,
        "async () => { let n = 0; for (const c of window.connections) for (const r of (await c.getStats()).values())"
        " if (r.type === 'inbound-rtp' && r.kind === 'audio') n += r.packetsReceived; return n > 50; }")
    fay.say("From Firefox")
    ana.open("chat")
    expect(ana.page.get_by_text("From Firefox", exact=True)).to_be_visible()
    for person in (ana, fay):
        person.expect_no_faults()


def test_an_accountable_meeting_asks_before_anybody_hears_of_a_newcomer(node, people):
    ana, ben, chen = people("Ana", "Ben", "Chen")
    ana.page.goto(node.url)
    ana.page.get_by_role("button", name="Start a meeting").or_(ana.page.get_by_role("link", name="Start a meeting")).click()
    ana.page.wait_for_url(re.compile(r"/m.*#"))
    ana.page.get_by_text("Rules of this meeting").click()
    ana.page.get_by_label("Accountable meeting").check()
    ana.enter("Start the meeting")
    ana.expect_inside()
    link = ana.page.url
    said = []
    ben.page.on("websocket", lambda socket: socket.on("framesent", lambda text: said.append(json.loads(text)["type"])))
    ben.knock(link)
    dialog = ben.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_be_visible()
    assert not {"knock", "commit", "message"} & set(said), said
    dialog.get_by_role("button", name="Stay out").click()
    expect(ben.page.get_by_role("heading", name="You stayed out")).to_be_visible()
    assert not {"knock", "commit", "message"} & set(said), said
    chen.knock(link)
    chen.page.get_by_role("dialog").get_by_role("button", name="Go in").click()
    chen.expect_inside()
    ana.expect_moving("Chen")
    expect(ana.tile("Ben")).to_have_count(0)


HOLD = """
() => {
    window.films = 0;
    const start = MediaRecorder.prototype.start;
    MediaRecorder.prototype.start = function (...values) { window.films += 1; start.apply(this, values); };
    const socket = window.sockets.at(-1), send = socket.send.bind(socket);
    window.held = [];
    socket.send = (message) => { held.push(JSON.parse(message)); };
    window.release = () => { socket.send = send; for (const message of held.splice(0)) send(JSON.stringify(message)); };
}
"""


def test_nothing_is_recorded_before_the_node_has_taken_the_word(node, people):
    ana, ben = people("Ana", "Ben")
    ben.join(ana.start(node.url))
    expect(ana.tile("Ben")).to_be_visible()
    ana.page.evaluate(HOLD)
    ana.more("Record this meeting")
    ana.page.get_by_role("dialog").get_by_role("button", name="Start recording").click()
    # The word is said, and the node asked whether it has it.
    wait_until(ana.page, "() => held.some(({ type }) => type === 'message') && held.some(({ type, id }) => type === 'ping' && id > 0x40000000)")
    assert ana.page.evaluate("window.films") == 0
    flag = ben.page.locator("article .flag", has_text="Recording")
    expect(flag).to_have_count(0)
    ana.page.evaluate("release()")
    expect(flag).to_be_visible()
    wait_until(ana.page, "() => window.films === 1")

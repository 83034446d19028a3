# SPDX-License-Identifier: Apache-2.0
"""What people see of encryption: who is here, words to compare, the shield, warnings, recording, the ends.

The pages run as they are, under the node's own policy; the meeting behind them is a stand-in (stand-in.js) that does
what the test says. Real meetings are driven elsewhere.
"""

import re

import pytest
from playwright.sync_api import expect

from page_files import ROOT, PageFiles, handler, serving
from test_accessibility import check, expect_no_sideways_scroll, tab_to

WEB = ROOT / "web"
PHONE = {"width": 360, "height": 740}
WORDS = [12, 700, 1600, 2047]


class Pages(PageFiles):
    def do_GET(self):
        if self.path.split("?")[0] not in ("/room", "/door", "/before"):
            return super().do_GET()
        return self.send((WEB / "m.html").read_text().replace("app/meeting.js", "tests/security-panels.js").encode())


@pytest.fixture(scope="module")
def origin(security_policy):
    with serving(handler(Pages, fields={"Content-Security-Policy": security_policy}), "localhost") as origin:
        yield origin


class Visitor:
    """Ana's page; `does` makes something happen in her meeting."""

    def __init__(self, browser, origin, path="/room", **context):
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **context})
        if browser.browser_type.name == "chromium":
            self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.add_init_script("""window.violations = []; document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
            window.said = []; addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
                const text = document.getElementById("assertive").textContent; if (text) said.push(text);
            }).observe(document.getElementById("assertive"), { childList: true }));""")
        self.page.goto(f"{origin}{path}")
        self.page.wait_for_function("() => window.meeting !== undefined")

    def does(self, expression, argument=None):
        return self.page.evaluate(f"(argument) => meeting.{expression}", argument)

    def wished(self, name):
        return [call[1:] for call in self.page.evaluate("meeting.calls") if call[0] == name]

    def three(self):
        """Kofi and Mei are here too."""
        self.does("put('kofi', 'Kofi', { role: 'cohost' })")
        self.does("put('mei', 'Mei')")

    def open(self, control):
        self.page.locator(f"[data-control={control}]:visible, [data-control={control}-phone]:visible").click()
        panel = self.page.locator(f"[data-panel={'security' if control == 'shield' else control}]")
        expect(panel).to_be_visible()
        return panel

    def more(self, item):
        self.page.locator("[data-control=more]").click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def close(self):
        faults = (self.errors, self.page.evaluate("window.violations"))
        self.context.close()
        assert faults == ([], [])


@pytest.fixture
def visit(chromium, origin):
    made = []

    def make(path="/room", browser=None, **context):
        made.append(Visitor(browser or chromium, origin, path, **context))
        return made[-1]

    yield make
    for visitor in made:
        visitor.close()


def person(panel, who):
    return panel.locator(f"[data-person={who}]")


# The words


def test_the_word_list(visit):
    words = visit().page.evaluate("window.words")
    assert len(words) == 2048 == len(set(words))
    assert len({word[:4] for word in words}) == 2048
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)
    assert words == sorted(words)
    # Nobody has to ask whether they heard the whole word.
    assert not [(a, b) for a, b in zip(words, words[1:]) if b.startswith(a)]


def test_who_is_here_says_each_ones_role_key_and_connection(visit):
    ana = visit()
    ana.three()
    ana.does("put('tomas', 'Tomás', { isNew: true, connected: false })")
    ana.does("put('noor', 'Noor', { compared: true })")
    ana.does("put('new', '')")
    panel = ana.open("people")
    expect(panel.get_by_role("heading", name="Who is here")).to_be_visible()
    expect(person(panel, "kofi")).to_contain_text("Co-host")
    expect(person(panel, "kofi")).to_contain_text("Not compared yet")
    expect(person(panel, "tomas")).to_contain_text("Came after you compared")
    expect(person(panel, "tomas")).to_contain_text("Reconnecting")
    expect(person(panel, "noor")).to_contain_text("Words compared")
    expect(person(panel, "new")).to_contain_text("Name not here yet")
    # The line says it too: solid when compared, dashed when not.
    line = "getComputedStyle(element.querySelector('.avatar')).outlineStyle"
    assert person(panel, "noor").evaluate(f"(element) => {line}") == "solid"
    assert person(panel, "kofi").evaluate(f"(element) => {line}") == "dashed"
    expect(ana.page.locator("article[data-participant=noor]").get_by_role("img", name="Words compared")).to_be_visible()
    expect(ana.page.locator("article[data-participant=kofi]").get_by_role("img", name="Not compared yet")).to_be_visible()
    check(ana.page, "who is here")


def test_comparing_by_four_words(visit):
    ana = visit()
    panel = ana.open("people")
    expect(panel.get_by_text("There is nobody to compare with yet.")).to_be_visible()
    expect(panel.get_by_text("All twelve words", exact=True)).to_be_hidden()
    ana.three()
    compare = panel.get_by_role("button", name="Compare", exact=True)
    compare.click()
    assert ana.wished("compare") == [[]]
    ana.does("code('gathering', [], ['kofi', 'mei'])")
    expect(panel.get_by_text("Still awaited: Kofi and Mei")).to_be_visible()
    expect(panel.locator(".words-large")).to_have_count(0)
    check(ana.page, "gathering", ["dark"])
    ana.does("code('gathering', [], ['mei'])")
    expect(panel.get_by_text("Still awaited: Mei")).to_be_visible()
    ana.does("code('shown', argument)", WORDS)
    names = ana.page.evaluate("argument => argument.map((number) => words[number])", WORDS)
    expect(panel.locator(".words-large li")).to_have_text(names)
    expect(panel.get_by_role("list", name="Numbered words").first).to_be_visible()
    check(ana.page, "four words")
    panel.get_by_role("button", name="They match").first.click()
    assert ana.wished("confirmWords") == [[["ana", "kofi", "mei"]]]
    expect(person(panel, "kofi")).to_contain_text("Words compared")
    expect(panel.get_by_text("Compared. Everyone here now is checked.")).to_be_visible()
    expect(ana.page.locator("[data-control=shield]")).to_contain_text("2 of 2 compared")
    ana.does("put('noor', 'Noor', { isNew: true })")
    expect(ana.page.locator("[data-control=shield]")).to_contain_text("2 of 3 compared")


def test_words_that_do_not_come_about(visit):
    ana = visit()
    ana.three()
    panel = ana.open("people")
    ana.does("code('failed', [], ['mei'])")
    expect(panel.get_by_text("The four words did not come about.")).to_be_visible()
    expect(panel.get_by_text("Nothing came from Mei.")).to_be_visible()
    panel.get_by_role("button", name="Try again").click()
    assert ana.wished("compare") == [[]]
    panel.get_by_text("All twelve words", exact=True).click()
    expect(panel.locator(".words li")).to_have_count(12)
    expect(panel.get_by_text(re.compile("Version 7, since "))).to_be_visible()
    roster = ana.page.evaluate("meeting.security.roster.map((number) => words[number]).join(' ')")
    expect(panel.get_by_text(roster)).to_be_visible()
    check(ana.page, "twelve words")
    # The meeting goes on. What is being read stays until the new words are asked for, and the answer is about those
    # who were here then.
    ana.does("put('noor', 'Noor')")
    ana.does("secure({ epoch: 8, words: meeting.security.words.map((word) => (word + 1) % 2048) })")
    expect(panel.get_by_text("The words have changed since")).to_be_visible()
    expect(panel.locator(".words li").first).to_have_text(ana.page.evaluate("words[1203]"))
    check(ana.page, "words that have changed", ["dark"])
    panel.get_by_role("button", name="They match").click()
    assert ana.wished("confirmWords") == [[["ana", "kofi", "mei"]]]
    expect(person(panel, "noor")).to_contain_text("Not compared yet")
    panel.get_by_role("button", name="Show the new words").click()
    expect(panel.get_by_text(re.compile("Version 8, since "))).to_be_visible()
    expect(panel.locator(".words li").first).to_have_text(ana.page.evaluate("words[1204]"))
    panel.get_by_role("button", name="They match").click()
    assert ana.wished("confirmWords")[1] == [["ana", "kofi", "mei", "noor"]]


def test_words_that_differ_say_stop_and_stay(visit):
    ana = visit()
    ana.three()
    panel = ana.open("people")
    ana.does("code('shown', argument)", WORDS)
    panel.get_by_role("button", name="They differ").first.click()
    expect(panel.get_by_text("The words differ.")).to_be_visible()
    expect(panel.get_by_text("Someone may sit between you. Stop and meet again.")).to_be_visible()
    expect(panel.get_by_role("button", name="They match")).to_have_count(0)
    ana.page.wait_for_function("() => said.length > 0")
    assert ana.page.evaluate("said") == ["The words differ. Someone may sit between you. Stop and meet again."]
    expect(ana.page.locator("[data-control=shield]")).to_contain_text("The words differ")
    check(ana.page, "words differ")
    panel.get_by_role("button", name="Leave").click()
    assert ana.wished("leave") == [[]]


# The shield


def test_the_shield_says_who_holds_the_key_and_opens_the_reasons(visit):
    ana = visit()
    shield = ana.page.locator("[data-control=shield]")
    expect(shield).to_have_accessible_name("Only you hold the key")
    ana.three()
    expect(shield).to_contain_text("Only these 3 hold the key")
    expect(shield).to_contain_text("0 of 2 compared")
    panel = ana.open("shield")
    for words in ("Exactly these 3", "You, Kofi, and Mei. Nobody else has the key.", "Encrypted from browser to browser", "SFrame", "MLS, RFC 9420",
                  "Run by one operator: level 0", "This page came from localhost", "A web page trusts the server that sent it", "48,212 frames"):
        expect(panel.get_by_text(words).first).to_be_visible()
    learns = panel.get_by_text("The network address of each connection")
    expect(learns).to_be_hidden()
    panel.get_by_text("What the server still learns").click()
    expect(learns).to_be_visible()
    expect(panel.get_by_text("How loud each voice is")).to_be_visible()
    panel.get_by_text("What could still go wrong").click()
    expect(panel.get_by_text("Anyone inside can record, with or without saying so.")).to_be_visible()
    # Numbers that move don't close what was opened, and don't take the focus.
    ana.does("secure({ frames: { opened: 50000, refused: 3 } })")
    expect(panel.get_by_text("3 frames did not open")).to_be_visible()
    expect(learns).to_be_visible()
    check(ana.page, "shield")
    assert not re.search("100|percent|safe|military|padlock", panel.inner_text().lower())
    panel.get_by_role("button", name="Compare").click()
    expect(ana.page.locator("[data-panel=people]")).to_be_visible()


WARNINGS = {
    "fork": "The group has split", "silent": "Nothing heard from Kofi for 30 seconds", "withheld": "Messages from Kofi are missing",
    "mediaWithheld": "Sound or picture of Kofi does not arrive", "unreadableFrames": "Frames said to be from Kofi do not open",
    "refusedCommit": "Kofi sent a change that breaks the rules", "reopened": "The others refused a change by Kofi",
    "nodeRemoves": "The node asks to remove Kofi",
    "foreignCard": "The node’s room is not the one of your link", "unreadableMessages": "Messages came that do not open",
    "falseHostAct": "Kofi tried to act as a host",
    "refusedProposal": "A change was asked for that nobody may make",
    "rulesChanged": "The meeting’s rules changed while you were away",
}


def test_every_warning_has_its_words_and_stays_until_it_is_put_aside(visit):
    ana = visit()
    ana.three()
    for kind, title in WARNINGS.items():
        ana.does(f"warn('{kind}', 'kofi', {'argument' if kind == 'refusedCommit' else 'undefined'})", "lobby")
        ana.page.wait_for_function("(title) => said.some((text) => text.startsWith(title))", arg=title)
        banner = ana.page.locator(f"[data-warning={kind}]")
        expect(banner).to_contain_text(title)
        if kind == "refusedCommit":
            expect(banner).to_contain_text("Reason: somebody was let in by one who may not do that")
        banner.get_by_role("button", name="Noted").click()
        expect(banner).to_have_count(0)
    assert len(ana.page.evaluate("said")) == len(WARNINGS)
    expect(ana.page.locator(".warnings")).to_be_hidden()
    panel = ana.open("shield")
    for title in WARNINGS.values():
        expect(panel.get_by_text(title, exact=True)).to_be_visible()
    expect(panel.get_by_role("button", name="Noted")).to_have_count(0)
    check(ana.page, "log of warnings", ["dark"])


def test_many_warnings_do_not_cover_the_meeting(visit):
    ana = visit()
    ana.three()
    for kind, who in (("silent", "kofi"), ("silent", "mei"), ("withheld", "mei"), ("mediaWithheld", "mei"), ("fork", None)):
        ana.does("warn(...argument)", [kind, who])
    banners = ana.page.locator("[data-warning]")
    expect(banners).to_have_count(2)
    # The worst first; several of a kind together, by name.
    expect(banners.nth(0)).to_contain_text("The group has split")
    check(ana.page, "warnings")
    expect(ana.page.locator("[data-control=shield]")).to_contain_text("5 things to look at")
    ana.page.get_by_role("button", name="See all 4").click()
    panel = ana.page.locator("[data-panel=security]")
    expect(panel.get_by_role("button", name=re.compile("^Noted"))).to_have_count(5)
    expect(banners.first).to_be_hidden()
    panel.get_by_role("button", name="Noted: The group has split").click()
    expect(panel.get_by_role("button", name=re.compile("^Noted"))).to_have_count(4)
    ana.page.keyboard.press("Escape")
    expect(ana.page.get_by_role("button", name="See all 3")).to_be_visible()
    banners.first.get_by_role("button").click()
    expect(ana.page.get_by_text("Nothing heard from Mei and Kofi for 30 seconds")).to_be_visible()
    # What was put aside is still so.
    expect(ana.page.locator("[data-control=shield]")).to_contain_text("Who holds the key is in doubt")


# Before


def test_before_going_in_it_says_what_holds_and_what_is_open(visit):
    ana = visit("/before")
    card = ana.page.get_by_role("complementary", name="How far you can trust this")
    for words in ("Encrypted from browser to browser", "Names are seen only by those inside", "Run by one operator: level 0",
                  "What it says of itself counts as claimed by the operator.", "This page came from", "Nobody is checked yet", "What could still go wrong"):
        expect(card.get_by_text(words).first).to_be_visible()
    expect(card.get_by_role("list", name="Assurance level 0 of 3").get_by_role("listitem")).to_have_count(4)
    expect(ana.page.get_by_text("Rules of this meeting")).to_have_count(0)
    check(ana.page, "before")
    assert "not end-to-end" not in ana.page.locator("body").inner_text().lower()


def test_who_starts_a_meeting_sets_its_rules(visit):
    ana = visit("/before?starting")
    ana.page.get_by_text("Rules of this meeting").click()
    ana.page.get_by_label("Accountable meeting").check()
    check(ana.page, "before, starting")
    ana.page.get_by_label("Your name").fill("Ana")
    ana.page.get_by_role("button", name="Start the meeting").click()
    assert ana.page.evaluate("founded") == {"name": "Ana", "founding": {"lobby": False, "accountable": True}}


def test_an_accountable_meeting_asks_before_anyone_is_seen(visit):
    ana = visit()
    for answer, button in ((False, "Stay out"), (True, "Go in")):
        ana.page.evaluate("() => { window.answer = undefined; agreeTo({ accountable: true }).then((answer) => { window.answer = answer; }); }")
        dialog = ana.page.get_by_role("dialog", name="This meeting is accountable")
        expect(dialog).to_contain_text("it can count as evidence")
        check(ana.page, "accountable", ["light"])
        dialog.get_by_role("button", name=button).click()
        ana.page.wait_for_function("() => window.answer !== undefined")
        assert ana.page.evaluate("window.answer") is answer
    assert ana.page.evaluate("agreeTo({ accountable: false })") is True
    ana.does("rule({ accountable: true })")
    expect(ana.open("shield").get_by_text("An accountable meeting")).to_be_visible()


def test_at_the_door_the_name_is_for_those_inside(visit):
    ana = visit("/door")
    expect(ana.page.get_by_text("Those inside can read your name. The node cannot.")).to_be_visible()
    check(ana.page, "door", ["light"])


# The host


def test_knocks_carry_names_and_say_when_the_link_is_old(visit):
    ana = visit()
    ana.three()
    ana.does("knock('noor', 'Noor')")
    note = ana.page.locator("[data-note=knock]")
    expect(note).to_contain_text("Noor is at the door")
    ana.does("knock('lena', 'Lena', true)")
    expect(note).to_contain_text("2 people are at the door")
    panel = ana.open("people")
    expect(panel.locator(".at-door").filter(has_text="Lena")).to_contain_text("With an old link")
    panel.get_by_role("button", name="Let in: Noor").click()
    panel.get_by_role("button", name="Refuse: Lena").click()
    assert (ana.wished("admit"), ana.wished("deny")) == ([["noor"]], [["lena"]])
    # A guest sees nobody at the door, unless no host is here and the rules let them.
    ana.does("become('guest')")
    expect(panel.locator(".at-door")).to_have_count(0)
    ana.does("rule({ absence: 'membersAdmit' })")
    expect(panel.locator(".at-door")).to_have_count(0)
    ana.does("put('kofi', 'Kofi', { role: 'guest' })")
    expect(panel.locator(".at-door")).to_have_count(2)


def test_a_new_link_goes_into_the_address_and_to_the_clipboard(visit):
    ana = visit()
    ana.three()
    ana.more("Make a new link")
    dialog = ana.page.get_by_role("dialog", name="Make a new link?")
    expect(dialog).to_contain_text("The old link then only knocks")
    check(ana.page, "reset link", ["light"])
    dialog.get_by_role("button", name="Make a new link").click()
    assert ana.wished("resetLink") == [[]]
    ana.does("renewLink()")
    note = ana.page.locator("[data-note=link]")
    expect(note).to_contain_text("The link has changed. The old one only knocks now.")
    assert ana.page.url.endswith("#BBBBBBBBBBBBBBBBBBBBBA")
    note.get_by_role("button", name="Copy the link").click()
    ana.page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.endsWith('/m#BBBBBBBBBBBBBBBBBBBBBA'))")
    # The page has not gone to another meeting.
    assert ana.wished("leave") == []


def test_removing_somebody_says_what_becomes_of_the_link(visit):
    ana = visit()
    ana.three()
    panel = ana.open("people")
    panel.get_by_role("button", name="Choices for Mei").click()
    ana.page.get_by_role("menuitem", name="Remove from the meeting").click()
    dialog = ana.page.get_by_role("dialog", name="Remove Mei?")
    expect(dialog).to_contain_text("the old one only knocks from then on")
    dialog.get_by_role("button", name="Remove").click()
    assert ana.wished("remove") == [["mei"]]


def test_the_rules_of_a_meeting(visit):
    ana = visit()
    ana.three()
    ana.more("Rules of the meeting")
    dialog = ana.page.get_by_role("dialog", name="Rules of the meeting")
    expect(dialog.get_by_label("Keep the door")).to_be_checked()
    expect(dialog.get_by_text("Not accountable, fixed when the meeting began")).to_be_visible()
    check(ana.page, "rules")
    dialog.get_by_label("Keep the door").uncheck()
    dialog.get_by_label("Locked: nobody new but a host").check()
    dialog.get_by_label("Nothing of what was written before").check()
    dialog.get_by_label("Anyone inside may let them in").check()
    assert [ana.wished(name) for name in ("setLobby", "lock", "setHistory", "setAbsence")] == [[[False]], [[True]], [["nothing"]], [["membersAdmit"]]]
    ana.does("rule({ history: 'nothing', locked: true })")
    dialog.get_by_role("button", name="Done").click()
    expect(ana.open("chat").get_by_text("Whoever comes later sees nothing of it.")).to_be_visible()
    ana.page.keyboard.press("Escape")
    # Two of them are the host's alone.
    ana.does("become('cohost')")
    ana.more("Rules of the meeting")
    expect(dialog.get_by_label("Nothing of what was written before")).to_be_disabled()
    expect(dialog.get_by_text("Only the host changes these two.")).to_be_visible()


# Recording


def test_a_recording_is_told_first_seen_by_all_and_saved_as_a_film(visit):
    record(visit())


def test_a_recording_in_firefox(visit, firefox):
    # Without a sound card Firefox runs no AudioContext, so there is nothing to be heard in the film.
    record(visit(browser=firefox), mixes=False)


def record(ana, mixes=True):
    picture = "data:image/svg+xml," + "<svg xmlns='http://www.w3.org/2000/svg' width='960' height='540'><rect width='960' height='540' fill='teal'/></svg>".replace("<", "%3C").replace(">", "%3E").replace("#", "%23")
    ana.three()
    # A browser lets no page make sound before somebody has clicked.
    ana.page.get_by_role("heading", level=1).click()
    ana.does("show('mei', argument, true)", picture)
    expect(ana.page.locator("article[data-participant=mei] video")).to_be_visible()
    ana.page.evaluate("""() => {
        const start = MediaRecorder.prototype.start;
        MediaRecorder.prototype.start = function (...values) { meeting.calls.push(["film"]); start.apply(this, values); };
        const address = URL.createObjectURL;
        URL.createObjectURL = (film) => { window.film = film; return address(film); };
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () { window.file = this.download; click.call(this); };
    }""")
    ana.more("Record this meeting")
    dialog = ana.page.get_by_role("dialog", name="Record this meeting?")
    expect(dialog).to_contain_text("Everyone sees that you record")
    assert ana.wished("setRecording") == []
    dialog.get_by_role("button", name="Start recording").click()
    sign = ana.page.locator(".recording-sign")
    expect(sign).to_contain_text("You are recording")
    expect(ana.page.locator("article[data-participant=ana] .flag", has_text="Recording")).to_be_visible()
    ana.page.wait_for_function("() => meeting.calls.some(([name]) => name === 'film')")
    # The word to the others came before the first frame.
    order = [call[0] for call in ana.page.evaluate("meeting.calls") if call[0] in ("setRecording", "film")]
    assert order == ["setRecording", "film"]
    ana.page.wait_for_function("() => document.querySelector('article[data-participant=mei] video').currentTime > 2")
    sign.get_by_role("button", name="Stop and save").click()
    expect(sign).to_be_hidden()
    assert ana.wished("setRecording") == [[True], [False]]
    ana.page.wait_for_function("() => window.file !== undefined")
    assert re.fullmatch(r"vigil-\d{4}-\d\d-\d\d-\d{6}\.(webm|mp4)", ana.page.evaluate("file"))
    # It plays: pictures of the film's size, and sound.
    seen = ana.page.evaluate("""async () => {
        const video = document.createElement("video");
        video.muted = true;
        video.src = URL.createObjectURL(film);
        await new Promise((resolve, reject) => { video.onloadeddata = resolve; video.onerror = () => reject(video.error); });
        const sound = await new AudioContext().decodeAudioData(await film.arrayBuffer());
        const level = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        return [video.videoWidth, video.videoHeight, level > 0.1];
    }""")
    assert seen[:2] == [1280, 720]
    assert seen[2] or not mixes


def test_everyone_sees_who_records(visit):
    ana = visit()
    ana.three()
    ana.does("put('kofi', 'Kofi', { recording: true })")
    sign = ana.page.locator(".recording-sign")
    expect(sign).to_have_text("Kofi is recording")
    expect(ana.page.locator("#polite")).to_have_text("Kofi started recording")
    expect(ana.page.locator("article[data-participant=kofi] .flag", has_text="Recording")).to_be_visible()
    expect(person(ana.open("people"), "kofi")).to_contain_text("Recording")
    check(ana.page, "somebody records")
    ana.does("put('mei', 'Mei', { recording: true })")
    expect(sign).to_have_text("2 people are recording")
    ana.does("put('kofi', 'Kofi', { recording: false })")
    ana.does("put('mei', 'Mei', { recording: false })")
    expect(sign).to_be_hidden()
    expect(ana.page.locator("#polite")).to_have_text("Mei stopped recording")


def test_a_recording_is_saved_when_the_meeting_ends(visit):
    ana = visit()
    ana.three()
    ana.more("Record this meeting")
    ana.page.get_by_role("button", name="Start recording").click()
    expect(ana.page.locator(".recording-sign")).to_be_visible()
    with ana.page.expect_download() as download:
        ana.does("over('ended', 'Kofi')")
    assert download.value.suggested_filename.startswith("vigil-")
    expect(ana.page.get_by_text("Kofi ended it for everyone, and signed for it.")).to_be_visible()


# The ends


ENDS = {
    "left": "You left the meeting", "removed": "A host removed you", "ended": "The meeting has ended", "denied": "You were not let in",
    "locked": "The meeting is locked", "notFound": "Nobody has opened this room", "full": "The room is full", "unreachable": "The node does not answer",
    "replaced": "You are in from elsewhere", "declined": "You stayed out", "foreignRoom": "This is not the meeting of your link",
    "interrupted": "Interrupted without a host’s act",
}


@pytest.mark.parametrize("reason", ENDS)
def test_each_end_has_its_page(visit, reason):
    ana = visit()
    ana.does("over(argument)", reason)
    heading = ana.page.get_by_role("heading", name=ENDS[reason], level=1)
    expect(heading).to_be_focused()
    check(ana.page, f"over: {reason}", ["dark"])


def test_interrupted_claims_no_more_than_is_known(visit):
    ana = visit()
    ana.does("over('interrupted')")
    main = ana.page.get_by_role("main")
    for words in ("No host signed for this", "A host who ends a meeting or removes someone signs for it.", "Why is not known", "agree on another node"):
        expect(main.get_by_text(words).first).to_be_visible()
    assert "order" not in main.inner_text() and "lawful" not in main.inner_text()
    check(ana.page, "interrupted")
    main.get_by_role("button", name="Try again").click()
    assert ana.page.evaluate("again") == 1


# Phones, keyboard, languages


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_all_of_it_on_a_phone_in_each_language(visit, language):
    ana = visit(viewport=PHONE)
    ana.page.evaluate("(language) => localStorage.setItem('vigil.language', language)", language)
    ana.page.reload()
    ana.page.wait_for_function("() => window.meeting !== undefined")
    ana.three()

    def look(state):
        expect_no_sideways_scroll(ana.page, f"{language}: {state}")
        check(ana.page, f"phone, {language}: {state}", ["dark"])
        if language != "en":
            text = ana.page.locator("#page").inner_text()
            english = [word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in
                       {"Ana", "Kofi", "Mei", "Vigil", "English", "localhost", "SFrame", "AES", "GCM", "MLS", "RFC", "lobby"}
                       and word not in ana.page.evaluate("words")]
            assert english == [], (state, english)

    ana.does("put('kofi', 'Kofi', { recording: true })")
    ana.does("warn('refusedCommit', 'kofi', 'lobby')")
    expect(ana.page.locator("[data-warning]")).to_be_visible()
    look("a warning")
    ana.open("shield")
    for summary in ana.page.locator("[data-panel=security] summary").all():
        summary.click()
    look("shield")
    ana.page.keyboard.press("Escape")
    ana.does("code('shown', argument)", WORDS)
    panel = ana.open("people")
    panel.locator("summary").click()
    for button in panel.locator(".answers .btn:visible").all():
        button.scroll_into_view_if_needed()
        assert button.bounding_box()["height"] >= 44
    look("words")
    ana.page.keyboard.press("Escape")
    ana.does("over('interrupted')")
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    look("interrupted")


def test_comparing_by_keyboard_alone(visit):
    ana = visit()
    ana.three()
    shield = ana.page.locator("[data-control=shield]")
    tab_to(ana.page, shield)
    ana.page.keyboard.press("Enter")
    panel = ana.page.locator("[data-panel=security]")
    tab_to(ana.page, panel.get_by_role("button", name="Compare"))
    ana.page.keyboard.press("Enter")
    people = ana.page.locator("[data-panel=people]")
    expect(people).to_be_visible()
    tab_to(ana.page, people.get_by_role("button", name="Compare", exact=True))
    ana.page.keyboard.press("Enter")
    ana.does("code('gathering', [], ['kofi'])")
    ana.does("code('shown', argument)", WORDS)
    tab_to(ana.page, people.get_by_role("button", name="They match").first)
    ana.page.keyboard.press("Enter")
    assert ana.wished("confirmWords") == [[["ana", "kofi", "mei"]]]
    ana.page.keyboard.press("Escape")
    expect(shield).to_be_focused()

# SPDX-License-Identifier: Apache-2.0
"""Sound and pictures through SFrame in the browsers' own transforms: what opens is seen and heard, and nothing else is.

Members live in pages, each with the client's own worker, publisher and subscriber; descriptions go from one to the other
through this file, from browser to browser too. There is no node: what a bad one could do, an attacker's transform does.
"""

import re

import pytest

from page_files import handler, serving

PEOPLE = {"ana": 1, "ben": 2, "chen": 5}
STREAMS = ("ana/camera", "ana/microphone")


@pytest.fixture(scope="module")
def origin(security_policy):
    # The node's own, with one more name for the attacker's worker.
    assert "worker-src 'self'" in security_policy and "trusted-types vigil-frames" in security_policy
    rules = security_policy.replace("trusted-types vigil-frames", "trusted-types vigil-frames test-attacker")

    fields = {"Content-Security-Policy": rules, "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
    with serving(handler(fields=fields)) as origin:
        yield origin


class Member:
    """A member in a page; two may share one."""

    def __init__(self, page, name, leaf=None):
        self.page, self.name = page, name
        self.ask("join", PEOPLE[name] if leaf is None else leaf)

    def ask(self, what, *arguments):
        return self.page.evaluate(
            "async ([what, ...given]) => { const frames = await import('/tests/frames.js'); return await frames[what](...given); }",
            [what, self.name, *arguments])

    def epoch(self, number, people=None, sending=True, **options):
        self.ask("addEpoch", number, PEOPLE if people is None else people, options)
        if sending:
            self.ask("startSending", number)
        return self

    def watch(self, sender, how=None, entries=None):
        """Takes what `sender` publishes, directly; `entries` says what the node would say of the sections."""
        self.take(sender, sender.ask("publish", how), entries)

    def take(self, sender, offer, entries=None):
        named = [{**track, "participant": sender.name, **(entries or {}).get(track["source"], {})} for track in offer["tracks"]]
        sender.ask("answered", self.ask("subscribe", offer, named))

    def expect_media(self, *streams):
        for stream in streams or STREAMS:
            self.ask("expectPicture" if stream.endswith(("camera", "screen")) else "expectSound", stream)

    def expect_counts(self, condition, stream=None):
        """Waits until the counts, of one stream or of all, are as the script expression says; returns them."""
        return self.page.evaluate(
            "async ([name, stream]) => { const frames = await import('/tests/frames.js');"
            f" return await frames.expectCounts(name, (counts) => ({condition}), stream); }}", [self.name, stream])

    def expect_nothing(self, reason, streams=STREAMS, at_least=60):
        """Many frames of each stream came and were refused for `reason`; none was seen or heard."""
        for stream in streams:
            # Far more sound than pictures: encoders give up for a while when nobody says that they arrive.
            least = at_least if stream.endswith("microphone") else 3
            counted = self.expect_counts(f"({reason}) >= {least}", stream)
            assert counted["opened"] == 0, counted
            seen = self.ask("look", stream)
            assert seen["packets"] > 0
            assert (seen["frames"], seen["energy"], seen["picture"]) == (0, 0, None), seen


@pytest.fixture
def pages(request, origin):
    """Fresh pages: `pages("chromium")`."""
    opened = []

    def make(browser):
        page = request.getfixturevalue(browser).new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.add_init_script("""window.violations = []; document.addEventListener("securitypolicyviolation", (event) =>
            window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));""")
        page.goto(f"{origin}/blank")
        opened.append((page, faults))
        return page

    yield make
    for page, faults in opened:
        violations = page.evaluate("window.violations")
        page.close()
        assert (faults, violations) == ([], [])


@pytest.fixture(params=["chromium", "firefox"])
def page(request, pages):
    return pages(request.param)


@pytest.mark.parametrize("sending,receiving", [
    ("chromium", "chromium"), ("firefox", "firefox"), ("chromium", "firefox"), ("firefox", "chromium")])
def test_pictures_and_sound_arrive_with_the_right_keys(pages, sending, receiving):
    out = pages(sending)
    ana = Member(out, "ana").epoch(1)
    ben = Member(out if sending == receiving else pages(receiving), "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    for source in ("camera", "microphone"):
        sealed = ana.expect_counts(f"counts.sealed.{source} > 20")
        opened = ben.expect_counts("counts.opened > 20", f"ana/{source}")
        assert opened["refused"] == {}
        assert sealed["held"] == {} and sealed["streams"] == []
    # Nothing but what can be sealed was negotiated.
    assert ben.ask("look", "ana/camera")["codec"] == "video/VP8"
    assert ana.ask("refused") == ben.ask("refused") == []


def test_nothing_is_offered_but_what_can_be_sealed(page):
    offer = Member(page, "ana").ask("publish")
    assert set(re.findall(r"a=rtpmap:\d+ ([\w-]+)/", offer["sdp"])) == {"opus", "VP8", "VP9", "rtx"}
    described = set(re.findall(r"a=(?:rtcp-fb|fmtp|rtpmap):(\d+)", offer["sdp"]))
    assert described <= {number for line in re.findall(r"m=\w+ \d+ \S+ (.*)", offer["sdp"]) for number in line.split()}


def test_nothing_decodes_with_a_wrong_key(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1, seed=99)
    ben.watch(ana)
    ben.expect_nothing("counts.refused.authentication")


def test_nothing_decodes_without_a_key(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben")
    ben.watch(ana)
    ben.expect_nothing("counts.refused.noKey")


def test_plain_frames_are_never_shown(page):
    ana, ben = Member(page, "ana"), Member(page, "ben").epoch(1)
    ben.watch(ana, "plain")
    ben.expect_nothing("Object.values(counts.refused).reduce((sum, count) => sum + count, 0)")


def test_nothing_leaves_before_there_are_keys_and_all_of_it_afterwards(page):
    ana, ben = Member(page, "ana"), Member(page, "ben").epoch(1)
    ben.watch(ana)
    for source in ("camera", "microphone"):
        ana.expect_counts(f"counts.held.{source}?.noKey > 20")
    assert ana.ask("counts")["sealed"] == {}
    assert ben.ask("counts")["streams"] == []
    ana.epoch(1)
    ben.expect_media()
    ana.ask("forget")
    held = ana.ask("counts")["held"]["microphone"]["noKey"]
    ana.expect_counts(f"counts.held.microphone.noKey > {held + 50}")
    sealed = ana.ask("counts")["sealed"]
    ana.expect_counts(f"counts.held.microphone.noKey > {held + 100}")
    assert ana.ask("counts")["sealed"] == sealed


def test_a_section_for_somebody_else_shows_nothing_of_this_sender(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    swapped = {source: {"participant": "chen"} for source in ("camera", "microphone")}
    ben.watch(ana, entries=swapped)
    ben.expect_nothing("counts.refused.misattributed", ["chen/camera", "chen/microphone"])


def test_a_section_for_another_source_shows_nothing(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana, entries={"camera": {"source": "screen"}, "microphone": {"source": "screenAudio"}})
    ben.expect_nothing("counts.refused.misattributed", ["ana/screen", "ana/screenAudio"])


def test_another_member_cannot_send_in_a_section_of_ana(page):
    ana, ben = Member(page, "ana"), Member(page, "ben").epoch(1)
    ben.watch(ana, {"leaf": PEOPLE["chen"]})
    ben.expect_nothing("counts.refused.misattributed")


@pytest.mark.parametrize("attack,reason", [
    ("cut", "(counts.refused.authentication ?? 0) + (counts.refused.malformed ?? 0)"),
    ("flip", "Object.values(counts.refused).reduce((sum, count) => sum + count, 0)"),
    ("clear byte", "counts.refused.authentication"),
])
def test_changed_frames_are_never_shown(page, attack, reason):
    ana, ben = Member(page, "ana"), Member(page, "ben").epoch(1)
    ben.watch(ana, {"leaf": PEOPLE["ana"], "attack": attack})
    ben.expect_nothing(reason)


def test_a_replayed_frame_is_not_heard_again(page):
    ana, ben = Member(page, "ana"), Member(page, "ben").epoch(1)
    ben.watch(ana, {"leaf": PEOPLE["ana"], "attack": "replay"})
    for stream, least in (("ana/microphone", 100), ("ana/camera", 3)):
        counted = ben.expect_counts(f"counts.refused.replayed > {least}", stream)
        opened = counted["opened"]
        later = ben.expect_counts(f"counts.refused.replayed > {counted['refused']['replayed'] + least}", stream)
        assert set(later["refused"]) == {"replayed"}
        # The honest beginning, and not one frame more.
        assert later["opened"] == opened


def test_who_is_not_in_the_newest_epoch_is_refused_in_older_ones_too(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    without = {name: leaf for name, leaf in PEOPLE.items() if name != "ana"}
    ben.epoch(2, without, sending=False)
    opened = {stream: ben.expect_counts("counts.refused.departed > 2", stream)["opened"] for stream in STREAMS}
    for stream in STREAMS:
        ben.expect_counts("counts.refused.departed > 5", stream)
    assert {stream: ben.expect_counts("true", stream)["opened"] for stream in STREAMS} == opened


def test_epochs_change_without_a_visible_gap(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    for number in (2, 3, 4):
        pictures = ben.ask("look", "ana/camera")["keyFrames"]
        for member in (ana, ben):
            member.epoch(number, sending=False)
        for member in (ana, ben):
            member.ask("startSending", number)
        for stream in STREAMS:
            gap = ben.expect_counts(f"counts.epochGap?.epoch === '{number}'", stream)["epochGap"]
            since = "before the change" if gap["since"] is None else f"{gap['since']:.0f} ms after the change"
            print(f"{page.context.browser.browser_type.name}, epoch {number}, {stream}: pause {gap['pause']:.0f} ms, "
                  f"first frame {since} here")
            assert gap["pause"] < 1000
        # Who has just got the keys begins with a whole picture.
        ben.ask("expectKeyFrame", pictures)
    ben.expect_media()
    assert [ben.expect_counts("true", stream)["refused"] for stream in STREAMS] == [{}, {}]


def test_keys_that_come_too_late_cost_frames_but_not_the_picture(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    ana.epoch(2)
    for stream in STREAMS:
        ben.expect_counts("counts.refused.noKey > 5", stream)
    pictures = ben.ask("look", "ana/camera")["keyFrames"]
    ben.epoch(2)
    print(f"a key frame came {ben.ask('expectKeyFrame', pictures):.0f} ms after the keys")
    ben.expect_media()


def test_a_section_changes_hands_and_another_source_comes_and_goes(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    # The screen's section is new; the camera's is said to be for somebody else from now on.
    ben.take(ana, ana.ask("setTrack", "screen", True), {"camera": {"participant": "chen"}})
    ben.expect_media("ana/screen", "ana/microphone")
    ben.expect_counts("counts.refused.misattributed > 3", "chen/camera")
    opened = ben.expect_counts("true", "ana/camera")["opened"]
    ben.expect_counts("counts.refused.misattributed > 10", "chen/camera")
    assert ben.expect_counts("true", "ana/camera")["opened"] == opened
    ben.take(ana, ana.ask("setTrack", "screen", False))
    ben.expect_media()
    ben.take(ana, ana.ask("setTrack", "screen", True))
    ben.expect_media(*STREAMS, "ana/screen")
    assert ben.expect_counts("true", "ana/screen")["refused"] == {}


def test_another_camera_is_sealed_by_the_same_transform(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    ana.ask("replaceCamera")
    ben.expect_media()
    assert ben.expect_counts("true", "ana/camera")["refused"] == {}


def test_new_connections_use_the_same_keys_and_counts(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    before = ben.expect_counts("counts.opened > 20", "ana/microphone")["opened"]
    for member in (ana, ben):
        member.ask("hangUp")
    ben.watch(ana)
    ben.expect_media()
    counted = ben.expect_counts(f"counts.opened > {before + 20}", "ana/microphone")
    assert counted["refused"] == {}


def test_every_layer_is_sealed_and_opened(page):
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ana.ask("answered", ben.ask("subscribeLayers", ana.ask("publish"), "ana"))
    # Two prove it: whether there is room for a third is for the browser's estimate to say.
    ben.ask("expectWidths", [160, 320])
    counted = ben.expect_counts("counts.opened > 60", "ana/camera")
    assert counted["refused"] == {}
    assert ana.ask("counts")["held"] == {}


def test_the_core_breaks_off_in_the_worker_and_media_goes_on(pages):
    page = pages("chromium")  # playwright reaches no worker of Firefox
    ana, ben = Member(page, "ana").epoch(1), Member(page, "ben").epoch(1)
    ben.watch(ana)
    ben.expect_media()
    for worker in page.workers:
        worker.evaluate("""() => {
            const real = DataView.prototype.setUint32;
            DataView.prototype.setUint32 = function () { DataView.prototype.setUint32 = real; throw new Error("a fault of the core"); };
        }""")
    for stream in STREAMS:
        opened = ben.expect_counts("true", stream)["opened"]
        ben.expect_counts(f"counts.opened > {opened + 30}", stream)
    ben.expect_media()
    faults = [ana.ask("counts")["held"], *(ben.expect_counts("true", stream)["refused"] for stream in STREAMS)]
    assert sum(refused.get("fault", 0) for one in faults for refused in (*one.values(), one) if isinstance(refused, dict)) == 2


def unit(page, name):
    return page.evaluate("async (name) => (await import('/tests/frames-unit.js'))[name]()", name)


def test_order_is_kept_whatever_cipher_is_quicker(page):
    seen = unit(page, "order")
    assert seen["opened"] == list(range(300))
    assert seen["counts"]["opened"] == seen["sealed"]["camera"] == 300


def test_frames_ahead_of_their_keys_wait_within_bounds(page):
    seen = unit(page, "waiting")
    # The oldest gave way.
    assert seen["opened"] == list(range(36, 100))
    assert seen["refused"] == {"noKey": 36}
    assert seen["asked"] >= 1


def test_frames_whose_keys_do_not_come_are_dropped(page):
    seen = unit(page, "patience")
    assert seen["waited"] >= 990 and seen["passed"] == 0 and seen["asked"] >= 1
    assert seen["far"] < 900


def test_a_repeat_is_passed_on_and_a_replay_is_not(page):
    assert unit(page, "repeats") == {"opened": [0, 1, 0], "elsewhere": 0}


def test_what_is_left_of_a_sections_former_sender_is_blamed_on_nobody(page):
    seen = unit(page, "changedSection")
    assert seen["opened"] == [1, 4]
    assert seen["counts"]["refused"] == {}


def test_codecs_that_break_are_neither_sent_nor_received(page):
    seen = unit(page, "codecs")
    assert seen["clear"] == {"video/VP8 key": 10, "video/VP8": 3, "video/VP9": 0, "audio/opus": 0}
    assert seen["held"] == {"camera": {"codec": 4}}
    assert seen["refused"] == {"codec": 4} and seen["passed"] == 0


def test_old_epochs_end_after_ten_seconds(page):
    assert unit(page, "deadlines") == [15_000, "ana", None, "noKey"]


def test_an_epoch_that_was_given_up_comes_again_with_another_key(page):
    assert unit(page, "givenUp") == {
        "silent": True, "due": None, "between": "ana", "again": "ana", "lost": "authentication", "last": "ana",
        "ended": None, "old": "noKey", "held": "sframe.staleEpoch"}


def test_forgotten_keys_open_and_seal_nothing(page):
    assert unit(page, "forgotten") == {"opened": "noKey", "sealed": None, "cores": 2, "again": "ana", "wiped": True}


def test_keys_survive_a_trap_of_the_core(page):
    assert unit(page, "traps") == {"first": "ana", "broke": True, "restored": "ana", "next": "ana"}

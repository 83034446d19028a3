# SPDX-License-Identifier: Apache-2.0
"""A stranger reads the public log in a browser: what is in order is said to be, what isn't is named, and nothing is claimed beyond."""

import os
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

import told_log
from test_accessibility import check, expect_no_sideways_scroll
from told_log import entry, refused_case, story, visits


@pytest.fixture(scope="session")
def program(binary):
    """Makes logs: Tests/LogProcess."""
    path = binary.parent / "LogProcess"
    assert path.exists(), f"no LogProcess beside {binary}"
    return path


@pytest.fixture(scope="session")
def told(program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("told") / "log"
    told_log.make(program, folder, story())
    return folder


@pytest.fixture
def copied(told, tmp_path):
    """A copy for a test to change."""
    return shutil.copytree(told, tmp_path / "log")


@pytest.fixture
def visit(security_policy):
    with visits(security_policy, "/log") as visit:
        yield visit


def checks(page):
    return page.locator("#checks")


def expect_in_order(page, count):
    expect(checks(page)).to_contain_text(f"All {count} entries lead to the signed root")
    expect(checks(page).locator(".is-no")).to_have_count(0)
    expect(page.locator("#faults")).to_have_count(0)


def rewrite(folder, name, change):
    """Changes a file of the log that is served under one name or another."""
    files = [path for path in folder.glob(f"public/{name}*/**/*") if path.is_file()] or [folder / "public" / name]
    assert files, name
    for path in files:
        path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_a_stranger_reads_a_log_and_one_case_of_it(told, visit, request, browser_name):
    page = visit(told, request.getfixturevalue(browser_name))
    expect_in_order(page, len(story()))
    expect(checks(page)).to_contain_text("Enough witnesses cosigned: 3 of 3")
    expect(checks(page)).to_contain_text("You see this log for the first time")
    expect(page.locator(".table tbody tr")).to_have_count(len(story()))
    expect(page.locator(".table tbody tr").first).to_contain_text("0.11.0")
    expect(page.locator(".witnesses li")).to_have_count(3)
    expect(page.locator(".plot .growth")).to_have_count(1)
    # What isn't checked is said as plainly.
    unchecked = page.locator("#unchecked")
    expect(unchecked).to_contain_text("An altered node could alter the page")
    expect(unchecked).to_contain_text("The keys are those that the node itself names")
    expect(unchecked).to_contain_text("never logged")

    page.locator("#case").select_option(told_log.Case(2, 0).id)
    life = page.locator(".life li")
    expect(life).to_have_count(10)
    expect(life.first).to_contain_text("Contact registered")
    expect(life.first).to_contain_text("liaison-us, for US")
    expect(life.nth(5)).to_contain_text("Second signature: approve")
    expect(life.last).to_contain_text("Case closed: carried out")

    page.locator('[data-entry="3"]').click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("pre")).to_have_text(story()[3].strip())
    expect(dialog).to_contain_text(told_log.leaf(story()[3]))
    page.keyboard.press("Escape")
    page.locator("#find").fill("999")
    page.keyboard.press("Enter")
    expect(page.locator("#find-note")).to_contain_text("no such entry")


def test_a_link_leads_to_a_case(told, visit, chromium):
    page = visit(told, chromium, f"/log#case={told_log.Case(1, 0).id}")
    expect(page.locator(".life li")).to_have_count(4)
    expect(page.locator(".life li").last).to_contain_text("refused")


def test_the_log_of_a_real_node(node, chromium):
    page = chromium.new_context(locale="en-GB").new_page()
    page.goto(node.url)
    page.get_by_role("link", name="Public log").click()
    expect(checks(page)).to_contain_text("lead to the signed root")
    expect(checks(page)).to_contain_text("No witnesses: another log could be shown to others")
    expect(page.locator(".table tbody tr").first).to_contain_text("started")
    page.goto(node.url + "/log/")
    assert page.url == node.url + "/log"
    page.context.close()


def test_every_type_and_every_word_is_understood(program, visit, chromium, tmp_path):
    """The browser's build reads entries as the native one does: that one wrote these."""
    words = told_log.every_word()
    told_log.make(program, tmp_path / "log", words)
    page = visit(tmp_path / "log", chromium)
    expect_in_order(page, len(words))
    while page.locator("#older").count():
        shown = page.locator(".table tbody tr").count()
        page.locator("#older").click()
        expect(page.locator(".table tbody tr")).not_to_have_count(shown)
    expect(page.locator(".table tbody tr")).to_have_count(len(words))
    table = page.locator(".table").inner_text()
    assert not re.search("doesn’t know|Not written|{", table), table


def test_a_changed_entry_is_named(copied, visit, chromium):
    rewrite(copied, "tile/entries", lambda bundle: bundle.replace(b"outcome refused", b"outcome expired"))
    page = visit(copied, chromium)
    expect(page.locator("#faults")).to_contain_text("isn't the entry whose hash is in the tile")
    expect(page.locator("#faults")).to_contain_text("lead to another root")
    expect(checks(page)).to_contain_text("Entries shown here have no proof that holds")
    expect(page.locator(".table tbody tr")).to_have_count(0)


def test_a_changed_tile_is_named(copied, visit, chromium):
    rewrite(copied, "tile/0", lambda tile: tile[:-1] + bytes([tile[-1] ^ 1]))
    page = visit(copied, chromium)
    expect(page.locator("#faults")).to_be_visible()
    expect(page.locator("#faults")).to_contain_text("entry")


def test_a_checkpoint_of_another_key_is_refused(copied, visit, chromium):
    rewrite(copied, "checkpoint", lambda note: note.replace(b"\n26\n", b"\n25\n"))
    page = visit(copied, chromium)
    expect(page.locator("#faults")).to_contain_text("checkpoint")
    expect(checks(page)).to_contain_text("The checkpoint isn’t signed by the log’s key")


def test_too_few_witnesses_are_said_to_be_too_few(copied, visit, chromium):
    lines = (copied / "public/checkpoint").read_bytes().split(b"\n")
    kept = [line for line in lines if b"witness.example/w1" not in line and b"witness.example/w2" not in line]
    (copied / "public/checkpoint").write_bytes(b"\n".join(kept))
    page = visit(copied, chromium)
    expect(checks(page)).to_contain_text("Too few witnesses cosigned: 1 of 3")
    expect(page.locator(".witnesses .late")).to_have_count(2)
    expect(page.locator("#faults")).to_contain_text("too few")


def test_a_log_that_was_set_back_is_found_out(program, told, visit, chromium, tmp_path):
    """Seen longer before: the same browser, the same address, an earlier state of the log, rightly signed."""
    longer = shutil.copytree(told, tmp_path / "log")
    page = visit(longer, chromium)
    expect_in_order(page, len(story()))
    earlier = tmp_path / "earlier"
    shutil.copytree(longer, earlier, ignore=shutil.ignore_patterns("public", "record", "stage", "witness-*", "lock"))
    told_log.make(program, earlier, story()[:9])
    shutil.rmtree(longer / "public")
    shutil.copytree(earlier / "public", longer / "public")
    page.reload()
    expect(page.locator("#faults")).to_contain_text("shrank from 26 entries to 9")
    expect(checks(page)).not_to_contain_text("Nothing you saw before has changed")


def test_what_was_seen_before_has_not_changed(copied, visit, chromium):
    page = visit(copied, chromium)
    expect_in_order(page, len(story()))
    page.reload()
    expect(checks(page)).to_contain_text("Nothing you saw before has changed")


def test_broken_rules_of_cases_are_named(program, visit, chromium, tmp_path):
    lonely = refused_case(3, 100)
    broken = [*refused_case(1, 0).entries, lonely.entries[1], entry("incident", 9_000, f"document {told_log.digest('x')}")]
    owed = told_log.Case(4, 20).add("contact", "actor liaison-nl", "requester undisclosed", "instrument warrant",
                                    f"commitment {told_log.digest('c')}", f"due {told_log.moment(60)}")
    told_log.make(program, tmp_path / "log", broken + owed.entries)
    page = visit(tmp_path / "log", chromium)
    expect(page.locator("#faults")).to_contain_text("follows an entry, but its case has none")
    expect(page.locator("#faults")).to_contain_text("should have been opened by " + told_log.moment(60))
    expect(checks(page)).to_contain_text("2 things are not as they should be")


def test_a_long_log_is_read_whole_when_asked(program, visit, chromium, tmp_path_factory, security_policy):
    folder = tmp_path_factory.mktemp("long") / "log"
    subprocess.run([str(program), "make", str(folder), "20100"], check=True, timeout=600)
    keys = (folder / "keys").read_text().splitlines()
    (folder / "policy").write_text(f"log {keys[0]}\n" + "".join(f"witness w{n} {key}\n" for n, key in enumerate(keys[1:])) + "group g 2 w0 w1 w2\nquorum g\n")
    page = visit(folder, chromium)
    expect(checks(page)).to_contain_text("Whether all 20,100 entries lead to the root")
    expect(checks(page)).to_contain_text("The newest entries are in the signed tree")
    page.locator("#find").fill("300")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Its proof leads to the signed root of 20,100 entries")
    page.keyboard.press("Escape")
    page.locator("#read-all").click()
    expect_in_order(page, "20,100")


def test_own_keys_judge_instead_of_the_nodes(told, copied, visit, chromium):
    page = visit(copied, chromium)
    expect_in_order(page, len(story()))
    page.locator("#own-keys").click()
    policy = page.get_by_role("dialog").locator("textarea")
    policy.fill("log nonsense\nquorum none\n")
    page.get_by_role("button", name="Judge by these").click()
    expect(page.get_by_role("dialog")).to_contain_text("That is no policy: line 1")
    policy.fill((told / "policy").read_text())
    page.get_by_role("button", name="Judge by these").click()
    expect(page.locator("#keys-whose")).to_have_text("Yours")
    expect_in_order(page, len(story()))
    expect(page.locator("#unchecked")).not_to_contain_text("The keys are those that the node itself names")
    # A node that changes over to another key doesn't change whose keys count.
    (copied / "policy").write_text("log other.example/log+00000000+AAAA\nquorum none\n")
    page.reload()
    expect_in_order(page, len(story()))
    page.locator("#forget-keys").click()
    expect(page.locator("#unreadable")).to_be_visible()


def test_a_log_that_cannot_be_read_is_not_called_false(copied, visit, chromium):
    shutil.rmtree(copied / "public")
    os.remove(copied / "policy")
    page = visit(copied, chromium)
    expect(page.locator("#unreadable")).to_contain_text("That says nothing about the log yet")
    expect(page.locator("#faults")).to_have_count(0)


def test_the_page_is_usable_by_everybody(told, visit, chromium):
    page = visit(told, chromium)
    expect_in_order(page, len(story()))
    check(page, "the log")
    page.set_viewport_size({"width": 360, "height": 740})
    expect_no_sideways_scroll(page, "the log")
    page.locator("select.lang").select_option("zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("公开日志")
    words = set(re.findall(r"[A-Za-z]{4,}", page.locator("#checks").inner_text()))
    assert words == set(), words

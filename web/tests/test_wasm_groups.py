# SPDX-License-Identifier: Apache-2.0
"""Groups in the core, in real browsers: what a meeting does, the same bytes as natively, traps, hostile input."""

import os
import re

import pytest

from test_wasm import ROOT, origin, vectors  # noqa: F401 (a fixture)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def page(request, origin):  # noqa: F811
    browser = request.getfixturevalue(request.param)
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{origin}/blank")
    page.browser_name = request.param
    yield page
    page.close()
    assert faults == []


def ask(page, expression, argument=None):
    return page.evaluate(
        "async (argument) => { const core = await import('/tests/core-groups.js'); return " + expression + "; }",
        argument)


@pytest.mark.parametrize("suite", [1, 2, 3])
def test_a_meetings_life(page, suite):
    assert ask(page, "core.life(argument)", suite) == {
        "founded": ["ana", "ben", "chen"], "state": [1, 2, 4, "active", suite],
        "update": [2, 1, "ben"], "pending": "mls.pendingProposals", "updated": ["ben"],
        "knock": ["dana", suite, True], "withoutKey": "mls.preSharedKeyUnknown",
        "added": [["dana"], None, [1, 4]], "withoutTree": "mls.treeMissing",
        "external": ["newMemberCommit", "ed", True],
        "removed": [True, ["chen"], "removed", "mls.removed"],
        "waiting": 2, "both": [["flo"], ["ben"], [True, True]],
        "heard": ["hello", "1", "flo", 6], "again": "mls.keyAlreadyUsed",
        "extensions": [3, 5], "fromOutside": {"kind": "external", "index": 0},
        "staged": [True, "commit"], "dropped": [False, "mls.nothingStaged"], "agreed": True}


def test_branches_and_successors(page):
    assert ask(page, "core.successors()") == {
        "orphan": "mls.preSharedKeyUnknown", "branch": [True, ["ana", "ben"]],
        "status": ["reinitialized", "mls.reinitialized"], "next": [3, "next", True]}


def test_a_trap_and_everybody_comes_back(page):
    assert ask(page, "core.recovery()") == {
        "isTrap": True, "lost": True, "again": "commit", "agreed": True, "heard": "two", "next": "three"}


@pytest.mark.parametrize("path,least", [("mls/passive-client-welcome.json", 24),
                                        ("mls/passive-client-handling-commit.json", 39)])
def test_official_passive_clients(page, path, least):
    found = ask(page, "core.passive(argument)", vectors(path))
    print(f"{path} in {page.browser_name} by the shipped operations: {found['passed']} passed, "
          f"{len(found['failed'])} failed, {found['outOfScope']} out of scope (suites the browser's core lacks)")
    assert found["failed"] == []
    assert found["passed"] >= least


def hail(page, count, seed):
    found = page.evaluate(
        "async (argument) => (await import('/tests/core-groups-hail.js')).hail(argument.count, argument.seed)",
        {"count": count, "seed": seed})
    print(f"hail in {page.browser_name}: {found['calls']} calls, {found['answered']} answered, refused for "
          f"{len(found['reasons'])} reasons, {found['memory'] // 1024} KiB of memory")
    assert found["generations"] == 0
    assert len(found["reasons"]) > 20
    # What two snapshots of a small group and a message take, many times over; nothing piles up.
    assert found["memory"] < 24 * 2**20


def test_hostile_input_to_every_operation_is_refused_and_never_traps(page):
    hail(page, 8000, 9420)


@pytest.mark.skipif(not os.environ.get("VIGIL_SOAK"), reason="long: VIGIL_SOAK=1")
def test_hostile_input_for_long(page):
    for seed in range(int(os.environ.get("VIGIL_SOAK_HAILS", "20"))):
        hail(page, 20_000, seed)


def digests():
    native = (ROOT / "Tests" / "MLSTests" / "Groups" / "TranscriptTests.swift").read_text()
    return {int(suite): digest for suite, digest in re.findall(r'\((\d), "([0-9a-f]{64})"\)', native)}


@pytest.mark.parametrize("suite", [1, 3])
def test_a_groups_life_is_the_native_one_to_the_byte(page, suite):
    """By the shipped operations. Not P-256, whose signatures never come out the same twice."""
    assert ask(page, "core.transcript(argument)", suite) == digests()[suite]

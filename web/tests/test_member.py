# SPDX-License-Identifier: Apache-2.0
"""The member in the browser's core: its encodings, a meeting founded, a trap survived, hostile input."""

import pytest

from test_wasm import origin  # noqa: F401 (a fixture)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def page(request, origin):  # noqa: F811
    page = request.getfixturevalue(request.param).new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{origin}/blank")
    yield page
    page.close()
    assert faults == []


def ask(page, expression):
    return page.evaluate(
        "async () => { const member = await import('/tests/member.js'); return " + expression + "; }")


def test_every_kind_of_input_and_output_is_written_and_read_as_in_swift(page):
    """Tests/MembershipTests/MemberWireTests.swift holds the other side to the same file."""
    assert ask(page, "await member.fixture()") == {"wrong": [], "missing": []}


def test_what_cant_be_said_is_refused_and_lengths_are_right(page):
    found = ask(page, "member.edges()")
    assert found["lengths"]
    assert found["refused"] == [False] * 9


def test_an_organiser_founds_a_meeting_in_the_core(page):
    assert ask(page, "member.founding()") == {
        "asked": ["own", "phase", "join"], "founded": ["found"], "role": "host", "name": "Ana", "words": 12, "phase": "inside",
        "isSameLink": True, "kept": [0, True], "waits": True, "guest": None, "afterwards": "core.unknownHandle"}


def test_after_a_trap_another_member_with_the_same_keys_comes_back(page):
    assert ask(page, "member.recovery()") == {
        "before": True, "generations": 1, "trapped": ["lost"], "after": ["join"], "ids": 1}


def test_nearly_right_input_at_every_stage_never_traps(page):
    found = ask(page, "member.hail(120, 4)")
    assert found["taken"] == 3600
    assert found["generations"] == 0
    assert found["memory"] < 24 * 2**20

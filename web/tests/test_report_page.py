# SPDX-License-Identifier: Apache-2.0
"""The report is counted in the reader's browser, from the log alone; nothing is counted from a log that isn't in order."""

import pytest
from playwright.sync_api import expect

from test_accessibility import check, expect_no_sideways_scroll
from test_log_page import copied, program, told, visit  # noqa: F401 (fixtures)


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_a_stranger_counts_the_report(visit, told, engine, request):
    page = visit(told, request.getfixturevalue(engine), "/report")
    expect(page.locator("[data-figure=claims] b")).to_have_text("0")
    expect(page.locator("[data-figure=overdue] b")).to_have_text("0")
    # One of two requests came to an order; the other was refused.
    expect(page.locator("[data-figure=orders] b")).to_have_text("1")
    expect(page.locator("[data-figure=orders]")).to_contain_text("United States")
    expect(page.locator("#faults, #unreadable")).to_have_count(0)
    check(page, "report")
    page.set_viewport_size({"width": 360, "height": 780})
    expect_no_sideways_scroll(page, "report, narrow")


def test_an_edited_entry_leaves_nothing_counted(visit, copied, chromium):
    edited = 0
    for bundle in (copied / "public/tile/entries").rglob("*"):
        if not bundle.is_file() or b"outcome refused" not in bundle.read_bytes():
            continue
        bundle.chmod(0o600)
        bundle.write_bytes(bundle.read_bytes().replace(b"outcome refused", b"outcome expired"))
        edited += 1
    assert edited > 0
    page = visit(copied, chromium, "/report")
    expect(page.locator("#faults")).to_be_visible()
    expect(page.locator("#headline")).to_have_count(0)

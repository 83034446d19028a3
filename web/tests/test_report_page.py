# SPDX-License-Identifier: Apache-2.0
"""The transparency report in a browser: counted from the log alone, the same bytes as the command line and as Python without our code."""

import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

import told_log
from page_files import ROOT
from test_accessibility import check, expect_no_sideways_scroll
from told_log import Case, carried_out_case, digest, entry, moment, refused_case, visits


def story():
    """Requests of three countries in three months, a claim that an incident answers and one that nothing does, a seal not opened in time."""
    texts = [entry("charter", 0, "version 1", f"document {digest('charter')}")]
    for number in range(6):
        texts += refused_case(number, 2_000 + 14_000 * number).entries
    texts += carried_out_case(10, 30_000).entries
    narrowed = Case(11, 50_000).add("contact", "actor liaison-us", "requester US", "instrument subpoena")
    texts += narrowed.add("closed", "outcome narrowed").entries
    texts += Case(12, 60_000).add("contact", "actor liaison-nl", "requester undisclosed", "instrument warrant",
                                  f"commitment {digest('sealed')}", f"due {moment(9_000_000)}").entries
    texts += [entry("interruption-claim", 70_000 + place, f"node {digest('node')}", f"document {digest(claim)}") for place, claim in enumerate("ab")]
    texts.append(entry("incident", 71_000, f"document {digest('a')}"))
    return sorted(texts, key=lambda text: text.split("\n")[2])


@pytest.fixture(scope="session")
def told(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "log"
    told_log.make(binary.parent / "LogProcess", folder, story())
    return folder


@pytest.fixture
def visit(security_policy):
    with visits(security_policy, "/report") as visit:
        yield visit


def figure(page, name):
    return page.locator(f'[data-figure="{name}"]')


def recounted(folder, *options):
    return subprocess.run([sys.executable, str(ROOT / "scripts" / "recount-report"), str(folder / "public"), *options],
                          check=True, capture_output=True, timeout=120).stdout


@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_everybody_counts_the_same_bytes(told, visit, binary, request, browser_name):
    page = visit(told, request.getfixturevalue(browser_name))
    expect(page.locator("#checks")).to_contain_text(f"all {len(story())} entries")
    found = recounted(told)
    command = [str(binary.parent / "vigil"), "report", f"{page.origin}/log", "--policy", str(told / "policy")]
    assert found == subprocess.run([*command, "--json"], check=True, capture_output=True, timeout=120).stdout
    expect(page.locator("#report-hash")).to_have_text(hashlib.sha256(found).hexdigest())
    if browser_name == "firefox":
        return  # Playwright isn't told of downloads by a Firefox that it didn't bring itself.
    with page.expect_download() as download:
        page.locator("#report-json").click()
    assert found == pathlib.Path(download.value.path()).read_bytes()
    with page.expect_download() as download:
        page.locator("#report-text").click()
    text = pathlib.Path(download.value.path()).read_bytes()
    assert text == subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def test_the_three_numbers_the_plots_and_the_tables_behind_them(told, visit, chromium):
    page = visit(told, chromium)
    expect(figure(page, "claims").locator("b")).to_have_text("1")
    expect(figure(page, "overdue").locator("b")).to_have_text("0")
    expect(figure(page, "orders").locator("b")).to_have_text("1")
    expect(figure(page, "orders")).to_contain_text("United States 1")
    expect(page.get_by_role("heading", name="Most requests were refused")).to_be_visible()
    expect(page.locator(".plot-card .plot")).to_have_count(3)
    expect(page.locator(".dot")).to_have_count(8)
    expect(page.locator(".dot-open")).to_have_count(1)
    table = page.locator('.plot-card [data-table="months"]')
    table.locator("summary").click()
    expect(table.locator("tbody tr")).to_have_count(len(json.loads(recounted(told))["tables"]["months"]["rows"]))
    unmatched = page.locator('[data-table="unmatched"]')
    unmatched.locator("summary").click()
    expect(unmatched.locator("tbody tr")).to_have_count(1)
    expect(unmatched).to_contain_text(digest("b"))


def test_a_period_is_counted_when_asked(told, visit, chromium):
    page = visit(told, chromium)
    expect(figure(page, "orders").locator("b")).to_have_text("1")
    page.locator("#to").fill("9")
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.locator("#lead")).to_contain_text("Entries 0 to 9")
    expect(figure(page, "orders").locator("b")).to_have_text("0")
    with page.expect_download() as download:
        page.locator("#report-json").click()
    assert pathlib.Path(download.value.path()).read_bytes() == recounted(told, "--to-size", "9")
    page.locator("#to").fill("999")
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.locator("#period-note")).to_contain_text("There is no such period")
    expect(page.locator("#headline")).to_have_count(0)


def test_of_a_log_that_is_not_in_order_no_figure_is_shown(told, visit, chromium, tmp_path):
    folder = shutil.copytree(told, tmp_path / "log")
    for path in folder.glob("public/tile/entries/**/*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"outcome refused", b"outcome expired"))
    page = visit(folder, chromium)
    expect(page.locator("#faults")).to_be_visible()
    expect(page.locator("#checks")).to_contain_text("there is no report")
    expect(page.locator("#headline")).to_have_count(0)
    expect(page.locator("#report-json")).to_have_count(0)


def test_the_page_is_usable_by_everybody(told, visit, chromium):
    page = visit(told, chromium)
    expect(page.locator("#headline")).to_be_visible()
    page.locator('.plot-card [data-table="months"] summary').click()
    check(page, "the report")
    page.set_viewport_size({"width": 360, "height": 740})
    expect_no_sideways_scroll(page, "the report")
    page.locator("select.lang").select_option("zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("有人要求了什么，我们做了什么")

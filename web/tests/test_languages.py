# SPDX-License-Identifier: Apache-2.0
"""English, simplified and traditional Chinese say the same things, and each person gets their own."""

import re

import pytest
from playwright.sync_api import expect

# Every entry of a string table as {key: [placeholders]}; one that counts becomes two entries.
TABLES = """
async () => {
    const tables = {};
    for (const name of ["en", "zh-Hans", "zh-Hant"]) {
        const { strings } = await import(`/app/strings/${name}.js`);
        tables[name] = Object.entries(strings);
    }
    return tables;
}
"""

TITLES = {"en": "Before you go in", "zh-Hans": "进去之前", "zh-Hant": "進去之前"}


def placeholders(entry) -> set:
    texts = [entry] if isinstance(entry, str) else list(entry.values())
    return {frozenset(re.findall(r"\{(\w+)\}", text)) for text in texts}


@pytest.fixture(scope="module")
def tables(chromium, node):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(node.url)
    yield {name: dict(entries) for name, entries in page.evaluate(TABLES).items()}
    context.close()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_every_string_exists_in_every_language(tables, language):
    english, other = tables["en"], tables[language]
    assert list(english) == list(other)
    assert len(english) > 200
    for key, entry in english.items():
        # Chinese does not tell one from many, so it may have one form where English has two.
        assert isinstance(other[key], str) or isinstance(entry, dict), key
        assert placeholders(entry) == placeholders(other[key]), key
        for text in [other[key]] if isinstance(other[key], str) else other[key].values():
            assert text.strip() != "", key


@pytest.mark.parametrize("wanted, language", [
    (["zh-CN"], "zh-Hans"), (["zh-SG", "en"], "zh-Hans"), (["zh-Hans-HK"], "zh-Hans"),
    (["zh-TW"], "zh-Hant"), (["fr-FR", "zh-HK", "en"], "zh-Hant"), (["zh-Hant"], "zh-Hant"),
    (["de", "en-GB", "zh-CN"], "en"), (["sw"], "en"),
])
def test_the_browser_says_which_language(node, chromium, wanted, language):
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(f"Object.defineProperty(navigator, 'languages', {{ get: () => {wanted!r} }})")
    page.goto(f"{node.url}/m#{'A' * 22}")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[language])
    expect(page.locator("html")).to_have_attribute("lang", language)
    context.close()


def test_switching_the_language_changes_every_visible_word(node, people):
    ana, = people("Ana")
    page = ana.page
    page.goto(node.url)
    chinese = re.compile(r"[\u4e00-\u9fff]")
    english = page.locator("body").inner_text()
    assert not chinese.search(english.replace("简体中文", "").replace("繁體中文", ""))
    page.locator("select.lang").select_option("zh-Hant")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("#start")).to_have_text("開始會議")
    # Only names and addresses stay.
    words = set(re.findall(r"[A-Za-z]{3,}", page.locator("body").inner_text()))
    assert words <= {"Vigil", "English", "localhost"}, words
    page.locator("select.lang").select_option("zh-Hans")
    page.locator("#start").click()
    # The choice goes along, and stays on this device.
    expect(page.get_by_role("heading", level=1)).to_have_text("进去之前")
    page.locator("#name").fill("Ana")
    page.get_by_role("button", name="开始会议", exact=True).click()
    ana.expect_inside()
    expect(ana.control("mute")).to_have_text("静音")
    # In the room the choice is in the devices dialog; nothing there is left in the old language.
    ana.control("more").click()
    page.get_by_role("menuitem", name="摄像头、麦克风、扬声器").click()
    page.get_by_role("dialog").get_by_label("语言").select_option("en")
    expect(ana.control("mute")).to_have_text("Mute")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    room = page.locator(".room").inner_text()
    assert not chinese.search(room), room
    assert page.title() == "Meeting · Vigil"
    ana.expect_no_faults()

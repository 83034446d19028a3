# SPDX-License-Identifier: Apache-2.0
"""Proofs of a large log checked by the auditor in real browsers: log.py FOLDER [--json], FOLDER with `vigil-bench log --fixture`'s file."""

import json
import pathlib
import sys

from playwright.sync_api import sync_playwright

from pages import browsers, served, show


def main():
    folder, as_json = pathlib.Path(sys.argv[1]), "--json" in sys.argv[2:]
    fixture = json.loads((folder / "proofs.json").read_text())
    with served(folder) as origin, sync_playwright() as playwright:
        for launch in (browsers.launch_chromium, browsers.launch_firefox):
            browser = launch(playwright)
            page = browser.new_page()
            page.goto(f"{origin}/blank")
            result = page.evaluate("async () => (await import('/bench/log.js')).run('/fixtures/proofs.json')")
            show({
                "case": f"proofs in a log of {fixture['size']}, {browser.browser_type.name}",
                "verify_us": round(result["microseconds"]), "first_us": round(result["first"]), "load_ms": round(result["load"]),
                "native_us": round(fixture["native_us"]), "ratio": round(result["microseconds"] / fixture["native_us"], 2),
            }, as_json)
            browser.close()


main()

# SPDX-License-Identifier: Apache-2.0
"""`./bench frames`: sealing and opening SFrame frames in the browsers, in the Wasm core and with WebCrypto."""

import argparse
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "web" / "tests"))

import browsers
from page_files import PageFiles, serving
from playwright.sync_api import sync_playwright

SIZES = [160, 1_200, 20_000, 100_000]
CIPHERS = {"core": "core", "webcrypto": "WebCrypto"}

# What the node sends with its pages, as far as it concerns scripts; WebAssembly runs as it does there.
POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"


class Files(PageFiles):
    """The web folder, and beside it the benchmark's own script."""

    fields = {"Content-Security-Policy": POLICY}

    def translate_path(self, path):
        if path == "/frames.js":
            return str(pathlib.Path(__file__).with_name("frames.js"))
        return super().translate_path(path)


def measure(launch, playwright, origin, batches):
    """Rows of one browser, as they come."""
    browser = launch(playwright)
    try:
        name = browser.browser_type.name
        page = browser.new_page()
        page.goto(f"{origin}/blank")
        startup = page.evaluate("async () => (await import('/frames.js')).startup")
        print(f"core in {name}: fetched, compiled and started in {startup:.0f} ms", file=sys.stderr)
        for size in SIZES:
            for cipher, title in CIPHERS.items():
                times = page.evaluate(
                    "async ([cipher, size, batches]) => (await import('/frames.js')).measure(cipher, size, batches)",
                    [cipher, size, batches])
                yield {
                    "case": title, "browser": name, "size": size,
                    "seal_us": round(times["seal"], 1), "open_us": round(times["open"], 1),
                    # Bytes per microsecond are megabytes per second; once through each.
                    "MB/s": round(2 * size / (times["seal"] + times["open"]), 1),
                }
    finally:
        browser.close()


def main():
    parser = argparse.ArgumentParser(prog="./bench frames", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    parser.add_argument("--batches", type=int, default=9, help="batches; the fastest is told")
    options = parser.parse_args()
    assert (ROOT / "web" / "crypto" / "vigil-core.wasm").exists(), "no core: run scripts/build-wasm"
    with serving(Files) as origin, sync_playwright() as playwright:
        if not options.json:
            print(f"{'case':<10} {'browser':<9} {'size':>7} {'seal_us':>9} {'open_us':>9} {'MB/s':>7}")
        for launch in (browsers.launch_chromium, browsers.launch_firefox):
            for row in measure(launch, playwright, origin, options.batches):
                if options.json:
                    print(json.dumps(row), flush=True)
                else:
                    print(f"{row['case']:<10} {row['browser']:<9} {row['size']:>7} {row['seal_us']:>9} "
                          f"{row['open_us']:>9} {row['MB/s']:>7}", flush=True)


if __name__ == "__main__":
    main()

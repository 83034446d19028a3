# SPDX-License-Identifier: Apache-2.0
"""The measurements of `vigil-bench groups` once more, by the Wasm core in a real Chromium: groups.py FOLDER [--json].

FOLDER is what `vigil-bench groups --fixtures` wrote. A row is what `vigil-bench` would print, with `ratio` to native.
Long runs are told by the CPU of the page's thread (Linux's schedstat), short ones by the page's clock.
"""

import json
import pathlib
import sys

from playwright.sync_api import sync_playwright

from pages import browsers, served, show


def thread_cpu(processes):
    """Microseconds of CPU that these processes' main threads have used; None if the system doesn't say."""
    nanoseconds = 0
    for process in processes:
        try:
            nanoseconds += int(pathlib.Path(f"/proc/{process}/task/{process}/schedstat").read_text().split()[0])
        except OSError:
            return None
    return nanoseconds / 1000


def main():
    folder, as_json = pathlib.Path(sys.argv[1]), "--json" in sys.argv[2:]
    with served(folder) as origin, sync_playwright() as playwright:
        browser = browsers.launch_chromium(playwright)
        page = browser.new_page()
        page.goto(f"{origin}/blank")
        running = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        renderers = [process["id"] for process in running if process["type"] == "renderer"]
        page.expose_function("vigilCPU", lambda: thread_cpu(renderers))
        for path in sorted(folder.glob("*.json"), key=lambda path: int(path.stem)):
            fixture = json.loads(path.read_text())
            print(f"{path.stem} members in the browser …", file=sys.stderr, flush=True)
            results = page.evaluate(
                "async (name) => (await import('/bench/groups.js')).run(`/fixtures/${name}`)", path.name)
            for name, result in results.items():
                native = fixture["native"].get(name)
                show({
                    "case": f"{name}, Wasm",
                    "members": fixture["members"],
                    "cpu_us": round(result["least"]),
                    "cpu_us_median": round(result["median"]),
                    "runs": result["runs"],
                    "bytes": result["bytes"],
                    "allocations": None,
                    "native_us": round(native) if native else None,
                    "ratio": round(result["least"] / native, 2) if native else None,
                }, as_json)
        browser.close()


main()

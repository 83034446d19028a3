# SPDX-License-Identifier: Apache-2.0
"""The measurements of `vigil-bench groups` once more, by the Wasm core in a real Chromium: groups.py FOLDER [--json].

FOLDER is what `vigil-bench groups --fixtures` wrote. A row is what `vigil-bench` would print, with `ratio` to native.
Long runs are told by the CPU of the page's thread (Linux's schedstat), short ones by the page's clock.
"""

import functools
import http.server
import json
import pathlib
import sys
import threading

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "web" / "tests"))
import browsers  # noqa: E402


class Files(http.server.SimpleHTTPRequestHandler):
    """The client's folder, with this one below /bench/ and the fixtures below /fixtures/."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map,
                      ".js": "text/javascript", ".wasm": "application/wasm"}

    def __init__(self, *arguments, fixtures, **more):
        self.fixtures = fixtures
        super().__init__(*arguments, **more)

    def translate_path(self, path):
        for prefix, folder in [("/bench/", pathlib.Path(__file__).parent), ("/fixtures/", self.fixtures)]:
            if path.startswith(prefix):
                return str(folder / pathlib.PurePosixPath(path[len(prefix):]).name)
        return super().translate_path(path)

    def do_GET(self):
        if self.path != "/blank":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "15")
        self.end_headers()
        self.wfile.write(b"<!doctype html>")

    def end_headers(self):
        # An isolated page gets a clock of 5 microseconds; other pages one of 100.
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_):
        pass


def show(row, as_json):
    if as_json:
        print(json.dumps(row), flush=True)
    else:
        print("  ".join(f"{name}={value}" for name, value in row.items() if value is not None), flush=True)


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
    handler = functools.partial(Files, directory=str(ROOT / "web"), fixtures=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = browsers.launch_chromium(playwright)
        page = browser.new_page()
        origin = f"http://127.0.0.1:{server.server_address[1]}"
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
        server.shutdown()


main()

# SPDX-License-Identifier: Apache-2.0
"""The client's folder for pages that measure, and how rows are shown."""

import contextlib
import functools
import http.server
import json
import pathlib
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "web" / "tests"))
import browsers  # noqa: E402, F401


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


@contextlib.contextmanager
def served(fixtures):
    """The origin at which the client's folder and the fixtures are."""
    handler = functools.partial(Files, directory=str(ROOT / "web"), fixtures=fixtures)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()

# SPDX-License-Identifier: Apache-2.0
"""The client's folder on a plain web server, for tests and measurements that need no node."""

import contextlib
import http.server
import pathlib
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]


class PageFiles(http.server.SimpleHTTPRequestHandler):
    """web/, and at /blank a page with nothing in it."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map,
                      ".js": "text/javascript", ".wasm": "application/wasm"}
    # What every answer says beside what it is.
    fields: dict[str, str] = {}

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=str(ROOT / "web"))

    def do_GET(self):
        if self.path == "/blank":
            self.send(b"<!doctype html><body>")
        else:
            super().do_GET()

    def send(self, body: bytes, kind="text/html", status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        for name, value in self.fields.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_):
        pass


def handler(of=PageFiles, **members):
    """That handler with these members: its `fields`, or what a subclass asks for."""
    return type(of.__name__, (of,), members)


@contextlib.contextmanager
def serving(of, host="127.0.0.1"):
    """The origin at which the handler answers, on a free port of this machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), of) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{host}:{server.server_address[1]}"
        server.shutdown()

# SPDX-License-Identifier: Apache-2.0
"""Starts and stops a real vigil-server for a test."""

import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Seconds to wait for what must come, on however slow a machine. No test passes or fails by how fast it came.
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, complaint="it never came true"):
    """Looks again and again until the condition holds, and returns what it said; `complaint` may be a function."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := condition()):
        assert time.monotonic() < deadline, complaint() if callable(complaint) else complaint
        time.sleep(0.05)
    return answer


class Server:
    """`with Server(binary) as server:` a node on a free port of localhost, its data in a folder of its own."""

    def __init__(self, binary, options=(), environment=None, log=None, web=ROOT / "web"):
        self.binary = str(binary)
        self.options = list(options)
        self.web = web
        self.environment = {**os.environ, **(environment or {})}
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="vigil-test-")
        self.log_path = pathlib.Path(log or pathlib.Path(self.folder.name) / "output")
        self.process = None

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def folder_path(self) -> pathlib.Path:
        return pathlib.Path(self.folder.name)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def signal_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/signal"

    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def start(self):
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen(
                [self.binary, "--port", str(self.port), "--data", self.folder.name, "--web", str(self.web),
                 *self.options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=PATIENCE):
                    return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if self.process.poll() is not None:
                    raise RuntimeError(f"vigil-server ended with {self.process.returncode}:\n{self.log()}")
                if time.monotonic() > deadline:
                    self.stop()
                    raise RuntimeError(f"vigil-server did not get ready:\n{self.log()}")
                time.sleep(0.05)

    def stop(self, number=signal.SIGTERM) -> int:
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode if self.process else 0

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

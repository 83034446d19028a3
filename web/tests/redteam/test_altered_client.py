# SPDX-License-Identifier: Apache-2.0
"""A node serves an altered client. Who lets it hand them their pages runs it; who brings their own copy doesn't."""

import re
import shutil
import subprocess
import threading

import pytest
from playwright.sync_api import expect

from server import PATIENCE, ROOT, Server

ALTERED = "globalThis.altered = true;\n"


@pytest.fixture
def altered(binary, tmp_path):
    """A node whose pages run more than they should."""
    web = shutil.copytree(ROOT / "web", tmp_path / "web", ignore=shutil.ignore_patterns("tests", "types", "__pycache__"))
    script = web / "app" / "meeting.js"
    script.write_text(script.read_text() + ALTERED)
    with Server(binary, web=web) as node:
        yield node


class OwnCopy:
    """`with OwnCopy(program, link) as own:` `vigil open`, serving its own client on this machine until the end."""

    def __init__(self, program, link):
        self.process = subprocess.Popen([str(program), "open", link], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = []

    def __enter__(self):
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        for line in self.process.stdout:
            self.said.append(line)
            if "Ctrl-C" in line:
                break
        watchdog.cancel()
        self.text = "".join(self.said)
        self.page, self.log = re.findall(r"http://localhost:\d+/\S+", self.text)[:2]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(PATIENCE) is not None
        self.process.stdout.close()


def test_a_copy_of_ones_own_runs_nothing_of_an_altered_node(binary, altered, people, firefox):
    ana, = people("Ana")
    ben, = people("Ben", browser=firefox)
    link = ana.start(altered.url)
    assert ana.page.evaluate("globalThis.altered") is True
    with OwnCopy(binary.parent / "vigil", link) as own:
        assert "WARNING  this client isn't in the node's log" in own.text
        origin = own.page.split("/m.html")[0]
        fetched = []
        ben.page.on("request", lambda request: fetched.append((request.resource_type, request.url)))
        ben.page.goto(own.page)
        facts = ben.page.locator(".trust-card")
        expect(facts).to_contain_text("This page came from your own machine")
        ben.enter("Go in")
        ben.expect_inside()
        expect(ana.tile("Ben")).to_be_visible()
        expect(ben.tile("Ana")).to_be_visible()
        assert ben.page.evaluate("globalThis.altered") is None
        # Of the node there is its socket alone, which Firefox lists as it begins: as a request.
        strangers = {url for kind, url in fetched if not url.startswith((origin, "data:", "blob:"))}
        assert strangers <= {altered.url + "/signal", altered.url.replace("http:", "ws:") + "/signal"}
        assert ben.page.evaluate("window.violations") == []

        # The same copy reads the node's log: as data, checked here.
        ben.leave()
        fetched.clear()
        ben.page.goto(own.log)
        expect(ben.page.locator("#checks")).to_contain_text("lead to the signed root")
        run = [url for kind, url in fetched if kind in ("document", "script", "stylesheet") and not url.startswith(origin)]
        assert run == []
        assert any(url.startswith(altered.url + "/log/") for _, url in fetched)


def test_the_pages_of_a_node_say_that_they_are_the_nodes(altered, people):
    ana, = people("Ana")
    ana.page.goto(altered.url)
    ana.page.locator("#start").click()
    facts = ana.page.locator(".trust-card")
    expect(facts).to_contain_text(f"This page came from localhost:{altered.port}")
    expect(facts).to_contain_text("A web page trusts the server that sent it")

# SPDX-License-Identifier: Apache-2.0
"""The web client is a static bundle: served by anybody, from another origin, it joins a meeting on a node."""

import re

import pytest
from playwright.sync_api import expect

from page_files import PageFiles, serving


@pytest.fixture
def bundle(security_policy):
    """web/ on a static file server of another origin, under the policy that the node itself sends."""
    assert "connect-src 'self' ws: wss:" in security_policy

    requested: list[str] = []

    class Files(PageFiles):
        fields = {"Content-Security-Policy": security_policy}

        def log_message(self, *_):
            requested.append(self.path)

    with serving(Files, "localhost") as origin:
        yield origin, requested


def test_a_bundle_of_another_origin_meets_people_of_the_node(node, people, bundle):
    origin, requested = bundle
    ana, ben = people("Ana", "Ben")
    # Started from the foreign bundle; the address names the node.
    ana.page.goto(f"{origin}/index.html?node={node.url}")
    expect(ana.page.locator("#served")).to_contain_text(f"localhost:{node.port}")
    ana.page.get_by_role("button", name="Start a meeting").click()
    ana.page.wait_for_url(re.compile(r"/m\.html\?node=.*#"))
    ana.enter("Start the meeting")
    ana.expect_inside()
    # What is passed on is the node's own page.
    link = ana.page.locator(".link-text").inner_text()
    assert link.startswith(f"{node.url}/m#")
    ben.join(link)
    ana.expect_moving("Ben")
    ben.expect_moving("Ana")
    # Every file came from the second origin, every word went to the node.
    fetched = ana.page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)")
    assert set(fetched) == {origin}
    assert ana.page.evaluate("window.sockets.map((socket) => socket.url)") == [f"ws://localhost:{node.port}/signal"]
    secret = link.split("#")[1]
    assert requested and not any(secret in path for path in requested)
    for person in (ana, ben):
        person.expect_no_faults()


def test_a_link_pasted_into_a_foreign_bundle_leads_to_its_own_node(node, people, bundle):
    origin, _ = bundle
    ana, ben = people("Ana", "Ben")
    link = ana.start(node.url)
    ben.page.goto(f"{origin}/index.html")
    ben.page.get_by_label("Have a link or a code?").fill(link)
    ben.page.get_by_role("button", name="Join").click()
    ben.enter("Go in")
    ben.expect_inside()
    assert ben.page.url.startswith(origin)
    expect(ana.tile("Ben")).to_be_visible()
    ben.expect_moving("Ana")

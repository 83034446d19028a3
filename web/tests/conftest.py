# SPDX-License-Identifier: Apache-2.0

import os
import pathlib
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

import browsers
from meeting_page import Person
from server import PATIENCE, ROOT, Server

# What a page is to show may take its time on a slow machine.
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def binary():
    named = os.environ.get("VIGIL_SERVER")
    path = pathlib.Path(named) if named else ROOT / ".build" / "debug" / "vigil-server"
    assert path.exists(), f"no server at {path}: run ./test, or set VIGIL_SERVER"
    return path.resolve()


@pytest.fixture(scope="session")
def node(binary, tmp_path_factory):
    """One node for all tests that don't need one of their own; meetings are separate anyway."""
    with Server(binary, log=tmp_path_factory.mktemp("node") / "log") as server:
        yield server


@pytest.fixture(scope="session")
def security_policy(node) -> str:
    """The Content-Security-Policy that a node sends with every page."""
    with urllib.request.urlopen(node.url, timeout=PATIENCE) as page:
        policy = page.headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    return policy


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as instance:
        yield instance


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = browsers.launch_chromium(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright):
    browser = browsers.launch_firefox(playwright)
    yield browser
    browser.close()


@pytest.fixture
def people(chromium):
    """Makes people at Chromium (or another browser) and sees to it that they go home."""
    made = []

    def make(*names, browser=None, **context):
        made.extend(Person(browser or chromium, name, **context) for name in names)
        return made[-len(names):]

    yield make
    for person in made:
        person.close()

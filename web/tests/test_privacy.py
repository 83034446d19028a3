# SPDX-License-Identifier: Apache-2.0
"""What leaves a browser, and what a node writes down."""

import json
import re
import socket
import subprocess

from playwright.sync_api import expect

import browsers
from meeting_page import Person
from server import Server


def test_two_people_meet_and_nothing_goes_anywhere_else(binary, playwright, tmp_path):
    netlog = tmp_path / "netlog.json"
    # Names that can't come up by accident.
    names = ("Anastasia Quillfeather", "Benedikt Yarrowgate")
    with Server(binary, options=["--log-level", "trace"]) as node:
        browser = browsers.launch_chromium(playwright, [f"--log-net-log={netlog}", "--net-log-capture-mode=Everything"])
        seen: list[str] = []  # every address asked for, every header and frame sent
        try:
            ana, ben = (Person(browser, name) for name in names)
            hosts = set()
            for person in (ana, ben):
                def requested(request):
                    seen.append(request.url)
                    seen.append(json.dumps(request.headers))
                    seen.append(request.post_data or "")
                    hosts.add(re.sub(r"^\w+://([^/]*).*", r"\1", request.url))

                def opened(channel):
                    seen.append(channel.url)
                    hosts.add(re.sub(r"^\w+://([^/]*).*", r"\1", channel.url))
                    channel.on("framesent", lambda payload: seen.append(str(payload)))

                person.context.on("request", requested)
                person.page.on("websocket", opened)
            link = ana.start(node.url)
            secret = link.split("#")[1]
            ben.join(link)
            ana.expect_moving(names[1])
            ben.expect_moving(names[0])
            ben.say("Between us")
            ana.open("chat")
            expect(ana.page.get_by_text("Between us", exact=True)).to_be_visible()
            ben.leave()
            expect(ana.tile(names[1])).to_have_count(0)
            ana.leave()
        finally:
            browser.close()
        log = node.log()

        assert hosts == {f"localhost:{node.port}"}
        # The test's own ear is good: the join went by.
        assert any('"type":"join"' in text for text in seen)
        assert not any(secret in text for text in seen)
        # Below the pages: names the browser looked up, sockets it opened.
        reached, own = contacted(netlog), own_addresses() | {"localhost"}
        assert reached & own, "the log shows not even the meeting itself"
        assert reached <= own, reached - own

        # The node at its most talkative.
        assert log.strip() != ""
        for word in (*names, "Anastasia", "Benedikt", secret, "Between us"):
            assert word not in log
        assert not re.search(r"\b\d{1,3}(\.\d{1,3}){3}\b|\[[0-9a-f:]+\]|::1", log)


def own_addresses() -> set:
    addresses = subprocess.run(["ip", "-j", "addr"], capture_output=True, text=True, check=True).stdout
    return {entry["local"] for link in json.loads(addresses) for entry in link.get("addr_info", [])} | {socket.gethostname()}


def contacted(netlog) -> set:
    """Every host that the browser resolved, connected to or sent a datagram to."""
    text = netlog.read_text()
    # A browser that is ended early leaves the list open.
    try:
        log = json.loads(text)
    except json.JSONDecodeError:
        log = json.loads(text.rstrip().rstrip(",") + "]}")
    kinds = {number: name for name, number in log["constants"]["logEventTypes"].items()}
    hosts, connected, sending = set(), {}, set()
    for event in log["events"]:
        kind, parameters, source = kinds[event["type"]], event.get("params", {}), event["source"]["id"]
        if kind in ("TCP_CONNECT_ATTEMPT", "HOST_RESOLVER_MANAGER_JOB", "UDP_BYTES_SENT", "UDP_CONNECT"):
            host = parameters.get("address") or parameters.get("host")
            if host and kind == "UDP_CONNECT":
                connected[source] = name_of(host)
            elif host:
                hosts.add(name_of(host))
            elif kind == "UDP_BYTES_SENT":
                sending.add(source)
    # Chromium connects a datagram socket to a public address to learn whether there is a route, and sends nothing on it.
    return hosts | {host for source, host in connected.items() if source in sending}


def name_of(address: str) -> str:
    return re.sub(r"^\w+://", "", address).rsplit(":", 1)[0].strip("[]")

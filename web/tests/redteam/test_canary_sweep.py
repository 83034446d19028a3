# SPDX-License-Identifier: Apache-2.0
"""A whole meeting, and nothing of it in the node's memory, files and log, nor on the wire; and proof that the sweep sees."""

import base64
import json
import os
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

import member_wire
from aside import Aside
from party import Party
from raw_websocket import RawWebSocket
from server import PATIENCE, Server
from sweep import Canaries, Capture, forms, memory_of, ports_of
from vigil_client import VigilClient
from vigil_member import Invitation, base64url, from_base64url
from wire_types import decode_all


def words(what: str) -> str:
    return f"{what}-{os.urandom(8).hex()}"


@pytest.fixture
def node(binary, tmp_path):
    """One node for one meeting, its folder and its log in a place of their own."""
    with Server(binary, log=tmp_path / "log") as server:
        yield server


def identities_in(*texts: str) -> list[dict]:
    """Those that a page keeps, from what it has stored."""
    found = []
    for text in texts:
        for word in re.findall(r"[A-Za-z0-9_-]{60,}", text or ""):
            try:
                found += decode_all(member_wire.IDENTITY, from_base64url(word))
            except (ValueError, IndexError):
                continue
    return found


def plant_keys(canaries: Canaries, who: str, identities: list[dict]):
    for number, identity in enumerate(identities):
        if identity["signaturePrivateKey"]:
            canaries.plant(f"{who}'s signature key", identity["signaturePrivateKey"])
        for index, link in enumerate(identity["links"]):
            canaries.plant(f"{who}'s link {number}.{index}", link)
        if identity["hosting"]:
            canaries.plant(f"{who}'s host key", identity["hosting"]["hostPrivateKey"])
            canaries.plant(f"{who}'s nonce {number}", identity["hosting"]["nonce"])


def test_a_whole_meeting_leaves_no_word_and_no_key_at_the_node(node, people, firefox, tmp_path):
    names = {who: words(who) for who in ("Anahost", "Benguest", "Cleoout", "Daraside")}
    canaries = Canaries(**names, reaction=words("hurray"))
    said = {what: words(what) for what in ("chat of host", "chat of guest", "private words", "chat after removal")}
    for what, text in said.items():
        canaries.plant(what, text)
    [ana] = people(names["Anahost"])
    [ben] = people(names["Benguest"], browser=firefox)
    # Members without a page: one who is removed, and one who says what pages don't say by themselves.
    aside = Aside()
    for person in (ana, ben):
        # What the page before left for this one, before the application takes it out.
        person.page.add_init_script("window.left = sessionStorage.getItem('vigil.return') ?? ''")
    with Capture(ports_of(node.pid)) as capture:
        link = ana.start(node.url)
        canaries.plant("first link", from_base64url(link.partition("#")[2]))
        ben.join(link)
        cleo = VigilClient(node.signal_url, Invitation.from_link(link), names["Cleoout"])
        aside.do(cleo.enter())
        for here, there in ((ana, ben), (ben, ana)):
            here.expect_moving(there.name)
            here.expect_sound()
        ana.say(said["chat of host"])
        ben.say(said["chat of guest"])
        for what in ("chat of host", "chat of guest"):
            for person in (ana, ben):
                expect(person.page.get_by_text(said[what], exact=True)).to_be_visible()
            aside.do(cleo.wait_for_event("chat", text=said[what]))

        # Somebody is removed, and the link is another one then.
        ana.tile(cleo.name).hover()
        ana.tile(cleo.name).get_by_role("button", name=f"Choices for {cleo.name}").click()
        ana.page.get_by_role("menuitem", name="Remove from the meeting").click()
        ana.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
        assert aside.do(cleo.wait_for_event("over"))["ending"] == "removed"
        plant_keys(canaries, "Cleo", decode_all(member_wire.IDENTITY, cleo.seat.identity))
        aside.do(cleo.close())
        ana.page.wait_for_function("(link) => location.href !== link", arg=link)
        link = ana.page.evaluate("location.href")
        canaries.plant("second link", from_base64url(link.partition("#")[2]))
        ana.say(said["chat after removal"])
        expect(ben.page.get_by_text(said["chat after removal"], exact=True)).to_be_visible()

        # By the new link.
        dara = VigilClient(node.signal_url, Invitation.from_link(link), names["Daraside"])
        aside.do(dara.enter())
        aside.do(dara.wait_until(lambda: {p["name"] for p in dara.seat.people.values()} >= {ana.name, ben.name}))
        boss = next(p for p, entry in dara.seat.people.items() if entry["name"] == ana.name)
        aside.do(dara.say(said["private words"], to=boss))
        aside.do(dara.wish("react", reaction=canaries.needles["reaction"].decode()))
        expect(ana.page.get_by_text(said["private words"], exact=True)).to_be_visible()

        # What the pages keep: of the host in the browser, of both for the page after a reload.
        plant_keys(canaries, "Ana", identities_in(*ana.page.evaluate("Object.values(localStorage)")))
        for person in (ana, ben):
            person.page.reload()
            person.expect_inside()
            plant_keys(canaries, person.name[:3], identities_in(person.page.evaluate("window.left")))
        plant_keys(canaries, "Dara", decode_all(member_wire.IDENTITY, dara.seat.identity))
        assert {"Ana's host key", "Ana's signature key", "Ben's signature key"} <= set(canaries.needles)
        memory = memory_of(node.pid, tmp_path)
        for person in (ben, ana):
            person.leave()
        aside.do(dara.leave())
    assert canaries.found_in(memory) == set()
    assert canaries.found_in(capture.content()) == set()
    assert canaries.found_in_files(node.log_path, node.folder_path) == set()
    # The sweep looked where the meeting was: its public names are all over these places.
    alias = Canaries(alias=from_base64url(dara.seat.alias))
    assert alias.found_in(memory) and alias.found_in(capture.content())


@pytest.mark.parametrize("text", ["Zoë from Łódź", "plain words of a canary"])
def test_every_way_of_writing_is_recognised(text):
    canary, raw = Canaries(canary=text), text.encode()
    written = {
        "raw": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(), "UTF-16LE": text.encode("utf-16-le"),
        "UTF-16BE": text.encode("utf-16-be")}
    for shift in range(3):
        for tail in range(3):
            padded = os.urandom(shift) + raw + os.urandom(tail)
            assert {f for _, f in canary.found_in(b"x" + base64.b64encode(padded))} & {f"base64+{shift}", f"base64url+{shift}"}
            assert {f for _, f in canary.found_in(b"x" + base64.urlsafe_b64encode(padded))} & {
                f"base64+{shift}", f"base64url+{shift}"}
    for form, data in written.items():
        assert ("canary", form) in canary.found_in(os.urandom(999) + data + os.urandom(999))
    assert canary.found_in(os.urandom(1 << 20)) == set()
    if not text.isascii():
        assert ("canary", "JSON") in canary.found_in(json.dumps(text).encode())
    assert all(len(form) >= 8 for form in forms(raw).values())


def test_the_sweep_sees_what_is_leaked_on_purpose(node, tmp_path):
    """A name where the sealed knock belongs, which the node holds and hands on; a secret in a request's path; a word in a
    file of the node's, as if it had written it."""
    name, secret, word = words("Leakedname"), base64url(os.urandom(24)), words("leaked")
    canaries = Canaries(name=name, secret=secret, word=word)
    with Party(node) as party, Capture(ports_of(node.pid)) as capture:
        host = party.found("Host")
        assert canaries.found_in(memory_of(node.pid, tmp_path)) == set()
        stranger = RawWebSocket(node)
        assert stranger.join(host.seat.alias)["type"] == "door"
        stranger.send({"type": "knock", "knock": base64url(name.encode()), "name": name})
        stranger.receive(lambda m: m["type"] == "waiting")
        host.receive(lambda m: m["type"] == "knock")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{node.url}/{secret}", timeout=PATIENCE)
        with open(node.folder_path / "state", "wb") as file:
            file.write(bytes(5000) + word.encode("utf-16-le") + bytes(100))
        with open(node.log_path, "a") as log:
            log.write(f"knock from {word.encode().hex()}\n")
        memory = memory_of(node.pid, tmp_path)
        stranger.socket.close()
    content = capture.content()
    assert ("name", "raw") in canaries.found_in(memory)
    # From the stranger under a mask, in clear and as the knock; to the host as the knock.
    assert {("name", "raw"), ("name", "base64+0"), ("secret", "raw")} <= canaries.found_in(content)
    # Among zeros both orders of bytes fit.
    assert ("word", "UTF-16LE") in canaries.found_in_files(node.folder_path)
    assert canaries.found_in_files(node.log_path) == {("word", "hex")}

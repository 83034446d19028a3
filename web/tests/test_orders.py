# SPDX-License-Identifier: Apache-2.0
"""Bundles of orders judged in real browsers: every verdict of Tests/Fixtures/governance, which the native module wrote and an
independent Python script repeats (scripts/verify-order)."""

import base64

import pytest

from server import ROOT

FOLDER = ROOT / "Tests" / "Fixtures" / "governance"

JUDGE = """
async (cases) => {
    const { Auditor } = await import("/audit/auditor.js");
    const auditor = await Auditor.load();
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const verdicts = [];
    for (const { bundle, checkpoint, genesis, now, stops, flip } of cases) {
        const file = bytes(bundle);
        if (flip !== null) file[flip[0]] ^= flip[1];
        try {
            auditor.verifyOrder(file, bytes(genesis), bytes(checkpoint), stops.map(bytes), now);
            verdicts.push("permit");
        } catch (refusal) {
            verdicts.push(refusal.reason ?? String(refusal));
        }
    }
    return verdicts;
}
"""


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def read_cases():
    cases, verdicts = [], []
    for line in (FOLDER / "cases.txt").read_text().splitlines():
        bundle, checkpoint, genesis, now, stop, flip, verdict = line.split()
        place = None if flip == "none" else [int(part) for part in flip.split(":")]
        cases.append({
            "bundle": text((FOLDER / bundle).read_bytes()), "checkpoint": text((FOLDER / checkpoint).read_bytes()),
            "genesis": text(bytes.fromhex(genesis)), "now": int(now), "flip": place,
            "stops": [] if stop == "none" else [text((FOLDER / stop).read_bytes())],
        })
        verdicts.append(verdict)
    return cases, verdicts


@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_every_verdict_is_the_same_in_the_browser(node, request, browser_name):
    cases, verdicts = read_cases()
    assert len(cases) > 100 and "permit" in verdicts
    context = request.getfixturevalue(browser_name).new_context()
    page = context.new_page()
    page.goto(node.url + "/log")
    # In pieces: all bundles together are long.
    found = [verdict for start in range(0, len(cases), 50) for verdict in page.evaluate(JUDGE, cases[start:start + 50])]
    assert [verdict.removeprefix("order.") for verdict in found] == verdicts
    context.close()

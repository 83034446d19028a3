# SPDX-License-Identifier: Apache-2.0
"""All official vectors of MLS in real browsers: the very runners of vigil-vectors, built for WebAssembly."""

import base64
import collections
import os
import re

import pytest

from test_wasm import ROOT, origin, raw_vectors  # noqa: F401 (a fixture)
from test_wasm_groups import digests

MODULE = ROOT / "web" / "tests" / "core-vectors.wasm"

# file, vectors that must pass at least in the suites the browser's core has
FILES = [
    ("mls/tree-math.json", 10),
    ("mls/deserialization.json", 14),
    ("mls/crypto-basics.json", 3),
    ("mls/secret-tree.json", 9),
    ("mls/key-schedule.json", 3),
    ("mls/psk_secret.json", 33),
    ("mls/transcript-hashes.json", 3),
    ("mls/message-protection.json", 3),
    ("mls/messages.json", 300),
    ("mls/tree-operations.json", 5),
    ("mls/tree-validation.json", 42),
    ("mls/treekem.json", 33),
    ("mls/welcome.json", 3),
    ("mls/passive-client-welcome.json", 24),
    ("mls/passive-client-handling-commit.json", 39),
    ("mls/passive-client-random.json", 1),
    ("sframe/test-vectors.json", 297),
]


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def page(request, origin):  # noqa: F811
    if not MODULE.exists():
        pytest.skip("no runners: scripts/build-wasm-vectors")
    page = request.getfixturevalue(request.param).new_page()
    page.goto(f"{origin}/blank")
    page.browser_name = request.param
    yield page
    page.close()


CALL = """async ({ operation, fields }) => {
    const { Core } = await import("/crypto/core.js");
    globalThis.runners ??= await Core.load(fetch("/tests/core-vectors.wasm"));
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const fit = (field) => typeof field === "string" ? bytes(field)
        : { as: field.as, value: field.as === 8 ? BigInt(field.value) : field.value };
    return new TextDecoder().decode(globalThis.runners.call(operation, fields.map(fit)));
}"""


def call(page, operation, *fields):
    fit = [base64.b64encode(field).decode() if isinstance(field, bytes) else field for field in fields]
    return page.evaluate(CALL, {"operation": operation, "fields": fit})


@pytest.mark.parametrize("path,least", FILES, ids=[path for path, _ in FILES])
def test_official_vectors_pass(page, path, least):
    area, file = path.removesuffix(".json").split("/")
    kind = f"mls-{file}" if area == "mls" else area
    counts, *notes = call(page, 1, kind.encode(), raw_vectors(path)).split("\n")
    passed, failed, skipped = map(int, re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped", counts).groups())
    reasons = collections.Counter(note.split(": ", 1)[1] for note in notes if note.startswith("skipped"))
    told = "; ".join(f"{count} because {reason}" for reason, count in sorted(reasons.items()))
    print(f"{path} in {page.browser_name}: {passed} passed, {failed} failed, {skipped} out of scope"
          + (f" ({told})" if told else ""))
    assert failed == 0, [note for note in notes if note.startswith("FAILED")][:5]
    assert passed >= least


@pytest.mark.parametrize("suite", [1, 2, 3])
def test_a_groups_life_is_the_native_one_to_the_byte(page, suite):
    """With ECDSA stood in for, so that P-256 can be compared too."""
    assert call(page, 2, {"as": 2, "value": suite}) == digests()[suite]


def hail(page, seed, rounds):
    taken = int(call(page, 3, {"as": 8, "value": seed}, {"as": 4, "value": rounds}))
    memory = page.evaluate("globalThis.runners.memoryLength")
    print(f"hail past signatures in {page.browser_name}: {rounds} rounds, {taken} taken, {memory // 1024} KiB of memory")
    # A trap would have been a CoreTrap. Most changes are refused, unchanged messages aren't.
    assert 0 < taken < rounds
    assert memory < 64 * 2**20


def test_what_gets_past_signatures_and_tags_never_traps(page):
    hail(page, 9420, 2_000)


@pytest.mark.skipif(not os.environ.get("VIGIL_SOAK"), reason="long: VIGIL_SOAK=1")
def test_what_gets_past_signatures_and_tags_for_long(page):
    for seed in range(20):
        hail(page, seed, 20_000)

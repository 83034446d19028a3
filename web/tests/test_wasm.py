# SPDX-License-Identifier: Apache-2.0
"""The core in real browsers: official vectors, the same bytes as natively, traps, and calls that make no sense."""

import gzip
import json
import os
import pathlib
import re
import sys

import pytest

import browsers
from page_files import ROOT, handler, serving

MODULE = ROOT / "web" / "crypto" / "vigil-core.wasm"

# What Sources/WebClient/SecurityHeaders.swift sends, as far as it concerns scripts.
POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'"

# kind of core-vectors.js, file, vectors that must pass at least
FILES = [
    ("sframe", "sframe/test-vectors.json", 297),
    ("hpke", "hpke/vectors_rfc9180_5f503c5.json.gz", 24),
    ("aes_gcm", "wycheproof/aes_gcm_test.json", 133),
    ("ed25519", "wycheproof/ed25519_test.json", 151),
    ("ecdsa", "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json", 241),
    ("x25519", "wycheproof/x25519_test.json", 518),
    ("hkdf", "wycheproof/hkdf_sha256_test.json", 86),
    ("hmac", "wycheproof/hmac_sha256_test.json", 174),
]


@pytest.fixture(scope="module")
def origin():
    assert MODULE.exists(), "no core: run scripts/build-wasm"
    with serving(handler(fields={"Content-Security-Policy": POLICY})) as origin:
        yield origin


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def page(request, origin):
    browser = request.getfixturevalue(request.param)
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{origin}/blank")
    page.browser_name = request.param
    yield page
    page.close()
    assert faults == []


def raw_vectors(path):
    named = os.environ.get("VIGIL_VECTORS")
    folders = [pathlib.Path(named)] if named else [p / "shared" / "vectors" for p in ROOT.parents]
    for folder in folders:
        file = folder / path
        if file.is_file():
            return file.read_bytes()
    print(f"SKIPPED VECTORS: {path} not found (set VIGIL_VECTORS or put shared/vectors beside the checkout)",
          file=sys.stderr)
    pytest.skip(f"no {path}")


def vectors(path):
    data = raw_vectors(path)
    # Numbers above 2**53 would be rounded on their way through JSON; text isn't.
    return json.loads(gzip.decompress(data) if path.endswith(".gz") else data, parse_int=exact)


def exact(digits):
    value = int(digits)
    return value if abs(value) < 2**53 else digits


def ask(page, expression, argument=None):
    return page.evaluate(
        "async (argument) => { const core = await import('/tests/core-vectors.js'); return " + expression + "; }",
        argument)


def check_vectors(page, kind, path, file, least):
    found = ask(page, "core.run(argument.kind, argument.file)", {"kind": kind, "file": file})
    skipped = sum(found["outOfScope"].values())
    reasons = ", ".join(f"{count} {reason}" for reason, count in found["outOfScope"].items())
    print(f"{path} in {page.browser_name}: {found['passed']} passed, {len(found['failed'])} failed, "
          f"{skipped} out of scope" + (f" ({reasons})" if reasons else ""))
    assert found["failed"] == []
    assert found["passed"] >= least


@pytest.mark.parametrize("kind,path,least", FILES, ids=[path for _, path, _ in FILES])
def test_official_vectors_pass(page, kind, path, least):
    file = vectors(path)
    if kind == "hpke":
        for group in file:
            group["encryptions"] = group["encryptions"][:64] if group["mode"] < 2 else []
    check_vectors(page, kind, path, file, least)


def test_a_thousand_frames_are_the_native_ones_to_the_byte(page):
    native = (ROOT / "Tests" / "SFrameTests" / "TranscriptTests.swift").read_text()
    digest = re.search(r'"([0-9a-f]{64})"', native).group(1)
    assert ask(page, "core.transcript()") == digest


def test_the_core_and_webcrypto_open_each_others_frames(page):
    assert all(ask(page, "await core.mixedCiphers()"))


def test_a_trap_costs_one_instance_and_keys_come_back(page):
    assert ask(page, "core.recovery()") == {
        "isTrap": True, "isOrphanRefused": True, "generations": 1, "plaintext": [2], "firstCounter": "0",
        "isRandomStart": True}


def test_every_refusal_has_its_name(page):
    assert ask(page, "core.refusals()") == {
        "unknownOperation": "core.unknownOperation", "cut": "core.malformedCall", "leftOver": "core.malformedCall",
        "longLength": "core.malformedCall", "unknownHandle": "core.unknownHandle",
        "changed": "sframe.authenticationFailed", "own": "sframe.ownKeyID", "cutFrame": "sframe.malformedHeader",
        "unknownEpoch": "sframe.unknownKeyID", "staleEpoch": "sframe.staleEpoch",
        "noEpoch": "sframe.nothingToSealWith", "longExpand": "crypto.invalidLength",
        "badSnapshot": "sframe.malformedSnapshot", "bigCurve": "crypto.unsupported"}


def test_calls_that_make_no_sense_are_refused_and_never_trap(page):
    assert ask(page, "core.hail(argument.count, argument.seed)", {"count": 20_000, "seed": 1}) == 20_000

// SPDX-License-Identifier: Apache-2.0
import { Auditor } from "/audit/auditor.js";

/** @param {string} text base64 */
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/**
 * Checks every proof of a fixture; microseconds each, of the very first, and milliseconds until the module was there.
 * @param {string} url
 */
export async function run(url) {
    const fixture = await (await fetch(url)).json();
    const policy = new TextEncoder().encode(fixture.policy);
    const proofs = fixture.proofs.map((/** @type {{entry: string, proof: string}} */ each) => ({ entry: bytes(each.entry), proof: bytes(each.proof) }));
    const now = Math.floor(Date.now() / 1000);
    const begin = performance.now();
    const auditor = await Auditor.load();
    const load = performance.now() - begin;
    const start = performance.now();
    auditor.checkProof(policy, proofs[0].entry, proofs[0].proof, now);
    const first = (performance.now() - start) * 1000;
    const again = performance.now();
    for (const { entry, proof } of proofs) {
        if (auditor.checkProof(policy, entry, proof, now).size !== fixture.size) throw new Error("another tree");
    }
    const microseconds = ((performance.now() - again) * 1000) / proofs.length;
    // What is timed can refuse: another entry under the same proof.
    try {
        auditor.checkProof(policy, proofs[1].entry, proofs[0].proof, now);
    } catch {
        return { load, first, microseconds };
    }
    throw new Error("a proof of another entry was taken");
}

// SPDX-License-Identifier: Apache-2.0
// Times what one member seals and another opens. Runs in a page of the browser under test; frames.py asks it.
import { Core } from "/crypto/core.js";
import { FrameKeys, WebCryptoFrames } from "/crypto/frame-keys.js";

const began = performance.now();
const core = await Core.load(fetch("/crypto/vigil-core.wasm"));
/** Fetching, compiling and starting the core, in milliseconds. */
export const startup = performance.now() - began;

const baseKey = Uint8Array.from({ length: 16 }, (_, index) => index);

/** How long one batch lasts at least, in milliseconds: clocks of browsers tick in up to whole ones. */
const BATCH = 60;

/** @param {number} ownLeaf */
function member(ownLeaf) {
    const keys = FrameKeys.create(core, { ownLeaf, isRestored: false });
    keys.addEpoch(1n, 8, baseKey);
    keys.startSending(1n, 0);
    return keys;
}

/**
 * @param {"core" | "webcrypto"} cipher
 * @param {number} size bytes of plaintext
 * @param {number} batches
 * @returns {Promise<{seal: number, open: number}>} microseconds per frame in the fastest batch
 */
export async function measure(cipher, size, batches) {
    const [ana, ben] = [member(2), member(5)];
    const [sealer, opener] = cipher === "core" ? [ana, ben] : [new WebCryptoFrames(ana), new WebCryptoFrames(ben)];
    const plaintext = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
    const frame = new Uint8Array(size);
    for (let at = 0; at < size; at += plaintext.length) frame.set(plaintext.subarray(0, Math.min(plaintext.length, size - at)), at);
    // Awaiting what is no promise would count a turn of the event loop that the core's callers don't pay.
    const waits = cipher === "webcrypto";

    /** @param {number} count */
    const run = async (count) => {
        const sealed = new Array(count);
        const start = performance.now();
        for (let index = 0; index < count; index++) sealed[index] = waits ? await sealer.seal(frame) : sealer.seal(frame);
        const half = performance.now();
        let last = null;
        for (const one of sealed) last = waits ? await opener.open(one) : opener.open(one);
        const end = performance.now();
        if (last?.plaintext.length !== size) throw new Error("a frame did not open");
        return { seal: half - start, open: end - half };
    };

    // Until the code is hot and a batch is long enough to be timed.
    let count = 16;
    for (;;) {
        const { seal, open } = await run(count);
        if (Math.min(seal, open) >= BATCH || count * size > 48e6 || count >= 16_384) break;
        count *= 2;
    }
    const seals = [];
    const opens = [];
    for (let batch = 0; batch < batches; batch++) {
        const { seal, open } = await run(count);
        seals.push(seal * 1000 / count);
        opens.push(open * 1000 / count);
    }
    ana.close();
    ben.close();
    // What else the machine does can only add.
    return { seal: Math.min(...seals), open: Math.min(...opens) };
}

// SPDX-License-Identifier: Apache-2.0
import { Core, Operation } from "/crypto/core.js";
import { u8, u16, u32, Answer } from "/crypto/fields.js";

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/**
 * Runs one thing once to warm up, then at least five times and for at least a quarter of a second.
 * @template Input
 * @param {() => Input} setUp not measured
 * @param {(input: Input) => void} body
 * @param {(input: Input) => void} tearDown not measured
 */
function measure(setUp, body, tearDown) {
    const runs = [];
    let total = 0;
    for (let round = -1; round < 5 || (total < 250 && round < 200); round += 1) {
        const input = setUp();
        const started = performance.now();
        body(input);
        const elapsed = performance.now() - started;
        tearDown(input);
        if (round < 0) continue;
        runs.push(elapsed * 1000);
        total += elapsed;
    }
    runs.sort((one, other) => one - other);
    return { least: runs[0], median: runs[runs.length >> 1], runs: runs.length };
}

/**
 * @param {string} fixture address of what `vigil-bench groups --fixtures` wrote for one size
 * @returns by operation, what it took in microseconds of one thread
 */
export async function run(fixture) {
    const core = await Core.load(fetch("/crypto/vigil-core-groups.wasm"));
    const given = await (await fetch(fixture)).json();
    /** @param {number} handle */
    const remove = (handle) => { core.call(Operation.groupRemove, [u32(handle)]); };
    const restore = () => new Answer(core.call(Operation.groupRestore, [bytes(given.snapshot)])).u32();
    /** @type {Record<string, ReturnType<typeof measure>>} */
    const results = {};

    const join = ["keyPackage", "initKey", "encryptionKey", "signatureKey", "welcome"].map((name) => bytes(given[name]));
    const made = { handle: 0 };
    results["welcome join"] = measure(
        () => made,
        () => {
            const fields = [...join, u8(0), new Uint8Array(0), u16(0)];
            made.handle = new Answer(core.call(Operation.groupJoin, fields)).u32();
        },
        () => remove(made.handle));

    for (const [name, encoded] of Object.entries(given.commits)) {
        const commit = bytes(/** @type {string} */ (encoded));
        results[name] = measure(
            restore,
            (handle) => {
                core.call(Operation.groupReceive, [u32(handle), commit, u16(0)]);
                core.call(Operation.groupAdopt, [u32(handle)]);
            },
            remove);
    }
    return results;
}

// SPDX-License-Identifier: Apache-2.0
import { Core } from "/crypto/core.js";
import { Answer, u32 } from "/crypto/fields.js";
import { Operation } from "/tests/core-operations.js";
import { Group, KeyPackage } from "/tests/groups.js";
import { Proposal, capabilities } from "/tests/mls-wire.js";

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/**
 * The thread's CPU in microseconds, if groups.py can tell. Its answer takes time of its own, so that short runs are told
 * better by the page's clock.
 * @type {() => Promise<number | null>}
 */
const cpu = () => /** @type {any} */ (globalThis).vigilCPU();

/** A core that remembers what it was asked last, so that the very same can be asked again and timed. */
class RecordingCore extends Core {
    /** @type {Map<number, import("/crypto/fields.js").Field[]>} by operation, without the handle in front */
    asked = new Map();

    /** @param {number} operation @param {import("/crypto/fields.js").Field[]} fields */
    call(operation, fields) {
        this.asked.set(operation, fields.slice(1));
        return super.call(operation, fields);
    }
}

/**
 * Runs one thing once to warm up, then at least five times and for at least a quarter of a second. What counts is CPU or
 * the clock, whichever is less: both hold more than the thing itself.
 * @template Input
 * @param {() => Input} setUp not measured
 * @param {(input: Input) => void} body
 * @param {(input: Input) => void} tearDown not measured
 */
async function measure(setUp, body, tearDown) {
    const runs = [];
    for (let round = -1, total = 0; round < 5 || (total < 250_000 && round < 100); round += 1) {
        const input = setUp();
        const before = await cpu();
        const started = performance.now();
        body(input);
        const elapsed = (performance.now() - started) * 1000;
        const after = await cpu();
        tearDown(input);
        if (round < 0) continue;
        runs.push(before === null || after === null ? elapsed : Math.min(elapsed, after - before));
        total += elapsed;
    }
    runs.sort((one, other) => one - other);
    return { least: runs[0], median: runs[runs.length >> 1], runs: runs.length };
}

/**
 * @param {string} address of what `vigil-bench groups --fixtures` wrote for a group of one size
 * @returns by operation, what it took in microseconds of one thread
 */
export async function run(address) {
    const core = new RecordingCore(await WebAssembly.compileStreaming(fetch("/tests/core-vectors.wasm")));
    const given = await (await fetch(address)).json();
    const [author, observer, info] = [given.author, given.observer, given.groupInfo].map(bytes);
    /** @param {string} name */
    const newcomer = (name) => KeyPackage.create(core, {
        identity: new TextEncoder().encode(name), capabilities: { suites: [1] },
        lifetime: { notBefore: 0n, notAfter: 0xFFFF_FFFF_FFFF_FFFFn },
    });
    /** @param {number} operation @param {Group | KeyPackage} held */
    const again = (operation, held) => core.call(operation, [held.field, ...(core.asked.get(operation) ?? [])]);
    /** @type {Record<string, { least: number, median: number, runs: number, bytes: number }>} */
    const results = {};

    /** @param {string} name @param {Uint8Array} commit */
    const process = async (name, commit) => {
        const first = Group.restore(core, observer);
        first.receive(commit);
        first.adopt();
        first.close();
        results[`process ${name}`] = { bytes: commit.length, ...await measure(
            () => Group.restore(core, observer),
            (group) => {
                again(Operation.groupReceive, group);
                again(Operation.groupAdopt, group);
            },
            (group) => group.close()) };
    };

    /** @param {string} name @param {Uint8Array[]} proposals */
    const commit = async (name, proposals) => {
        const first = Group.restore(core, author);
        const made = first.commit({ proposals });
        first.close();
        results[name] = { bytes: made.commit.length, ...await measure(
            () => Group.restore(core, author),
            (group) => again(Operation.groupCommit, group),
            (group) => group.close()) };
        await process(name, made.commit);
        return made;
    };

    /** Times a call that gives a handle. @param {number} operation @param {KeyPackage} keyPackage */
    const join = (operation, keyPackage) => measure(
        () => ({ handle: 0 }),
        (made) => { made.handle = new Answer(again(operation, keyPackage)).u32(); },
        (made) => core.call(Operation.heldRelease, [u32(made.handle)]));

    const outsider = newcomer("outsider");
    const joined = Group.joinExternally(outsider, info);
    joined.group.close();
    results["external join"] =
        { bytes: joined.commit.length, ...await join(Operation.groupJoinExternally, outsider) };
    await process("external join", joined.commit);

    await commit("update", []);
    if (given.victim !== undefined) await commit("remove", [Proposal.remove(given.victim)]);

    const added = newcomer("added");
    const { welcome } = await commit("add", [Proposal.add(added.message)]);
    if (!welcome) throw new Error("an add without a Welcome");
    Group.join(added, welcome).close();
    results["welcome join"] = { bytes: welcome.length, ...await join(Operation.groupJoin, added) };
    return results;
}

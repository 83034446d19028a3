// SPDX-License-Identifier: Apache-2.0
import { Core, Operation } from "/crypto/core.js";
import { Group, KeyPackage } from "/crypto/groups.js";
import { Proposal, capabilities } from "/crypto/mls-wire.js";

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** A core that knows how long its calls took: the page's snapshots between them don't count. */
class TimedCore extends Core {
    /** @type {Map<number, number>} microseconds of the last call of each operation */
    taken = new Map();

    /** @param {number} operation @param {import("/crypto/fields.js").Field[]} fields */
    call(operation, fields) {
        const started = performance.now();
        const answer = super.call(operation, fields);
        this.taken.set(operation, (performance.now() - started) * 1000);
        return answer;
    }

    /** @param {number[]} operations */
    sum(...operations) { return operations.reduce((sum, operation) => sum + (this.taken.get(operation) ?? 0), 0); }
}

/**
 * Runs one thing once to warm up, then at least five times and for at least a quarter of a second.
 * @param {() => number} run gives what counts, in microseconds
 */
function measure(run) {
    run();
    const runs = [];
    for (let total = 0; runs.length < 5 || (total < 250_000 && runs.length < 100);) {
        const taken = run();
        runs.push(taken);
        total += taken;
    }
    runs.sort((one, other) => one - other);
    return { least: runs[0], median: runs[runs.length >> 1], runs: runs.length };
}

/**
 * @param {string} address of what `vigil-bench groups --fixtures` wrote for a group of one size
 * @returns by operation, what it took in microseconds of one thread
 */
export async function run(address) {
    const module = await WebAssembly.compileStreaming(fetch("/crypto/vigil-core-groups.wasm"));
    const core = new TimedCore(module);
    const given = await (await fetch(address)).json();
    const [author, observer, info] = [given.author, given.observer, given.groupInfo].map(bytes);
    const newcomer = (name) => KeyPackage.create(core, {
        identity: new TextEncoder().encode(name), capabilities: { suites: [1] },
        lifetime: { notBefore: 0n, notAfter: 0xFFFF_FFFF_FFFF_FFFFn },
    });
    /** @type {Record<string, { least: number, median: number, runs: number, bytes: number }>} */
    const results = {};

    /** @param {string} name @param {Uint8Array} commit */
    const process = (name, commit) => {
        results[`process ${name}`] = { bytes: commit.length, ...measure(() => {
            const group = Group.restore(core, observer);
            group.receive(commit);
            group.adopt();
            group.close();
            return core.sum(Operation.groupReceive, Operation.groupAdopt);
        }) };
    };

    /** @param {string} name @param {Uint8Array[]} proposals */
    const commit = (name, proposals) => {
        const made = { commit: new Uint8Array(0), welcome: /** @type {Uint8Array | null} */ (null) };
        const times = measure(() => {
            const group = Group.restore(core, author);
            Object.assign(made, group.commit({ proposals }));
            group.close();
            return core.sum(Operation.groupCommit);
        });
        results[name] = { bytes: made.commit.length, ...times };
        process(name, made.commit);
        return made;
    };

    const outsider = newcomer("outsider");
    const joined = { commit: new Uint8Array(0) };
    const times = measure(() => {
        const { group, commit } = Group.joinExternally(outsider, info);
        joined.commit = commit;
        group.close();
        return core.sum(Operation.groupJoinExternally);
    });
    results["external join"] = { bytes: joined.commit.length, ...times };
    process("external join", joined.commit);

    commit("update", []);
    if (given.victim !== undefined) commit("remove", [Proposal.remove(given.victim)]);

    const added = newcomer("added");
    const { welcome } = commit("add", [Proposal.add(added.message)]);
    if (!welcome) throw new Error("an add without a Welcome");
    results["welcome join"] = { bytes: welcome.length, ...measure(() => {
        Group.join(added, welcome).close();
        return core.sum(Operation.groupJoin);
    }) };
    return results;
}

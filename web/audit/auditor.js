// SPDX-License-Identifier: Apache-2.0
import { Core } from "../crypto/core.js";
import { Answer, u32, u64, u8 } from "../crypto/fields.js";

// Transparency, the Swift module that nodes, witnesses and the command line verify a log with, as WebAssembly: docs/log.md.

/** What can be asked: the numbers of WasmCore/Sources/Audit/Operation.swift. */
const Operation = Object.freeze({
    policyRead: 1, proofCheck: 2, bundleRead: 3,
    auditCreate: 16, auditHandle: 17, auditReport: 18, orderVerify: 24,
    entriesPlan: 32, entriesRead: 33, reportBegin: 40, reportMake: 41,
});

/**
 * @typedef {{ origin: string, key: string }} PolicyLog
 * @typedef {{ logs: PolicyLog[], witnesses: string[], asksWitnesses: boolean }} Policy
 * @typedef {{ path: string, bundle: { width: number, first: number } | null }} Wanted a file to fetch; which entries are in it
 * @typedef {{ read: number, all: number, wanted: Wanted[] }} Step nothing wanted: all was read that could be
 * @typedef {object} Checkpoint what the log signed
 * @property {string} origin
 * @property {number} size
 * @property {Uint8Array} root
 * @property {string} note with all its signatures
 * @property {boolean} isReached the entries that were read lead to its root
 * @property {boolean} hasQuorum
 * @property {{ witness: number, seconds: number }[]} cosignatures
 * @typedef {{ isFault: boolean, text: string }} Finding
 * @typedef {{ isSound: boolean, size: number, checkpoint: Checkpoint | null, unlisted: number, findings: Finding[] }} Report
 * @typedef {object} Entry
 * @property {number} index
 * @property {string} leaf its hash, in hex
 * @property {"known" | "unknown" | "malformed"} kind
 * @property {string} type
 * @property {number} seconds since 1970
 * @property {string} caseID empty for one that is of no case
 * @property {string} previous the hash of the case's entry before, in hex; empty for its first
 * @property {string} text
 */

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** @param {Uint8Array} bytes @returns {string} */
export function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Auditor {
    #core;

    /** @param {Core} core */
    constructor(core) {
        this.#core = core;
    }

    /** @returns {Promise<Auditor>} */
    static async load() {
        return new Auditor(await Core.load(fetch(new URL("./vigil-audit.wasm", import.meta.url))));
    }

    /**
     * @param {Uint8Array} text C2SP tlog-policy
     * @returns {Policy | { line: number }} the line in which it is no policy
     */
    readPolicy(text) {
        const answer = new Answer(this.#core.call(Operation.policyRead, [text]));
        if (answer.u8() === 0) return { line: answer.u32() };
        const asksWitnesses = answer.u8() === 1;
        const logs = Array.from({ length: answer.u32() }, () => (
            { origin: decoder.decode(answer.bytes()), key: decoder.decode(answer.bytes()) }
        ));
        const witnesses = Array.from({ length: answer.u32() }, () => decoder.decode(answer.bytes()));
        return { logs, witnesses, asksWitnesses };
    }

    /**
     * Checks a proof (C2SP tlog-proof) without the log.
     * @param {Uint8Array} policy
     * @param {Uint8Array} entry
     * @param {Uint8Array} proof
     * @param {number} now seconds
     * @throws {import("../crypto/core.js").CoreRefusal}
     */
    checkProof(policy, entry, proof, now) {
        const answer = new Answer(this.#core.call(Operation.proofCheck, [policy, entry, proof, u64(BigInt(now))]));
        return {
            index: Number(answer.u64()), origin: decoder.decode(answer.bytes()), size: Number(answer.u64()),
            seconds: Number(answer.u64()),
        };
    }

    /**
     * Judges an order's bundle: may this be done now (docs/orders.md)?
     * @param {Uint8Array} bundle
     * @param {Uint8Array} genesis hash of the deployment's first charter, known from elsewhere
     * @param {Uint8Array} checkpoint the newest that is known
     * @param {Uint8Array[]} stops signed stops, from wherever
     * @param {number} now seconds
     * @throws {import("../crypto/core.js").CoreRefusal} named after the part of the judgement that refuses
     */
    verifyOrder(bundle, genesis, checkpoint, stops, now) {
        const answer = new Answer(this.#core.call(Operation.orderVerify, [bundle, genesis, checkpoint, u64(BigInt(now)), ...listed(stops)]));
        return {
            action: decoder.decode(answer.bytes()), order: hex(answer.take(32)), subject: hex(answer.take(32)),
            until: Number(answer.u64()), size: Number(answer.u64()),
        };
    }

    /**
     * A reading of a log from its beginning.
     * @param {Uint8Array} policy one that could be read
     * @param {string} earlier the checkpoint that this log showed the last time, or nothing
     * @param {number} now seconds
     * @returns {Audit}
     */
    begin(policy, earlier, now) {
        const answer = this.#core.call(Operation.auditCreate, [policy, encoder.encode(earlier), u64(BigInt(now))]);
        return new Audit(this.#core, new Answer(answer).u32());
    }
}

/** One reading. What it asks for is fetched by whoever has it. */
export class Audit {
    #core;
    #handle;

    /** @param {Core} core @param {number} handle */
    constructor(core, handle) {
        this.#core = core;
        this.#handle = handle;
    }

    /**
     * @param {(Uint8Array | null)[]} files what was asked for last, in its order
     * @returns {Step}
     */
    step(files) {
        const answer = new Answer(this.#core.call(Operation.auditHandle, [u32(this.#handle), ...listed(files)]));
        const read = Number(answer.u64());
        const all = Number(answer.u64());
        const wanted = Array.from({ length: answer.u32() }, () => {
            const path = decoder.decode(answer.bytes());
            const width = answer.u32();
            const first = Number(answer.u64());
            return { path, bundle: width === 0 ? null : { width, first } };
        });
        return { read, all, wanted };
    }

    /**
     * Has the reading counted for a transparency report (docs/report.md). Before its first step.
     * @param {number} from the first entry that counts
     * @param {number | null} to the tree's size at the end; null for the whole log
     */
    beginReport(from, to) {
        this.#core.call(Operation.reportBegin, [u32(this.#handle), u64(BigInt(from)), u64(to === null ? 2n ** 64n - 1n : BigInt(to))]);
    }

    /**
     * The report of a log that was read whole and is in order.
     * @returns {{ json: Uint8Array, text: string }} byte for byte what everybody gets from this tree
     * @throws {import("../crypto/core.js").CoreRefusal}
     */
    transparencyReport() {
        const answer = new Answer(this.#core.call(Operation.reportMake, [u32(this.#handle)]));
        return { json: answer.bytes().slice(), text: decoder.decode(answer.bytes()) };
    }

    /** @returns {Report} */
    report() {
        const answer = new Answer(this.#core.call(Operation.auditReport, [u32(this.#handle)]));
        const isSound = answer.u8() === 1;
        const size = Number(answer.u64());
        const checkpoint = answer.u8() === 1 ? readCheckpoint(answer) : null;
        const unlisted = answer.u32();
        const findings = [];
        while (!answer.isAtEnd) findings.push({ isFault: answer.u8() === 1, text: decoder.decode(answer.bytes()) });
        return { isSound, size, checkpoint, unlisted, findings };
    }

    /**
     * The paths that show these entries and prove them.
     * @param {number} first
     * @param {number} count
     */
    plan(first, count) {
        const answer = new Answer(this.#core.call(Operation.entriesPlan, this.#range(first, count)));
        return Array.from({ length: answer.u32() }, () => decoder.decode(answer.bytes()));
    }

    /**
     * Entries out of the files that were planned, if each is proved to be in the checkpoint's tree.
     * @param {number} first
     * @param {number} count
     * @param {(Uint8Array | null)[]} files
     * @returns {Entry[]}
     * @throws {import("../crypto/core.js").CoreRefusal}
     */
    entries(first, count, files) {
        return readEntries(this.#core.call(Operation.entriesRead, [...this.#range(first, count), ...listed(files)]));
    }

    /**
     * The entries of a bundle that this reading was given.
     * @param {Uint8Array} bytes
     * @param {{ width: number, first: number }} bundle
     * @returns {Entry[]}
     */
    bundle(bytes, { width, first }) {
        return readEntries(this.#core.call(Operation.bundleRead, [bytes, u64(BigInt(first)), u32(width)]));
    }

    /** @param {number} first @param {number} count */
    #range(first, count) {
        return [u32(this.#handle), u64(BigInt(first)), u64(BigInt(count))];
    }
}

/** @param {(Uint8Array | null)[]} files @returns {import("../crypto/fields.js").Field[]} */
function listed(files) {
    return [u32(files.length), ...files.flatMap((file) => (file === null ? [u8(0)] : [u8(1), file]))];
}

/** @param {Answer} answer @returns {Checkpoint} */
function readCheckpoint(answer) {
    const origin = decoder.decode(answer.bytes());
    const size = Number(answer.u64());
    const root = answer.take(32).slice();
    const note = decoder.decode(answer.bytes());
    const isReached = answer.u8() === 1;
    const hasQuorum = answer.u8() === 1;
    const cosignatures = Array.from({ length: answer.u32() }, () => ({ witness: answer.u32(), seconds: Number(answer.u64()) }));
    return { origin, size, root, note, isReached, hasQuorum, cosignatures };
}

/** @param {Uint8Array} bytes @returns {Entry[]} */
function readEntries(bytes) {
    const answer = new Answer(bytes);
    /** @type {Entry[]} */
    const entries = [];
    while (!answer.isAtEnd) {
        const index = Number(answer.u64());
        const leaf = hex(answer.take(32));
        const kind = /** @type {Entry["kind"]} */ (["known", "unknown", "malformed"][answer.u8()]);
        const type = decoder.decode(answer.bytes());
        const caseID = decoder.decode(answer.bytes());
        const previous = hex(answer.bytes());
        const text = decoder.decode(answer.bytes());
        entries.push({ index, leaf, kind, type, seconds: Number(answer.u64()), caseID, previous, text });
    }
    return entries;
}

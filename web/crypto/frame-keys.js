// SPDX-License-Identifier: Apache-2.0
import { CoreTrap, Operation } from "./core.js";
import { Answer, u16, u32, u64, u8 } from "./fields.js";

/** Cipher suites of RFC 9605 §8.1. */
export const SFrameSuite = Object.freeze({
    aes128CTRHMACSHA256Tag80: 1, aes128CTRHMACSHA256Tag64: 2, aes128CTRHMACSHA256Tag32: 3, aes128GCMSHA256: 4,
    aes256GCMSHA512: 5,
});

/**
 * @typedef {object} FrameOrigin whom a frame is from, as far as a shared key can say
 * @property {bigint} epoch
 * @property {number} sender the sender's leaf
 * @property {bigint} context
 * @property {bigint} counter
 * @property {boolean} isRepeat the very same frame was accepted before
 */

const NONE = new Uint8Array(0);

/**
 * The frame keys of one member: docs/sframe.md. Frames are sealed and opened here; `WebCryptoFrames` does the same with
 * the browser's own AES.
 *
 * After each change of epochs a snapshot is taken. When the core traps, the call fails with `CoreTrap`, and the next
 * one finds the keys restored: that loses at most the memory of frames accepted since, and the counters go on from a
 * random number.
 */
export class FrameKeys {
    #core;
    #handle;
    #generation;
    #snapshot = NONE;

    /**
     * @param {import("./core.js").Core} core
     * @param {number} handle
     */
    constructor(core, handle) {
        this.#core = core;
        this.#handle = handle;
        this.#generation = core.generation;
        this.#remember();
    }

    /**
     * @param {import("./core.js").Core} core
     * @param {{ suite?: number, epochBits?: number, ownLeaf: number, isRestored: boolean }} member
     *   `isRestored`: this member's keys came from storage, so that another tab may hold them too
     */
    static create(core, { suite = SFrameSuite.aes128GCMSHA256, epochBits = 6, ownLeaf, isRestored }) {
        const answer = core.call(Operation.ringCreate, [u16(suite), u8(epochBits), u32(ownLeaf), u8(isRestored ? 1 : 0)]);
        return new FrameKeys(core, new Answer(answer).u32());
    }

    /**
     * @param {import("./core.js").Core} core
     * @param {Uint8Array} snapshot
     */
    static restore(core, snapshot) {
        return new FrameKeys(core, new Answer(core.call(Operation.ringRestore, [snapshot])).u32());
    }

    /** The state as of the last change of epochs. It holds keys: keep it where keys may be. */
    get snapshot() { return this.#snapshot.slice(); }

    /**
     * @param {bigint} epoch
     * @param {number} leafWidth leaves of the group's tree, blank ones too
     * @param {Uint8Array} baseKey MLS-Exporter("SFrame 1.0 Base Key", "", key length of the suite)
     */
    addEpoch(epoch, leafWidth, baseKey) {
        this.call(Operation.ringAddEpoch, [u64(epoch), u32(leafWidth), baseKey]);
        this.#remember();
    }

    /**
     * @param {bigint} epoch
     * @param {number} now milliseconds, e.g. `performance.now()`
     * @returns {number | null} when `handleTimeout` is due, in the same milliseconds
     */
    startSending(epoch, now) {
        const answer = this.call(Operation.ringStartSending, [u64(epoch), nanoseconds(now)]);
        this.#remember();
        return milliseconds(answer);
    }

    /** @param {bigint} epoch */
    removeEpoch(epoch) {
        this.call(Operation.ringRemoveEpoch, [u64(epoch)]);
        this.#remember();
    }

    /**
     * @param {number} now
     * @returns {number | null} when it is due again
     */
    handleTimeout(now) {
        const answer = this.call(Operation.ringHandleTimeout, [nanoseconds(now)]);
        this.#remember();
        return milliseconds(answer);
    }

    /**
     * @param {Uint8Array} plaintext
     * @param {{ context?: bigint, metadata?: Uint8Array }} [stream]
     * @returns {Uint8Array} header, ciphertext and tag
     */
    seal(plaintext, stream = {}) {
        const { context = 0n, metadata = NONE } = stream;
        return this.call(Operation.ringSeal, [u64(context), metadata, plaintext]);
    }

    /**
     * @param {Uint8Array} frame
     * @param {Uint8Array} [metadata]
     * @returns {{ plaintext: Uint8Array, origin: FrameOrigin }}
     */
    open(frame, metadata = NONE) {
        const answer = new Answer(this.call(Operation.ringOpen, [metadata, frame]));
        return { origin: readOrigin(answer), plaintext: answer.rest() };
    }

    /** Forgets the keys. */
    close() {
        this.call(Operation.ringRemove, []);
        this.#snapshot.fill(0);
        this.#snapshot = NONE;
    }

    /**
     * A call about this ring, restored first if the core's instance is a new one.
     * @param {number} operation
     * @param {import("./fields.js").Field[]} fields
     */
    call(operation, fields) {
        const generation = this.#core.generation;
        if (generation !== this.#generation) {
            this.#handle = new Answer(this.#core.call(Operation.ringRestore, [this.#snapshot])).u32();
            this.#generation = generation;
        }
        return this.#core.call(operation, [u32(this.#handle), ...fields]);
    }

    /** What a plan was for is only valid in the instance that made it. */
    get generation() { return this.#generation; }

    /** @param {number} operation @param {number} plan */
    callPlan(operation, plan) {
        if (this.#core.generation !== this.#generation) throw new CoreTrap("the plan went with its instance");
        return this.#core.call(operation, [u32(plan)]);
    }

    #remember() {
        const former = this.#snapshot;
        this.#snapshot = this.call(Operation.ringSnapshot, []);
        former.fill(0);
    }
}

/**
 * The same frames with WebCrypto's AES: faster for long ones, and once a key is imported no script can read it again.
 * Only for the AES-GCM suites.
 */
export class WebCryptoFrames {
    #keys;
    /** @type {Map<string, Promise<CryptoKey>>} */
    #imported = new Map();

    /** @param {FrameKeys} keys */
    constructor(keys) { this.#keys = keys; }

    /**
     * @param {Uint8Array} plaintext
     * @param {{ context?: bigint, metadata?: Uint8Array }} [stream]
     * @returns {Promise<Uint8Array>}
     */
    async seal(plaintext, stream = {}) {
        const { context = 0n, metadata = NONE } = stream;
        const plan = new Answer(this.#keys.call(Operation.ringPlanSealing, [u64(context), metadata]));
        const key = this.#key(plan.u64(), plan.u64());
        const header = plan.bytes();
        const parameters = { name: "AES-GCM", iv: plan.bytes(), additionalData: plan.bytes() };
        const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, await key, plaintext));
        const frame = new Uint8Array(header.length + sealed.length);
        frame.set(header);
        frame.set(sealed, header.length);
        return frame;
    }

    /**
     * @param {Uint8Array} frame
     * @param {Uint8Array} [metadata]
     * @returns {Promise<{ plaintext: Uint8Array, origin: FrameOrigin } | null>} nothing if the tag is wrong
     */
    async open(frame, metadata = NONE) {
        const plan = new Answer(this.#keys.call(Operation.ringPlanOpening, [metadata, frame]));
        const number = plan.u32();
        let plaintext;
        try {
            const key = await this.#key(plan.u64(), plan.u64());
            const body = frame.subarray(plan.u32());
            const parameters = { name: "AES-GCM", iv: plan.bytes(), additionalData: plan.bytes() };
            plaintext = new Uint8Array(await crypto.subtle.decrypt(parameters, key, body));
        } catch {
            this.#keys.callPlan(Operation.ringForgetPlan, number);
            return null;
        }
        return { origin: readOrigin(new Answer(this.#keys.callPlan(Operation.ringAccept, number))), plaintext };
    }

    /** @param {bigint} epoch its imported keys go */
    forget(epoch) {
        for (const name of this.#imported.keys()) if (name.startsWith(`${epoch}/`)) this.#imported.delete(name);
    }

    /**
     * @param {bigint} epoch
     * @param {bigint} keyID
     */
    #key(epoch, keyID) {
        const name = `${epoch}/${keyID}`;
        let key = this.#imported.get(name);
        if (!key) {
            // Epochs go after seconds; what was imported for them may go as well.
            if (this.#imported.size >= 256) this.#imported.clear();
            const raw = this.#keys.call(Operation.ringExportKey, [u64(epoch), u64(keyID)]);
            key = crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
            key.then(() => raw.fill(0), () => this.#imported.delete(name));
            this.#imported.set(name, key);
        }
        return key;
    }
}

/** @param {Answer} answer @returns {FrameOrigin} */
function readOrigin(answer) {
    return {
        epoch: answer.u64(), sender: answer.u32(), context: answer.u64(), counter: answer.u64(),
        isRepeat: answer.u8() === 1,
    };
}

/** @param {number} now */
function nanoseconds(now) { return u64(BigInt(Math.round(now * 1000)) * 1000n); }

/** @param {Uint8Array} answer */
function milliseconds(answer) { return answer.length === 0 ? null : Number(new Answer(answer).u64()) / 1e6; }

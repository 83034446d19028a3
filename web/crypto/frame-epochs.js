// SPDX-License-Identifier: Apache-2.0
import { CoreRefusal, CoreTrap } from "./core.js";
import { FrameKeys, WebCryptoFrames } from "./frame-keys.js";

/** @typedef {import("./frame-counts.js").Refusal} Refusal */
/** @typedef {import("./frame-keys.js").FrameOrigin} FrameOrigin */
/**
 * @typedef {object} Epoch what a new epoch of the group gives to frames
 * @property {bigint} epoch
 * @property {number} width leaves of the group's tree, blank ones too
 * @property {number} ownLeaf
 * @property {Uint8Array} baseKey
 * @property {{leaf: number, participant: string}[]} members
 */
/** @typedef {{keys: FrameKeys, frames: WebCryptoFrames, ownLeaf: number, newest: bigint}} Ring */
/** @typedef {{epoch: bigint, ring: Ring, members: Map<number, string>, startedAt: number | null, expires: number | null}} HeldEpoch */
/** @typedef {{origin: FrameOrigin, plaintext: Uint8Array, participant: string} | Refusal} Opened */

/** Low bits of the epoch in a key identifier. */
const EPOCH_BITS = 6;
const LOW = (1n << BigInt(EPOCH_BITS)) - 1n;
/** How far ahead of the newest epoch known another may be for its keys to be on their way. */
const AHEAD = 2n;
/** A superseded epoch opens so long, in milliseconds; the ring's own deadline is the same. */
const OLD_EPOCH = 10_000;
/** From this length on the browser's AES is quicker than the core's (docs/wasm.md): a compromise of two browsers. */
const LONG = 2_000;

/**
 * The epochs whose frames open here, who is in each of them, and which one seals.
 *
 * One ring holds them. A second one begins when the group gives up an epoch and reaches its number again another way,
 * or when this member got another leaf: a ring's epochs only go up. Every ring counts from a random number, since
 * nobody here can know whether another worker has held the same keys (docs/sframe.md).
 */
export class FrameEpochs {
    #makeCore;
    #core;
    /** @type {Ring[]} */
    #rings = [];
    /**
     * By the epoch's low bits.
     * @type {Map<bigint, HeldEpoch>}
     */
    #held = new Map();
    /** @type {HeldEpoch | null} */
    #newest = null;
    /**
     * Who is in the newest epoch.
     * @type {Set<string>}
     */
    #present = new Set();
    /** @type {HeldEpoch | null} */
    #sending = null;

    /** @param {() => import("./core.js").Core} makeCore */
    constructor(makeCore) {
        this.#makeCore = makeCore;
        this.#core = makeCore();
    }

    /** @returns {bigint | null} the epoch that seals */
    get sending() { return this.#sending?.epoch ?? null; }

    /** @param {Epoch} epoch its base key is wiped */
    add({ epoch, width, ownLeaf, baseKey, members }) {
        try {
            if (this.#newest !== null && epoch <= this.#newest.epoch) throw new CoreRefusal("sframe.staleEpoch");
            let ring = this.#rings.at(-1);
            if (ring === undefined || ring.ownLeaf !== ownLeaf || epoch <= ring.newest) {
                const keys = FrameKeys.create(this.#core, { ownLeaf, isRestored: true, epochBits: EPOCH_BITS });
                ring = { keys, frames: new WebCryptoFrames(keys), ownLeaf, newest: -1n };
                this.#rings.push(ring);
            }
            const { keys } = ring;
            twice(() => keys.addEpoch(epoch, width, baseKey));
            ring.newest = epoch;
            const low = epoch & LOW;
            const former = this.#held.get(low);
            if (former !== undefined) this.#drop(former);
            const held = { epoch, ring, members: new Map(members.map(({ leaf, participant }) => [leaf, participant])), startedAt: null, expires: null };
            this.#held.set(low, held);
            this.#setNewest(held);
        } finally {
            baseKey.fill(0);
        }
    }

    /**
     * Seals with this epoch from now on; earlier ones open for ten seconds more.
     * @param {bigint} epoch @param {number} now
     */
    startSending(epoch, now) {
        const held = this.#held.get(epoch & LOW);
        if (held?.epoch !== epoch) throw new CoreRefusal("sframe.unknownKeyID");
        if (this.#sending !== null && epoch < this.#sending.epoch) throw new CoreRefusal("sframe.staleEpoch");
        twice(() => held.ring.keys.startSending(epoch, now));
        held.startedAt ??= now;
        held.expires = null;
        this.#sending = held;
        for (const other of this.#held.values()) if (other.epoch < epoch) other.expires ??= now + OLD_EPOCH;
    }

    /** @param {bigint} epoch forgotten at once; its number may come again */
    remove(epoch) {
        const held = this.#held.get(epoch & LOW);
        if (held?.epoch !== epoch) return;
        this.#drop(held);
        if (this.#newest !== held) return;
        let newest = null;
        for (const other of this.#held.values()) if (newest === null || other.epoch > newest.epoch) newest = other;
        this.#setNewest(newest);
    }

    /**
     * Forgets epochs whose time is over.
     * @param {number} now
     * @returns {number | null} when to come again
     */
    handleTimeout(now) {
        for (const ring of this.#rings) ring.keys.handleTimeout(now);
        let due = null;
        for (const held of [...this.#held.values()]) {
            if (held.expires === null) continue;
            if (held.expires <= now) this.#drop(held);
            else due = Math.min(due ?? held.expires, held.expires);
        }
        return due;
    }

    /** Forgets every key, and the memory that held them. */
    forget() {
        for (const held of [...this.#held.values()]) this.#drop(held);
        for (const ring of this.#rings) ring.keys.close();
        this.#rings = [];
        this.#setNewest(null);
        this.#core = this.#makeCore();
    }

    /**
     * @param {Uint8Array} plaintext @param {bigint} context @param {Uint8Array} metadata
     * @returns {Uint8Array | Promise<Uint8Array> | null} nothing while no epoch seals
     */
    seal(plaintext, context, metadata) {
        if (this.#sending === null) return null;
        const { keys, frames } = this.#sending.ring;
        return (plaintext.length < LONG ? keys : frames).seal(plaintext, { context, metadata });
    }

    /**
     * @param {Uint8Array} frame @param {Uint8Array} metadata
     * @returns {Opened | Promise<Opened>}
     */
    open(frame, metadata) {
        const low = epochBits(frame);
        if (low === null) return "malformed";
        const held = this.#held.get(low);
        if (held === undefined) return "noKey";
        try {
            if (frame.length < LONG) return this.#attribute(held, held.ring.keys.open(frame, metadata));
            return held.ring.frames.open(frame, metadata).then(
                (opened) => (opened === null ? "authentication" : this.#attribute(held, opened)), refusalOf);
        } catch (error) {
            return refusalOf(error);
        }
    }

    /**
     * Whether the keys of a frame that found none may be on their way.
     * @param {Uint8Array} frame
     */
    mayComeFor(frame) {
        const low = epochBits(frame);
        if (low === null || this.#newest === null || this.#held.has(low)) return false;
        const ahead = (low - this.#newest.epoch) & LOW;
        return ahead >= 1n && ahead <= AHEAD;
    }

    /** @param {bigint} epoch @returns {number | null} when this member began to seal with it */
    startedAt(epoch) {
        const held = this.#held.get(epoch & LOW);
        return held?.epoch === epoch ? held.startedAt : null;
    }

    /**
     * Whose the frame is: asked after the tag was checked, and of what is known by then.
     * @param {HeldEpoch} held @param {{origin: FrameOrigin, plaintext: Uint8Array}} opened
     * @returns {Opened}
     */
    #attribute(held, { origin, plaintext }) {
        const participant = held.members.get(origin.sender);
        if (participant === undefined) return "misattributed";
        if (!this.#present.has(participant)) return "departed";
        return { origin, plaintext, participant };
    }

    /** @param {HeldEpoch} held */
    #drop(held) {
        const low = held.epoch & LOW;
        if (this.#held.get(low) === held) this.#held.delete(low);
        if (this.#sending === held) this.#sending = null;
        held.ring.keys.removeEpoch(held.epoch);
        held.ring.frames.forget(held.epoch);
        if (held.ring === this.#rings.at(-1) || [...this.#held.values()].some(({ ring }) => ring === held.ring)) return;
        held.ring.keys.close();
        this.#rings.splice(this.#rings.indexOf(held.ring), 1);
    }

    /** @param {HeldEpoch | null} held */
    #setNewest(held) {
        this.#newest = held;
        this.#present = new Set(held?.members.values());
    }
}

/**
 * Once more if the core broke off: the next call finds the ring restored as it was before (docs/wasm.md), and the key at
 * hand would be lost otherwise.
 * @param {() => void} body
 */
function twice(body) {
    try {
        body();
    } catch (error) {
        if (!(error instanceof CoreTrap)) throw error;
        body();
    }
}

/**
 * The epoch's low bits of what may be a sealed frame: hearsay until its tag was checked.
 * @param {Uint8Array} frame
 * @returns {bigint | null}
 */
function epochBits(frame) {
    const config = frame[0];
    if (config === undefined) return null;
    const short = config >> 4;
    const last = short < 8 ? short : frame[1 + (short & 7)];
    return last === undefined ? null : BigInt(last) & LOW;
}

/** @type {Record<string, Refusal>} */
const REFUSALS = {
    "sframe.malformedHeader": "malformed", "sframe.tooLong": "malformed", "sframe.unknownKeyID": "noKey",
    "sframe.ownKeyID": "misattributed", "sframe.tooManyContexts": "misattributed",
    "sframe.authenticationFailed": "authentication", "sframe.replayed": "replayed", "sframe.beyondReplayWindow": "replayed",
};

/** @param {unknown} error @returns {Refusal} */
export function refusalOf(error) {
    return error instanceof CoreRefusal ? REFUSALS[error.reason] ?? "fault" : "fault";
}

// SPDX-License-Identifier: Apache-2.0
import { CoreTrap, Operation } from "./core.js";
import { Answer, u16, u32, u64 } from "./fields.js";
import { Identity, MemberInput, MemberOutput, Settings } from "./member-wire.js";
import { decodeAll, encode } from "./wire-types.js";

/** @typedef {import("./core.js").Core} Core */
/**
 * @typedef {object} MemberSettings how somebody comes, and the rules if they found the meeting
 * @property {string} name
 * @property {Record<string, boolean>} flags what is on at their side: `flagNames`
 * @property {boolean} accountable
 * @property {boolean} lobby
 * @property {"wait" | "membersAdmit"} absence
 * @property {"nothing" | "chat"} history
 * @property {boolean} isReturning the same keys were in the meeting before, in a page or a core that is gone
 */
/** @typedef {{kind: string, [member: string]: any}} Input one of `MemberInput` in member-wire.js */
/** @typedef {{kind: "send", request: any} | {kind: "frames", change: any} | {kind: "event", event: any}} Output */

const NONE = new Uint8Array(0);
const NEVER = 0xFFFF_FFFF_FFFF_FFFFn;

/**
 * A person's membership in a meeting: the state machine of Sources/Membership, in the core. All keys but the identity stay
 * in there. After a trap it is gone: what is left is the last identity, with which another member comes back.
 */
export class Member {
    /** When `timeout` is due, by `performance.now()`; null for never. */
    deadline = /** @type {number | null} */ (null);

    #core;
    #handle;
    #generation;

    /**
     * @param {Core} core
     * @param {Uint8Array} identity of this page, or of one before it
     * @param {MemberSettings} settings
     */
    constructor(core, identity, settings) {
        this.#core = core;
        this.#generation = core.generation;
        this.#handle = new Answer(core.call(Operation.memberCreate, [identity, encode(Settings, settings)])).u32();
    }

    /**
     * @param {Input} input
     * @returns {Output[]} what is to be done, in order
     * @throws {CoreTrap} this member is lost
     * @throws {import("./wire-types.js").WireFault} the input can't be said: nothing has happened
     */
    handle(input) {
        const bytes = encode(MemberInput, input);
        if (this.#core.generation !== this.#generation) throw new CoreTrap("the member's instance is gone");
        const answer = new Answer(this.#core.call(Operation.memberHandle, [
            u32(this.#handle), u64(BigInt(Math.round(performance.now() * 1e6))), u64(BigInt(Date.now())), bytes,
        ]));
        const deadline = answer.u64();
        this.deadline = deadline === NEVER ? null : Number(deadline) / 1e6;
        return /** @type {Output[]} */ (decodeAll(MemberOutput, answer.rest()));
    }

    /** Forgets the keys. */
    release() {
        if (this.#core.generation === this.#generation) this.#core.call(Operation.memberRelease, [u32(this.#handle)]);
    }
}

/**
 * A new meeting: its host key and the first link to it.
 * @param {Core} core
 * @param {string[]} nodes origins that may carry it
 * @returns {{identity: Uint8Array, secret: Uint8Array}} identity: what makes whoever holds it host
 */
export function foundMeeting(core, nodes) {
    const encoder = new TextEncoder();
    const answer = new Answer(core.call(Operation.identityFound, [u16(nodes.length), ...nodes.map((node) => encoder.encode(node))]));
    return { identity: answer.bytes().slice(), secret: answer.bytes().slice() };
}

/**
 * Of somebody who has a link and nothing else.
 * @param {Uint8Array} secret
 * @returns {Uint8Array}
 */
export function guestIdentity(secret) {
    return encode(Identity, { signaturePrivateKey: NONE, links: [secret], hosting: null });
}

/**
 * What an organiser keeps for another visit: the host key and the links, without the key of this visit, so that two
 * windows are two participants.
 * @param {Uint8Array} identity
 * @returns {Uint8Array | null} null: of a guest, there is nothing to keep
 */
export function hostingPart(identity) {
    const [value] = decodeAll(Identity, identity);
    if (value === undefined || value.hosting === null) return null;
    return encode(Identity, { ...value, signaturePrivateKey: NONE });
}

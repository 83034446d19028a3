// SPDX-License-Identifier: Apache-2.0

// The few structures of RFC 9420 that a page writes and reads itself; everything else stays bytes.

/** Extension types of RFC 9420 §17.3. */
export const ExtensionType = Object.freeze({
    applicationID: 1, ratchetTree: 2, requiredCapabilities: 3, externalPub: 4, externalSenders: 5,
});

/** Proposal types of RFC 9420 §17.4, and SelfRemove. */
export const ProposalType = Object.freeze({
    add: 1, update: 2, remove: 3, preSharedKey: 4, reInit: 5, externalInit: 6, groupContextExtensions: 7, selfRemove: 10,
});

/** What a resumption PSK is for (RFC 9420 §8.4). */
export const ResumptionUsage = Object.freeze({ application: 1, reInit: 2, branch: 3 });

const BASIC = 1;
const NONCE_LENGTH = 32; // KDF.Nh of suites 1, 2 and 3
const MESSAGE_HEADER_LENGTH = 4; // version and wire format in front of a key package

/** @typedef {{ type: number, data: Uint8Array }} Extension */
/** @typedef {{ type: number, identity: Uint8Array }} Credential `identity` of a basic one; of others what follows the type */

/** @param {...(number[] | Uint8Array)} parts @returns {Uint8Array} */
export function join(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

/** @param {number} value */
const word16 = (value) => [value >>> 8 & 0xFF, value & 0xFF];
/** @param {number} value */
const word32 = (value) => [...word16(value >>> 16), ...word16(value)];

/**
 * `opaque<V>`: bytes after their length (RFC 9420 §2.1.2).
 * @param {...(number[] | Uint8Array)} parts
 */
export function opaque(...parts) {
    const content = join(...parts);
    if (content.length < 0x40) return join([content.length], content);
    if (content.length < 0x4000) return join(word16(content.length | 0x4000), content);
    return join(word32((content.length | 0x80000000) >>> 0), content);
}

/** @param {number[]} values */
const words = (values) => opaque(values.flatMap(word16));

/** @param {Extension[]} extensions */
export const extensions = (extensions) =>
    opaque(...extensions.map(({ type, data }) => join(word16(type), opaque(data))));

/** @param {Uint8Array} identity a basic credential's */
export const basicCredential = (identity) => join(word16(BASIC), opaque(identity));

/**
 * What a client can do (RFC 9420 §7.2). Default types are not listed.
 * @param {{ suites?: number[], extensions?: number[], proposals?: number[], credentials?: number[] }} [lists]
 */
export function capabilities(lists = {}) {
    const { suites = [1, 2, 3], extensions = [], proposals = [ProposalType.selfRemove], credentials = [BASIC] } = lists;
    return join(words([1]), words(suites), words(extensions), words(proposals), words(credentials));
}

/**
 * An extension of the group context: what every member has to support (RFC 9420 §11.1).
 * @param {{ extensions?: number[], proposals?: number[], credentials?: number[] }} lists
 * @returns {Extension}
 */
export const requiredCapabilities = ({ extensions = [], proposals = [], credentials = [] }) =>
    ({ type: ExtensionType.requiredCapabilities, data: join(words(extensions), words(proposals), words(credentials)) });

/**
 * An extension of the group context: who may propose from outside (RFC 9420 §12.1.8.1).
 * @param {{ signatureKey: Uint8Array, identity: Uint8Array }[]} senders
 * @returns {Extension}
 */
export const externalSenders = (senders) => ({
    type: ExtensionType.externalSenders,
    data: opaque(...senders.map((sender) => join(opaque(sender.signatureKey), basicCredential(sender.identity)))),
});

/** @param {Uint8Array} identifier the application's name of a pre-shared key */
export const externalSource = (identifier) => join([1], opaque(identifier));

/** @param {number} usage @param {Uint8Array} groupID @param {bigint} epoch */
export const resumptionSource = (usage, groupID, epoch) =>
    join([2, usage], opaque(groupID), word32(Number(epoch >> 32n)), word32(Number(epoch & 0xFFFFFFFFn)));

/** Proposals, to be sent by themselves or within a commit. */
export const Proposal = Object.freeze({
    /** @param {Uint8Array} keyPackage the message of a key package */
    add: (keyPackage) => join(word16(ProposalType.add), keyPackage.subarray(MESSAGE_HEADER_LENGTH)),
    /** @param {number} leaf */
    remove: (leaf) => join(word16(ProposalType.remove), word32(leaf)),
    /** @param {Uint8Array} source e.g. `externalSource` @param {Uint8Array} [nonce] */
    preSharedKey: (source, nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH))) =>
        join(word16(ProposalType.preSharedKey), source, opaque(nonce)),
    /** @param {{ groupID: Uint8Array, suite: number, extensions?: Extension[] }} parameters */
    reInit: ({ groupID, suite, extensions: list = [] }) =>
        join(word16(ProposalType.reInit), opaque(groupID), word16(1), word16(suite), extensions(list)),
    /** @param {Extension[]} list all that the group context shall have */
    groupContextExtensions: (list) => join(word16(ProposalType.groupContextExtensions), extensions(list)),
    selfRemove: () => Uint8Array.from(word16(ProposalType.selfRemove)),
});

/** Reads what the core has checked already. */
export class WireReader {
    #bytes;
    #offset = 0;

    /** @param {Uint8Array} bytes */
    constructor(bytes) { this.#bytes = bytes; }

    get isAtEnd() { return this.#offset >= this.#bytes.length; }

    word16() { return this.#number(2); }

    opaque() {
        const size = 1 << (this.#bytes[this.#offset] >>> 6);
        const length = this.#number(size) - [0, 0, 0x4000, 0, 0x80000000][size];
        this.#offset += length;
        return this.#bytes.subarray(this.#offset - length, this.#offset);
    }

    rest() { return this.#bytes.subarray(this.#offset); }

    /** @param {number} size */
    #number(size) {
        let value = 0;
        for (let index = 0; index < size; index++) value = value * 256 + this.#bytes[this.#offset++];
        return value;
    }
}

/** @param {Uint8Array} bytes @returns {Extension[]} */
export function readExtensions(bytes) {
    const content = new WireReader(new WireReader(bytes).opaque());
    const list = [];
    while (!content.isAtEnd) list.push({ type: content.word16(), data: content.opaque() });
    return list;
}

/** @param {Uint8Array} bytes @returns {Credential} */
export function readCredential(bytes) {
    const reader = new WireReader(bytes);
    const type = reader.word16();
    return { type, identity: type === BASIC ? reader.opaque() : reader.rest() };
}

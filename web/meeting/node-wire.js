// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from "../crypto/base64url.js";
import { PROTOCOL_VERSION } from "./protocol.js";

// Between the node's JSON (docs/protocol.md) and what the member in the core reads and says. The node is taken at its word
// here; what is true of it the member finds out.

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("../crypto/member.js").Input} Input */

/** The member's requests, as the node sees them, stay apart from those about media. */
const REQUESTS = 0x4000_0000;
const NONE = new Uint8Array(0);

/** @param {unknown} value @returns {Uint8Array} nothing for what are no bytes: the member refuses it */
const bytes = (value) => (typeof value === "string" ? decode(value) : null) ?? NONE;
/** @param {unknown} value @returns {string} */
const text = (value) => (typeof value === "string" ? value : "");
/** @param {unknown} value @returns {number} */
const number = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);
/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);
/** @param {unknown} value @returns {number} */
const request = (value) => (isMembers(value) ? Number(value) - REQUESTS : 0);

/** @param {unknown} value of a message's `request` @returns {boolean} whether the member asked */
export function isMembers(value) {
    return Number.isSafeInteger(value) && Number(value) >= REQUESTS;
}

/** @param {any} value */
const present = (value) => ({ participant: text(value?.id), connected: value?.connected !== false });
/** @param {any} value */
const knock = (value) => ({ participant: text(value?.participant), alias: text(value?.meeting), knock: bytes(value?.knock) });

/** @type {Record<string, (message: Message) => Record<string, any>>} */
const readers = {
    door: (message) => ({
        card: bytes(message.card), isCurrent: message.current === true, epoch: number(message.epoch),
        generation: number(message.generation), lobby: message.lobby === true, locked: message.locked === true,
        hostPresent: message.hostPresent === true, accountable: message.accountable === true,
    }),
    vacant: (message) => ({ nodeKey: bytes(message.key) }),
    welcome: (message) => ({
        isResumed: message.resumed === true, resume: text(message.resume), epoch: number(message.epoch),
        sequence: number(message.seq), present: list(message.participants).map(present), knocks: list(message.knocks).map(knock),
        welcome: bytes(message.welcome), tree: bytes(message.tree), invitation: bytes(message.invitation),
    }),
    waiting: (message) => ({ hostPresent: message.hostPresent === true }),
    commit: (message) => ({ sequence: number(message.seq), epoch: number(message.epoch), commit: bytes(message.commit) }),
    proposal: (message) => ({ sequence: number(message.seq), proposal: bytes(message.proposal) }),
    message: (message) => ({ sequence: number(message.seq), from: text(message.from), message: bytes(message.message) }),
    ready: (message) => ({ epoch: number(message.epoch) }),
    reopened: (message) => ({
        sequence: number(message.seq), epoch: number(message.epoch), refusals: list(message.refusals).map(bytes),
    }),
    knock,
    knockGone: (message) => ({ participant: text(message.participant) }),
    participant: (message) => ({ participant: text(message.participant), connected: message.connected === true }),
    group: (message) => ({ epoch: number(message.epoch), groupInfo: bytes(message.groupInfo), tree: bytes(message.tree) }),
    accepted: (message) => ({ request: request(message.request), epoch: number(message.epoch), sequence: number(message.seq) }),
    sent: (message) => ({ request: request(message.request) }),
    error: (message) => ({ code: text(message.code), request: request(message.request), detail: text(message.detail) }),
    refused: (message) => ({ reason: text(message.reason) }),
    removed: () => ({}),
    ended: () => ({}),
};

/**
 * What a message of the node means to the member.
 * @param {Message} message
 * @returns {Input | null} null: nothing
 */
export function readNodeMessage(message) {
    const reader = Object.hasOwn(readers, message.type) ? readers[message.type] : undefined;
    return reader === undefined ? null : { kind: message.type, ...reader(message) };
}

/** @type {Record<string, (asked: any) => Record<string, any>>} */
const writers = {
    join: ({ alias, keyPackage, create, resume, since }) => ({
        version: PROTOCOL_VERSION, meeting: alias, keyPackage: encode(keyPackage), ...(create ? { create } : {}),
        ...(resume === "" ? {} : { resume, since }),
    }),
    found: ({ groupInfo, tree, sealedGroupInfo, card }) => ({
        groupInfo: encode(groupInfo), tree: encode(tree), sealedGroupInfo: encode(sealedGroupInfo), card: encode(card),
    }),
    knock: (asked) => ({ knock: encode(asked.knock) }),
    look: () => ({}),
    commit: (asked) => ({
        request: REQUESTS + asked.request, epoch: asked.epoch, commit: encode(asked.commit), groupInfo: encode(asked.groupInfo),
        ...(asked.welcome.length === 0 ? {} : { welcome: encode(asked.welcome) }),
        ...(asked.link === null ? {} : { link: { alias: asked.link.alias, card: encode(asked.link.card) } }),
        ...(asked.invitations.length === 0 ? {} : {
            invitations: asked.invitations.map((/** @type {any} */ one) => ({ participant: one.participant, invitation: encode(one.invitation) })),
        }),
    }),
    message: (asked) => ({
        message: encode(asked.message), ...(asked.request === 0 ? {} : { request: REQUESTS + asked.request }),
        ...(asked.to === null ? {} : { to: asked.to }),
    }),
    propose: ({ proposal }) => ({ proposal: encode(proposal) }),
    ack: ({ epoch }) => ({ epoch }),
    refuse: ({ refusal }) => ({ refusal: encode(refusal) }),
    deny: (asked) => ({ participant: asked.participant }),
    end: () => ({}),
    leave: () => ({}),
};

/**
 * What the member wants of the node, as a message.
 * @param {{kind: string, [member: string]: any}} asked
 * @returns {Message | null} null: it is not the node who is asked
 */
export function writeNodeRequest(asked) {
    const writer = writers[asked.kind];
    return writer === undefined ? null : { type: asked.kind, ...writer(asked) };
}

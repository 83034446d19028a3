// SPDX-License-Identifier: Apache-2.0
import { CoreTrap } from "../crypto/core.js";
import { Answer, u16, u32, u64, u8 } from "../crypto/fields.js";
import { Operation } from "./core-operations.js";
import * as wire from "./mls-wire.js";

// Members of MLS groups: docs/mls.md. Private keys stay in the core; the page holds handles, messages and what they mean.

/** Cipher suites of RFC 9420 §17.1 that the browser's core has. */
export const CipherSuite = Object.freeze({ x25519AES128GCM: 1, p256AES128GCM: 2, x25519ChaCha20Poly1305: 3 });

/** @typedef {import("../crypto/core.js").Core} Core */
/** @typedef {import("../crypto/fields.js").Field} Field */
/** @typedef {import("./mls-wire.js").Extension} Extension */
/**
 * @typedef {object} Member a leaf of the tree
 * @property {number | null} leaf none yet for somebody who isn't in the group
 * @property {Uint8Array} signatureKey
 * @property {import("./mls-wire.js").Credential} credential
 * @property {Extension[]} extensions
 */
/** @typedef {{ kind: "member" | "external", index: number } | { kind: "newMemberProposal" | "newMemberCommit" }} Sender */
/**
 * @typedef {object} ProposalInfo
 * @property {number} type one of `ProposalType`
 * @property {Uint8Array} bytes the proposal, with its type in front
 * @property {Sender} sender
 * @property {Member | null} member whom an add brings, or what an update makes of the sender
 */
/**
 * @typedef {object} Change who comes, who goes, what changes
 * @property {Sender} committer
 * @property {Uint8Array} authenticatedData
 * @property {Extension[]} extensions those of the group afterwards
 * @property {Member[]} added
 * @property {Member[]} removed as they were
 * @property {Member[]} updated by an update proposal
 * @property {Member | null} path the committer's new leaf, if the commit brings one
 * @property {(ProposalInfo & { isByReference: boolean })[]} proposals
 */
/**
 * @typedef {{ kind: "application", epoch: bigint, sender: Member, authenticatedData: Uint8Array, data: Uint8Array }
 *   | { kind: "proposal", reference: Uint8Array, proposal: ProposalInfo }
 *   | { kind: "commit", removesUs: boolean, change: Change }} Received a commit waits for `adopt` or `drop`
 */
/** @typedef {{ source: Uint8Array, key: Uint8Array }} PreSharedKey `source` from `externalSource` or `resumptionSource` */

const NONE = 0xFFFFFFFF;
const NOTHING = new Uint8Array(0);
const WEEK = 7n * 24n * 3600n;

/** Something private in the core, and the snapshot that it comes back from after a trap. */
class Held {
    #core;
    #isGroup;
    #handle;
    #generation;
    #snapshot = NOTHING;

    /** @param {Core} core @param {boolean} isGroup @param {number} handle */
    constructor(core, isGroup, handle) {
        this.#core = core;
        this.#isGroup = isGroup;
        this.#handle = handle;
        this.#generation = core.generation;
        this.remember();
    }

    /** It holds private keys: keep it where keys may be. */
    get snapshot() { return this.#snapshot.slice(); }

    get core() { return this.#core; }

    /** Changes when a trap has taken the instance. */
    get generation() { return this.#generation; }

    /** The handle as a field of a call, once it is known to be valid. */
    get field() {
        const generation = this.#core.generation;
        if (generation !== this.#generation) this.restoreFrom(this.#snapshot);
        return u32(this.#handle);
    }

    /** @param {number} operation @param {Field[]} fields */
    call(operation, fields) { return this.#core.call(operation, [this.field, ...fields]); }

    remember() {
        const former = this.#snapshot;
        this.#snapshot = this.call(Operation.heldSnapshot, [u8(0)]);
        former.fill(0);
    }

    /** @param {Uint8Array} snapshot */
    restoreFrom(snapshot) {
        this.#handle = restore(this.#core, this.#isGroup, snapshot).u32();
        this.#generation = this.#core.generation;
    }

    /** Forgets it. */
    close() {
        this.call(Operation.heldRelease, []);
        this.#snapshot.fill(0);
        this.#snapshot = NOTHING;
    }
}

/** A key package with its private keys: what one founds, joins and is added to groups with. */
export class KeyPackage extends Held {
    /** @param {Core} core @param {Answer} answer */
    constructor(core, answer) {
        super(core, false, answer.u32());
        this.reference = answer.bytes();
        /** The message that others need to add us. */
        this.message = answer.bytes();
    }

    /**
     * @param {Core} core
     * @param {object} description
     * @param {Uint8Array} description.identity of a basic credential
     * @param {number} [description.suite]
     * @param {KeyPackage} [description.sameAs] whose signature key this one has too
     * @param {Parameters<typeof wire.capabilities>[0]} [description.capabilities]
     * @param {Extension[]} [description.leafExtensions]
     * @param {Extension[]} [description.extensions]
     * @param {{ notBefore: bigint, notAfter: bigint }} [description.lifetime] seconds since 1970
     */
    static create(core, description) {
        const { suite = CipherSuite.x25519AES128GCM, sameAs, leafExtensions = [], extensions = [] } = description;
        const now = BigInt(Math.floor(Date.now() / 1000));
        const { notBefore, notAfter } = description.lifetime ?? { notBefore: now - 3600n, notAfter: now + WEEK };
        return new KeyPackage(core, new Answer(core.call(Operation.keyPackageCreate, [
            u16(suite), sameAs?.field ?? u32(0), wire.basicCredential(description.identity),
            wire.capabilities(description.capabilities), wire.extensions(leafExtensions), wire.extensions(extensions),
            u64(notBefore), u64(notAfter),
        ])));
    }

    /** @param {Core} core @param {Uint8Array} snapshot */
    static restore(core, snapshot) { return new KeyPackage(core, restore(core, false, snapshot)); }

    /**
     * Somebody else's: who it is. Refuses one that is not valid by itself.
     * @param {Core} core @param {Uint8Array} message
     */
    static read(core, message) {
        const answer = new Answer(core.call(Operation.keyPackageRead, [message]));
        return {
            suite: answer.u16(), reference: answer.bytes(), extensions: wire.readExtensions(answer.bytes()),
            member: readMember(answer), lifetime: { notBefore: answer.u64(), notAfter: answer.u64() },
        };
    }

    /**
     * A proposal to be added, from outside.
     * @param {{ groupID: Uint8Array, epoch: bigint, authenticatedData?: Uint8Array }} group
     */
    proposeSelf(group) { return this.proposeAsExternal(group, NONE, NOTHING); }

    /**
     * A proposal as the external sender at a place of the group's list.
     * @param {{ groupID: Uint8Array, epoch: bigint, authenticatedData?: Uint8Array }} group
     * @param {number} index
     * @param {Uint8Array} proposal
     */
    proposeAsExternal({ groupID, epoch, authenticatedData = NOTHING }, index, proposal) {
        return this.call(Operation.groupProposeFromOutside, [groupID, u64(epoch), u32(index), proposal, authenticatedData]);
    }
}

/**
 * A group as one of its members.
 *
 * After each change of ours a snapshot is taken. When the core traps, the call fails with `CoreTrap`, and the next one
 * finds the group restored. Lost is then: a received commit that was staged (receive it again), and the memory of
 * application messages opened since, which could be replayed once. A commit of ours that was staged is kept.
 */
export class Group extends Held {
    /** The epoch that a commit of ours leads to, kept for the case of a trap. */
    #ownStaged = NOTHING;
    #stagedGeneration = 0;

    /** @param {Core} core @param {number} handle */
    constructor(core, handle) { super(core, true, handle); }

    /**
     * A group of one.
     * @param {KeyPackage} keyPackage
     * @param {{ groupID: Uint8Array, extensions?: Extension[] }} parameters
     */
    static create(keyPackage, { groupID, extensions = [] }) {
        const answer = keyPackage.call(Operation.groupCreate, [groupID, wire.extensions(extensions)]);
        return new Group(keyPackage.core, new Answer(answer).u32());
    }

    /**
     * @param {KeyPackage} keyPackage to be closed afterwards: it serves once
     * @param {Uint8Array} welcome
     * @param {object} [details]
     * @param {Uint8Array} [details.tree] if the Welcome doesn't carry it
     * @param {Group} [details.origin] the group that this one continues or branches from
     * @param {PreSharedKey[]} [details.preSharedKeys]
     */
    static join(keyPackage, welcome, details = {}) {
        const { tree = NOTHING, origin, preSharedKeys = [] } = details;
        const from = origin ? [u8(1), origin.field] : [u8(0)];
        const answer = keyPackage.call(Operation.groupJoin, [welcome, tree, ...from, ...keys(preSharedKeys)]);
        return new Group(keyPackage.core, new Answer(answer).u32());
    }

    /**
     * Comes in by a commit of one's own. The group is ours once the delivery service has taken the commit.
     * @param {KeyPackage} keyPackage
     * @param {Uint8Array} groupInfo
     * @param {object} [details]
     * @param {Uint8Array} [details.tree]
     * @param {number} [details.replacing] our own old leaf, if we come back
     * @param {PreSharedKey[]} [details.preSharedKeys] all of which the commit uses
     * @param {Uint8Array[]} [details.selfRemoves] pending messages of those who want to go
     * @param {Uint8Array} [details.authenticatedData]
     */
    static joinExternally(keyPackage, groupInfo, details = {}) {
        const { tree = NOTHING, replacing = NONE, preSharedKeys = [], selfRemoves = [] } = details;
        const answer = new Answer(keyPackage.call(Operation.groupJoinExternally, [
            groupInfo, tree, u32(replacing), details.authenticatedData ?? NOTHING,
            u16(selfRemoves.length), ...selfRemoves, ...keys(preSharedKeys),
        ]));
        const group = new Group(keyPackage.core, answer.u32());
        return { group, commit: answer.bytes(), change: readChange(answer) };
    }

    /** @param {Core} core @param {Uint8Array} snapshot */
    static restore(core, snapshot) { return new Group(core, restore(core, true, snapshot).u32()); }

    /**
     * Makes a commit, which waits for `adopt`: when the delivery service has taken it.
     * @param {object} [options]
     * @param {Uint8Array[]} [options.proposals] by value
     * @param {"all" | Uint8Array[]} [options.pending] all proposals that fit together, or those of these references
     * @param {boolean} [options.withPath] fresh keys even if nothing makes them necessary
     * @param {KeyPackage} [options.member] what our leaf shall say from now on
     * @param {{ padding: number } | null} [options.encrypted] as a PrivateMessage
     * @param {boolean} [options.treeInWelcome]
     * @param {Uint8Array} [options.authenticatedData]
     * @param {Extension[]} [options.groupInfoExtensions] of the Welcome
     * @param {PreSharedKey[]} [options.preSharedKeys]
     * @returns {{ commit: Uint8Array, welcome: Uint8Array | null, change: Change }}
     */
    commit(options = {}) {
        const { proposals = [], pending = "all", withPath = true, treeInWelcome = true, preSharedKeys = [] } = options;
        const references = pending === "all" ? [] : pending;
        const answer = new Answer(this.call(Operation.groupCommit, [
            options.member?.field ?? u32(0),
            u8((withPath ? 1 : 0) | (treeInWelcome ? 2 : 0) | (pending === "all" ? 4 : 0)),
            ...format(options.encrypted), wire.join(...proposals), u16(references.length), ...references,
            options.authenticatedData ?? NOTHING, wire.extensions(options.groupInfoExtensions ?? []),
            ...keys(preSharedKeys),
        ]));
        const commit = answer.bytes();
        const welcome = answer.bytes();
        const change = readChange(answer);
        this.#forgetStaged();
        this.#ownStaged = this.call(Operation.heldSnapshot, [u8(1)]);
        this.#stagedGeneration = this.generation;
        if (options.encrypted) this.remember();
        return { commit, welcome: welcome.length === 0 ? null : welcome, change };
    }

    /**
     * @param {Uint8Array} proposal
     * @param {{ encrypted?: { padding: number } | null, authenticatedData?: Uint8Array }} [options]
     * @returns {Uint8Array} the message
     */
    propose(proposal, options = {}) {
        const { encrypted, authenticatedData = NOTHING } = options;
        return this.#propose(u32(0), proposal, encrypted, authenticatedData);
    }

    /**
     * Proposes fresh keys for our leaf.
     * @param {{ encrypted?: { padding: number } | null, member?: KeyPackage }} [options]
     */
    proposeUpdate(options = {}) {
        const { encrypted, member } = options;
        return this.#propose(member?.field ?? u32(0), NOTHING, encrypted, NOTHING);
    }

    /**
     * @param {Field} member
     * @param {Uint8Array} proposal
     * @param {{ padding: number } | null | undefined} encrypted
     * @param {Uint8Array} authenticatedData
     */
    #propose(member, proposal, encrypted, authenticatedData) {
        const fields = [member, ...format(encrypted), proposal, authenticatedData];
        const message = this.call(Operation.groupPropose, fields);
        this.remember();
        return message;
    }

    /**
     * @param {Uint8Array} message
     * @param {{ preSharedKeys?: PreSharedKey[] }} [details]
     * @returns {Received}
     */
    receive(message, details = {}) {
        const fields = [message, ...keys(details.preSharedKeys ?? [])];
        const answer = new Answer(this.call(Operation.groupReceive, fields));
        switch (answer.u8()) {
            case 1:
                return {
                    kind: "application", epoch: answer.u64(), sender: readMember(answer),
                    authenticatedData: answer.bytes(), data: answer.bytes(),
                };
            case 2: {
                const reference = answer.bytes();
                this.remember();
                return { kind: "proposal", reference, proposal: readProposal(answer) };
            }
            default:
                this.#forgetStaged();
                this.#stagedGeneration = this.generation;
                return { kind: "commit", removesUs: answer.u8() === 1, change: readChange(answer) };
        }
    }

    /** Goes to the epoch that is staged. */
    adopt() {
        void this.field;
        if (this.generation === this.#stagedGeneration) {
            this.call(Operation.groupAdopt, []);
        } else if (this.#ownStaged.length > 0) {
            this.call(Operation.heldRelease, []);
            this.restoreFrom(this.#ownStaged);
        } else {
            throw new CoreTrap("what was staged went with its instance");
        }
        this.#forgetStaged();
        this.remember();
    }

    /** Drops what is staged. */
    drop() {
        this.call(Operation.groupDiscard, [u8(1)]);
        this.#forgetStaged();
    }

    /** Drops pending proposals, so that data can be sent before anybody has committed them. */
    dropProposals() {
        this.call(Operation.groupDiscard, [u8(2)]);
        this.remember();
    }

    /** Forgets what was kept for late messages of former epochs. */
    forgetPastEpochs() {
        this.call(Operation.groupDiscard, [u8(4)]);
        this.remember();
    }

    #forgetStaged() {
        this.#ownStaged.fill(0);
        this.#ownStaged = NOTHING;
    }

    /** What there is to know of the present epoch. */
    get state() {
        const answer = new Answer(this.call(Operation.groupState, []));
        return {
            epoch: answer.u64(), leaf: answer.u32(), leafWidth: answer.u32(), suite: answer.u16(),
            status: /** @type {const} */ (["active", "reinitialized", "removed"])[answer.u8()],
            hasStaged: answer.u8() === 1, pendingProposals: answer.u32(), groupID: answer.bytes(),
            epochAuthenticator: answer.bytes(), extensions: wire.readExtensions(answer.bytes()),
            treeHash: answer.bytes(), confirmedTranscriptHash: answer.bytes(),
        };
    }

    /** @returns {Member[]} in the order of their leaves */
    get members() {
        const answer = new Answer(this.call(Operation.groupMembers, []));
        const members = [];
        while (!answer.isAtEnd) members.push(readMember(answer));
        return members;
    }

    /** The ratchet tree, for those whose Welcome or group info doesn't carry it. */
    get tree() { return this.call(Operation.groupTree, []); }

    /**
     * MLS-Exporter (RFC 9420 §8.5).
     * @param {string} label @param {Uint8Array} context @param {number} length
     */
    export(label, context, length) {
        return this.call(Operation.groupExport, [new TextEncoder().encode(label), context, u16(length)]);
    }

    /**
     * @param {Uint8Array} data
     * @param {{ authenticatedData?: Uint8Array, padding?: number }} [options] `padding`: to a multiple of this length
     */
    encrypt(data, options = {}) {
        const { authenticatedData = NOTHING, padding = 0 } = options;
        const message = this.call(Operation.groupEncrypt, [data, authenticatedData, u16(padding)]);
        this.remember();
        return message;
    }

    /**
     * The group for those who come from outside.
     * @param {{ withTree?: boolean, withExternalPub?: boolean, extensions?: Extension[] }} [options]
     */
    groupInfo(options = {}) {
        const { withTree = true, withExternalPub = true, extensions = [] } = options;
        const what = (withTree ? 1 : 0) | (withExternalPub ? 2 : 0);
        return this.call(Operation.groupInfo, [u8(what), wire.extensions(extensions)]);
    }

    /**
     * The group that continues this one after a commit with a ReInit.
     * @param {KeyPackage} keyPackage ours, of the new suite @param {Uint8Array[]} others messages of all others' key packages
     */
    reinitialize(keyPackage, others) { return this.#succeed(keyPackage, 0, NOTHING, [], others); }

    /**
     * A group of some of the members.
     * @param {KeyPackage} keyPackage
     * @param {Uint8Array[]} others
     * @param {{ groupID: Uint8Array, extensions?: Extension[] }} parameters
     */
    branch(keyPackage, others, { groupID, extensions = [] }) {
        return this.#succeed(keyPackage, 1, groupID, extensions, others);
    }

    /**
     * @param {KeyPackage} keyPackage
     * @param {number} isBranch
     * @param {Uint8Array} groupID
     * @param {Extension[]} extensions
     * @param {Uint8Array[]} others
     */
    #succeed(keyPackage, isBranch, groupID, extensions, others) {
        const answer = new Answer(this.call(Operation.groupSucceed, [
            keyPackage.field, u8(isBranch), groupID, wire.extensions(extensions), u16(others.length), ...others,
        ]));
        return { group: new Group(this.core, answer.u32()), welcome: answer.bytes() };
    }
}

/** @param {Core} core @param {boolean} isGroup @param {Uint8Array} snapshot */
function restore(core, isGroup, snapshot) {
    return new Answer(core.call(Operation.heldRestore, [u8(isGroup ? 1 : 0), snapshot]));
}

/** @param {PreSharedKey[]} keys @returns {Field[]} */
const keys = (keys) => [u16(keys.length), ...keys.flatMap(({ source, key }) => [source, key])];

/** @param {{ padding: number } | null | undefined} encrypted @returns {Field[]} */
const format = (encrypted) => [u8(encrypted ? 1 : 0), u16(encrypted?.padding ?? 0)];

/** @param {Answer} answer @returns {Member} */
function readMember(answer) {
    const leaf = answer.u32();
    return {
        leaf: leaf === NONE ? null : leaf, signatureKey: answer.bytes(), credential: wire.readCredential(answer.bytes()),
        extensions: wire.readExtensions(answer.bytes()),
    };
}

/** @param {Answer} answer @returns {Sender} */
function readSender(answer) {
    const kind = answer.u8();
    if (kind > 2) return { kind: kind === 3 ? "newMemberProposal" : "newMemberCommit" };
    return { kind: kind === 1 ? "member" : "external", index: answer.u32() };
}

/** @param {Answer} answer @returns {ProposalInfo} */
function readProposal(answer) {
    const sender = readSender(answer);
    const bytes = answer.bytes();
    const member = answer.u8() === 1 ? readMember(answer) : null;
    return { type: bytes[0] * 256 + bytes[1], bytes, sender, member };
}

/** @param {Answer} answer @returns {Change} */
function readChange(answer) {
    const list = () => Array.from({ length: answer.u32() }, () => readMember(answer));
    const committer = readSender(answer);
    const authenticatedData = answer.bytes();
    const extensions = wire.readExtensions(answer.bytes());
    const [added, removed, updated, [path = null]] = [list(), list(), list(), list()];
    const proposals = [];
    while (!answer.isAtEnd) proposals.push({ isByReference: answer.u8() === 1, ...readProposal(answer) });
    return { committer, authenticatedData, extensions, added, removed, updated, path, proposals };
}

// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "../../meeting/emitter.js";

/** @typedef {import("../../types/meeting").Meeting} Meeting */
/** @typedef {import("../../types/meeting").WarningKind | "differ"} NoticedKind differ: the person said that the words differ */
/** @typedef {{kind: NoticedKind, id?: string, at: number, detail?: string}} Noticed */

/** What can't be explained by a bad network: somebody acted against the rules, or stands in between. */
const broken = new Set([
    "fork", "differ", "refusedCommit", "reopened", "nodeRemoves", "foreignCard", "falseHostAct", "refusedProposal",
    "rulesChanged",
]);

/** Then nobody can say who holds the key. */
const doubtful = new Set(["fork", "differ", "foreignCard"]);

/** @param {NoticedKind} kind */
export function isBroken(kind) {
    return broken.has(kind);
}

/**
 * What this browser or this person noticed, and what of it the person has put aside.
 * @extends {Emitter<{changed: void, noticed: Noticed}>}
 */
export class Watch extends Emitter {
    #session;
    /** @type {Noticed[]} */
    #own = [];
    /** @type {Set<string>} */
    #noted = new Set();

    /** @param {Meeting} session @param {AbortSignal} signal */
    constructor(session, signal) {
        super();
        this.#session = session;
        session.on("warning", (warning) => this.emit("noticed", warning), signal);
        session.on("security", () => this.emit("changed", undefined), signal);
    }

    /** @returns {Noticed[]} newest first */
    get all() {
        return [...this.#session.security.warnings, ...this.#own].sort((a, b) => b.at - a.at);
    }

    /** @returns {Noticed[]} what the person hasn't put aside */
    get open() {
        return this.all.filter((one) => !this.isNoted(one));
    }

    /** @returns {boolean} whether the person found the words to differ */
    get differs() {
        return this.#own.some(({ kind }) => kind === "differ");
    }

    /** @returns {boolean} whether it is in doubt who holds the key; putting the warning aside doesn't change that */
    get isDoubtful() {
        return this.all.some(({ kind }) => doubtful.has(kind));
    }

    /** @param {import("../../types/meeting").Participant} person */
    hasCompared(person) {
        return person.compared && !this.isDoubtful;
    }

    /** @param {Noticed} one */
    isNoted(one) {
        return this.#noted.has(key(one));
    }

    /** @param {Noticed[]} some */
    note(some) {
        for (const one of some) this.#noted.add(key(one));
        this.emit("changed", undefined);
    }

    /** The person read the words aloud and heard others. */
    wordsDiffer() {
        const one = { kind: /** @type {const} */ ("differ"), at: Date.now() };
        this.#own.push(one);
        this.emit("noticed", one);
        this.emit("changed", undefined);
    }
}

/** @param {Noticed} one */
function key({ kind, id, at }) {
    return `${kind} ${id} ${at}`;
}

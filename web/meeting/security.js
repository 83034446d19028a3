// SPDX-License-Identifier: Apache-2.0

/** @typedef {import("../types/meeting").Warning} Warning */
/** @typedef {import("../types/meeting").WarningKind} WarningKind */
/** @typedef {import("../types/meeting").ShortCode} ShortCode */

const KEPT = 100;

/** What this browser knows of the group's keys: words to compare, whom they were compared with, and what looks wrong. */
export class Security {
    /**
     * Twelve numbers of eleven bits, of this epoch.
     * @type {number[]}
     */
    words = [];
    /**
     * Four, of who is in the group.
     * @type {number[]}
     */
    roster = [];
    epoch = 0;
    /** When the epoch began, by this clock. */
    since = 0;
    /** @type {ShortCode | null} */
    shortCode = null;
    /** @type {Warning[]} */
    warnings = [];
    frames = { opened: 0, refused: 0 };
    /** The current link's; 22 letters. */
    linkSecret;

    /**
     * With whom this person has compared words.
     * @type {Set<string>}
     */
    #compared = new Set();
    #hasCompared = false;

    /** @param {string} linkSecret */
    constructor(linkSecret) {
        this.linkSecret = linkSecret;
    }

    /** @param {{epoch: number, words: number[], roster: number[]}} event */
    renew({ epoch, words, roster }) {
        this.epoch = epoch;
        this.words = words;
        this.roster = roster;
        this.since = Date.now();
    }

    /** @param {{kind: string, words?: number[], waitingFor?: string[]}} state */
    compare({ kind, words = [], waitingFor = [] }) {
        this.shortCode = { state: /** @type {ShortCode["state"]} */ (kind), words, waitingFor };
    }

    /** @param {Iterable<string>} present the words were equal at all of them */
    confirm(present) {
        for (const id of present) this.#compared.add(id);
        this.#hasCompared = true;
        this.shortCode = null;
    }

    /** @param {string} id @returns {{isNew: boolean, compared: boolean}} isNew: came after a comparison */
    standing(id) {
        const compared = this.#compared.has(id);
        return { isNew: this.#hasCompared && !compared, compared };
    }

    /** @param {{warning: string, about: string | null, detail: string}} event @returns {Warning} */
    warn({ warning, about, detail }) {
        /** @type {Warning} */
        const made = {
            kind: /** @type {WarningKind} */ (warning), at: Date.now(), ...(about === null ? {} : { id: about }), ...(detail === "" ? {} : { detail }),
        };
        this.warnings = [...this.warnings, made];
        // The oldest of what has been said more than once about the same goes first: a flood pushes nothing else out.
        while (this.warnings.length > KEPT) {
            const again = this.warnings.findIndex((one, index) => this.warnings.some((other, later) => later > index && isSame(one, other)));
            this.warnings.splice(Math.max(0, again), 1);
        }
        return made;
    }

    /** @param {{opened: number, refused: number}} totals @returns {boolean} whether they changed */
    count(totals) {
        const changed = totals.opened !== this.frames.opened || totals.refused !== this.frames.refused;
        this.frames = totals;
        return changed;
    }
}

/** @param {Warning} one @param {Warning} other */
function isSame(one, other) {
    return one.kind === other.kind && one.id === other.id;
}

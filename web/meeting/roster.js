// SPDX-License-Identifier: Apache-2.0

/** @typedef {import("../types/meeting").Participant} Participant */
/** @typedef {import("./protocol.js").Quality} Quality */

const LOUD_ENOUGH = 60;

/**
 * Who is inside and who is at the door, as the members have it from each other; who speaks and how well each is connected,
 * as the node says.
 */
export class Roster {
    /** @type {Map<string, Participant>} */
    people = new Map();
    /**
     * At the door: id → name.
     * @type {Map<string, string>}
     */
    knocks = new Map();
    /**
     * Those at the door whose link was replaced.
     * @type {Set<string>}
     */
    oldKnocks = new Set();
    /**
     * Loudest first.
     * @type {string[]}
     */
    speakers = [];
    /** @type {Map<string, Quality>} */
    quality = new Map();
    /**
     * Names of those who left stay known, so that "ended by" and old messages can say them.
     * @type {Map<string, string>}
     */
    #names = new Map();

    /** @param {Participant} now @returns {Participant | undefined} as they were */
    put(now) {
        const before = this.people.get(now.id);
        this.people.set(now.id, now);
        if (now.name !== "") this.#names.set(now.id, now.name);
        this.knockGone(now.id);
        return before;
    }

    /** @param {unknown} id @returns {Participant | null} who left */
    remove(id) {
        const person = this.people.get(String(id)) ?? null;
        this.people.delete(String(id));
        this.quality.delete(String(id));
        this.speakers = this.speakers.filter((speaker) => speaker !== id);
        return person;
    }

    /** @param {string} id @param {string} name @param {boolean} byOldLink */
    knock(id, name, byOldLink) {
        this.knocks.set(id, name);
        if (byOldLink) this.oldKnocks.add(id);
        else this.oldKnocks.delete(id);
    }

    /** @param {string} id */
    knockGone(id) {
        this.knocks.delete(id);
        this.oldKnocks.delete(id);
    }

    forgetKnocks() {
        this.knocks.clear();
        this.oldKnocks.clear();
    }

    /** @param {unknown} levels entries of {participant, level}; level in -dBov, 0 loudest */
    hear(levels) {
        this.speakers = (Array.isArray(levels) ? levels : [])
            .filter((entry) => this.people.has(entry?.participant) && Number(entry.level) < LOUD_ENOUGH)
            .sort((a, b) => a.level - b.level)
            .map((entry) => entry.participant);
    }

    /** @param {unknown} id @returns {string | null} */
    name(id) {
        return this.#names.get(String(id)) ?? null;
    }
}

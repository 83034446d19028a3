// SPDX-License-Identifier: Apache-2.0
import { readParticipant } from "./protocol.js";

/** @typedef {import("./protocol.js").Participant} Participant */
/** @typedef {import("./protocol.js").Quality} Quality */

const LOUD_ENOUGH = 60;

/** Who is inside, who is at the door, who speaks and how well each is connected. Only what the node said last. */
export class Roster {
    /** @type {Map<string, Participant>} */
    people = new Map();
    /**
     * At the door: id → name.
     * @type {Map<string, string>}
     */
    knocks = new Map();
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

    /** @param {unknown} participants @param {unknown} knocks */
    reset(participants, knocks) {
        this.people.clear();
        this.knocks.clear();
        for (const value of Array.isArray(participants) ? participants : []) this.put(value);
        for (const value of Array.isArray(knocks) ? knocks : []) this.knock(value);
        this.speakers = this.speakers.filter((id) => this.people.has(id));
    }

    /**
     * @param {unknown} value
     * @returns {{now: Participant, before: Participant | undefined} | null}
     */
    put(value) {
        const now = readParticipant(value);
        if (now === null) return null;
        const before = this.people.get(now.id);
        this.people.set(now.id, now);
        this.#names.set(now.id, now.name);
        this.knocks.delete(now.id);
        return { now, before };
    }

    /** @param {unknown} id @returns {Participant | null} who left */
    remove(id) {
        const person = this.people.get(String(id)) ?? null;
        this.people.delete(String(id));
        this.quality.delete(String(id));
        this.speakers = this.speakers.filter((speaker) => speaker !== id);
        return person;
    }

    /** @param {any} value */
    knock(value) {
        if (typeof value?.participant === "string") this.knocks.set(value.participant, String(value.name ?? ""));
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

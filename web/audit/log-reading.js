// SPDX-License-Identifier: Apache-2.0
import { CoreRefusal } from "../crypto/core.js";
import { UnreadableLog } from "./log-source.js";

/** Entries that are shown at once: proved one by one, before all is read. */
const NEWEST = 40;
/** A log up to this size is read whole without being asked to. */
const READ_UNASKED = 20_000;
/** Moments of a long log that the growth is drawn from while it isn't read whole. */
const SAMPLES = 24;
/** Bytes of an entry with its hashes, for saying how much a whole reading is. */
export const BYTES_PER_ENTRY = 330;

/**
 * @typedef {import("./auditor.js").Entry} Entry
 * @typedef {{ index: number, seconds: number }} Growth an entry's place, and when it came
 */

/**
 * A stranger's reading of a log: the checkpoint and who cosigned it, the newest entries with their proofs, then everything.
 * It fetches and keeps; what is in order and what isn't, the auditor says.
 */
export class LogReading {
    #audit;
    #source;
    #told;
    /** @type {import("./auditor.js").Step} */
    #step = { read: 0, all: 0, wanted: [] };
    #isReading = false;
    /** @type {Growth[]} */
    #sampled = [];
    /** @type {Growth[]} */
    #whole = [];

    /** @type {import("./auditor.js").Report | null} */
    report = null;
    /** @type {Map<number, Entry>} the newest, and those that were asked for */
    shown = new Map();
    /** @type {Map<string, Entry[]>} by the case's name, in its order; what was read of it */
    cases = new Map();
    progress = { read: 0, all: 0 };
    /** Everything that could be was read. */
    isDone = false;
    /** @type {string | null} why the proof of an entry that is to be shown didn't hold */
    refused = null;
    /** @type {string | null} a file that couldn't be fetched */
    unreadable = null;

    /**
     * @param {import("./auditor.js").Audit} audit
     * @param {import("./log-source.js").LogSource} source
     * @param {{ changed: () => void, sound: (checkpoint: import("./auditor.js").Checkpoint) => void }} told
     *   there is something new to show; everything was read, and nothing is wrong
     */
    constructor(audit, source, told) {
        this.#audit = audit;
        this.#source = source;
        this.#told = told;
    }

    get size() { return this.report?.checkpoint?.size ?? 0; }

    /** When entries came: all that were read, or moments proved one by one. */
    get growth() { return this.isDone ? this.#whole : this.#sampled; }

    /** Long logs are read whole when somebody asks for it. */
    get waitsToBeAsked() { return !this.isDone && !this.#isReading && this.size > READ_UNASKED; }

    async begin() {
        await this.#attempt(async () => {
            await this.#advance();
            await this.#advance();
            const size = this.size;
            if (size > 0) {
                const count = Math.min(size, NEWEST);
                await this.show(size - count, count);
            }
            if (size <= READ_UNASKED) await this.readWhole();
            else await this.#sample();
        });
    }

    /** Reads what is left. */
    async readWhole() {
        if (this.#isReading || this.isDone) return;
        this.#isReading = true;
        await this.#attempt(async () => {
            while (!this.isDone) await this.#advance();
        });
        this.#isReading = false;
        this.#told.changed();
    }

    /**
     * Entries with their proofs.
     * @param {number} first
     * @param {number} [count]
     * @returns {Promise<void>}
     */
    async show(first, count = 1) {
        for (const entry of await this.#proved(first, count)) this.shown.set(entry.index, entry);
        this.#told.changed();
    }

    /** One step of the reading: the files it wants, and what follows from them. */
    async #advance() {
        const wanted = this.#step.wanted;
        const files = await this.#source.fetch(wanted.map((each) => each.path));
        this.#step = this.#audit.step(files);
        this.#collect(wanted, files);
        this.progress = { read: this.#step.read, all: this.#step.all };
        this.isDone = this.#step.wanted.length === 0;
        this.report = this.#audit.report();
        const { isSound, checkpoint } = this.report;
        if (this.isDone && isSound && checkpoint?.isReached) this.#told.sound(checkpoint);
        this.#told.changed();
    }

    /** @param {import("./auditor.js").Wanted[]} wanted @param {(Uint8Array | null)[]} files */
    #collect(wanted, files) {
        for (const [place, { bundle }] of wanted.entries()) {
            const file = files[place];
            // The full one stands in for a partial one that is gone; the same entries don't count twice.
            if (bundle === null || file === null || bundle.first < this.#whole.length) continue;
            for (const entry of this.#audit.bundle(file, bundle)) {
                if (entry.index >= this.size) break;
                this.#whole.push({ index: entry.index, seconds: entry.seconds });
                if (entry.caseID === "") continue;
                const life = this.cases.get(entry.caseID);
                if (life === undefined) this.cases.set(entry.caseID, [entry]);
                else life.push(entry);
            }
        }
    }

    async #sample() {
        const last = this.size - 1;
        for (let number = 0; number < SAMPLES; number += 1) {
            const [entry] = await this.#proved(Math.floor((last * number) / (SAMPLES - 1)), 1);
            if (entry === undefined) return;
            this.#sampled.push({ index: entry.index, seconds: entry.seconds });
            this.#told.changed();
        }
    }

    /** @param {number} first @param {number} count @returns {Promise<Entry[]>} */
    async #proved(first, count) {
        try {
            const files = await this.#source.fetch(this.#audit.plan(first, count));
            return this.#audit.entries(first, count, files);
        } catch (error) {
            if (!(error instanceof CoreRefusal)) throw error;
            this.refused = error.reason;
            return [];
        }
    }

    /** @param {() => Promise<void>} body */
    async #attempt(body) {
        try {
            await body();
        } catch (error) {
            if (!(error instanceof UnreadableLog)) throw error;
            this.unreadable = error.message;
            this.#told.changed();
        }
    }
}

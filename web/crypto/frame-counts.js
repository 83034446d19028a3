// SPDX-License-Identifier: Apache-2.0

/** @typedef {import("./frame-codecs.js").Source} Source */
/**
 * Why a frame was not passed on.
 * - noKey: its epoch isn't held (any more, or for too long not yet)
 * - authentication: the tag is wrong
 * - misattributed: it opened, and is of somebody else or another stream than the section is for
 * - departed: its sender is not among the newest epoch's members
 * - replayed: its counter was used before
 * - malformed: no frame of ours, a plain one for instance
 * - codec: nothing that is carried
 * - fault: the core broke off
 * @typedef {"noKey" | "authentication" | "misattributed" | "departed" | "replayed" | "malformed" | "codec" | "fault"} Refusal
 */
/** @typedef {Partial<Record<Refusal, number>>} Refusals */
/**
 * How a stream came over the last change of epochs, in milliseconds.
 * @typedef {object} EpochGap
 * @property {bigint} epoch
 * @property {number} pause between the last frame opened before and the first one of the new epoch
 * @property {number | null} since between this member's own change to the epoch and that frame; negative if the frame
 *   was first, nothing if this member hasn't changed yet
 */
/** @typedef {{participant: string, source: Source, opened: number, refused: Refusals, epochGap: EpochGap | null}} StreamCounts */
/**
 * All since the start.
 * @typedef {object} FrameCounts
 * @property {Partial<Record<Source, number>>} sealed frames sent, all layers together
 * @property {Partial<Record<Source, Refusals>>} held frames that could not be sealed and were not sent
 * @property {StreamCounts[]} streams what was to be received
 * @property {number} unassigned frames of sections that were for nobody, or still those of a section's former sender
 */

/** What the worker counts. */
export class FrameTally {
    /** @type {Partial<Record<Source, number>>} */
    #sealed = {};
    /** @type {Partial<Record<Source, Refusals>>} */
    #held = {};
    /** @type {Map<string, StreamCounts>} */
    #streams = new Map();
    #unassigned = 0;
    #changed;

    /** @param {() => void} changed */
    constructor(changed) { this.#changed = changed; }

    /** @param {Source} source */
    sealed(source) {
        this.#sealed[source] = (this.#sealed[source] ?? 0) + 1;
        this.#changed();
    }

    /** @param {Source} source @param {Refusal} refusal */
    held(source, refusal) {
        add(this.#held[source] ??= {}, refusal);
        this.#changed();
    }

    /** @param {Expected} expected */
    opened(expected) {
        this.#stream(expected).opened += 1;
        this.#changed();
    }

    /** @param {Expected} expected @param {Refusal} refusal */
    refused(expected, refusal) {
        add(this.#stream(expected).refused, refusal);
        this.#changed();
    }

    /** @param {Expected} expected @param {EpochGap} gap */
    cameOver(expected, gap) {
        this.#stream(expected).epochGap = gap;
        this.#changed();
    }

    unassigned() {
        this.#unassigned += 1;
        this.#changed();
    }

    /** @returns {FrameCounts} */
    get counts() {
        return { sealed: this.#sealed, held: this.#held, streams: [...this.#streams.values()], unassigned: this.#unassigned };
    }

    /** @param {Expected} expected */
    #stream({ participant, source }) {
        const name = `${participant}/${source}`;
        let stream = this.#streams.get(name);
        if (stream === undefined) this.#streams.set(name, stream = { participant, source, opened: 0, refused: {}, epochGap: null });
        return stream;
    }
}

/** @typedef {{participant: string, source: Source}} Expected whose frames of which stream a section is for */

/** @param {Refusals} refusals @param {Refusal} refusal */
function add(refusals, refusal) {
    refusals[refusal] = (refusals[refusal] ?? 0) + 1;
}

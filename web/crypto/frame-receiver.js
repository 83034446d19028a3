// SPDX-License-Identifier: Apache-2.0
import { CONTEXTS, clearLength } from "./frame-codecs.js";
import { joined } from "./frame-sender.js";
import { KeyFrameRequests } from "./key-frame-requests.js";

/** @typedef {import("./frame-counts.js").Expected} Expected */
/** @typedef {import("./frame-counts.js").Refusal} Refusal */
/** @typedef {RTCEncodedVideoFrame | RTCEncodedAudioFrame} Frame */

/** Frames that may wait for the keys of an epoch to come. */
const WAITING = 64;
/** How long each of them may, in milliseconds. */
const PATIENCE = 1_000;
/** Whoever sends what doesn't open is not asked for ever more of it; in milliseconds. */
const KEY_FRAMES_EVERY = 1_000;
const KEY_FRAMES_AT_MOST = 8_000;
/** A section that is for somebody else now may carry the last frames of the one before for so long, in milliseconds. */
const CHANGEOVER = 2_000;
/** Frames whose moment is remembered, to tell a network's repeat from a replay. */
const REMEMBERED = 512;

/**
 * Opens the frames of one section and passes on those of the member and stream that the section is for, in the order in
 * which they came. Nothing else ever reaches the decoder. After a loss decoders hold on by themselves until the next key
 * frame (both browsers, VP8 and VP9), but would ask for it after three seconds only.
 */
export class FrameReceiver {
    #transformer;
    #isVideo;
    #epochs;
    #tally;
    #requests;
    #reader;
    /** @type {Expected | null} */
    #expected;
    /** @type {Expected | null} */
    #former = null;
    #changedAt = -Infinity;
    /** @type {{frame: Frame, arrived: number}[]} */
    #queue = [];
    #isWorking = false;
    /**
     * Set while the head of the queue waits for keys.
     * @type {(() => void) | null}
     */
    #wake = null;
    /** Whether a picture was lost and no key frame has come since. */
    #isTorn = false;
    /**
     * RTP timestamps of what was passed on, by epoch and counter, oldest first.
     * @type {Map<string, number | undefined>}
     */
    #passed = new Map();
    /** @type {{epoch: bigint, at: number} | null} */
    #last = null;

    /**
     * @param {RTCRtpScriptTransformer} transformer @param {{kind: string, expected: Expected | null}} options
     * @param {import("./frame-epochs.js").FrameEpochs} epochs @param {import("./frame-counts.js").FrameTally} tally
     */
    constructor(transformer, { kind, expected }, epochs, tally) {
        this.#transformer = transformer;
        this.#reader = transformer.readable.getReader();
        this.#isVideo = kind === "video";
        this.#expected = expected;
        this.#epochs = epochs;
        this.#tally = tally;
        this.#requests = new KeyFrameRequests(KEY_FRAMES_EVERY, KEY_FRAMES_AT_MOST, () => {
            // Refused before the first packet and after the last.
            void transformer.sendKeyFrameRequest?.().catch(() => undefined);
        });
    }

    /** @returns {Promise<void>} until `end` */
    async run() {
        const writer = this.#transformer.writable.getWriter();
        for (;;) {
            const { done, value: frame } = await this.#reader.read();
            if (done) return;
            this.#queue.push({ frame, arrived: performance.now() });
            if (this.#wake !== null && this.#queue.length > WAITING) this.#drop(this.#queue.shift(), "noKey");
            if (!this.#isWorking) this.#work(writer).catch(() => undefined); // the connection is gone
        }
    }

    /** @param {Expected | null} expected whom the section is for from now on */
    expect(expected) {
        if (expected?.participant === this.#expected?.participant && expected?.source === this.#expected?.source) return;
        this.#former = this.#expected;
        this.#changedAt = performance.now();
        this.#expected = expected;
        this.#last = null;
    }

    /** Keys came or went. */
    keysChanged() {
        this.#wake?.();
        if (!this.#isTorn) return;
        this.#requests.settle();
        this.#requests.ask();
    }

    end() {
        this.#requests.settle();
        void this.#reader.cancel().catch(() => undefined);
        this.#queue = [];
        this.#wake?.();
    }

    /** @param {WritableStreamDefaultWriter<Frame>} writer */
    async #work(writer) {
        this.#isWorking = true;
        try {
            for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
                const opened = await this.#open(head.frame);
                if (opened === "wait") {
                    const left = head.arrived + PATIENCE - performance.now();
                    if (left > 0) {
                        await this.#keysOr(left);
                        continue;
                    }
                }
                // `end` may have emptied the queue.
                if (this.#queue.shift() !== head) continue;
                if (typeof opened === "string") this.#drop(head, opened === "wait" ? "noKey" : opened);
                else {
                    head.frame.data = opened;
                    await writer.write(head.frame);
                }
            }
        } finally {
            this.#isWorking = false;
        }
    }

    /** @param {Frame} frame @returns {Promise<ArrayBuffer | Refusal | "wait">} */
    async #open(frame) {
        const bytes = new Uint8Array(frame.data);
        const { mimeType, rtpTimestamp } = frame.getMetadata();
        const clear = clearLength(mimeType, bytes);
        if (clear === null) return "codec";
        const metadata = bytes.subarray(0, clear);
        const sealed = bytes.subarray(clear);
        const opening = this.#epochs.open(sealed, metadata);
        const opened = opening instanceof Promise ? await opening : opening;
        if (typeof opened === "string") return opened === "noKey" && this.#epochs.mayComeFor(sealed) ? "wait" : opened;
        const { origin, participant, plaintext } = opened;
        const expected = this.#expected;
        if (expected?.participant !== participant || CONTEXTS[expected.source] !== origin.context) return "misattributed";
        // The network repeats a packet as it was. The same frame at another moment is somebody's doing.
        const name = `${origin.epoch}/${origin.counter}`;
        if (origin.isRepeat && (!this.#passed.has(name) || this.#passed.get(name) !== rtpTimestamp)) return "replayed";
        this.#remember(name, rtpTimestamp);
        this.#noteEpoch(expected, origin.epoch);
        if (!origin.isRepeat) this.#tally.opened(expected);
        if (this.#isVideo) this.#notePicture(frame);
        return joined(metadata, plaintext);
    }

    /** @param {string} name @param {number | undefined} timestamp */
    #remember(name, timestamp) {
        this.#passed.set(name, timestamp);
        if (this.#passed.size <= REMEMBERED) return;
        for (const oldest of this.#passed.keys()) {
            this.#passed.delete(oldest);
            break;
        }
    }

    /** @param {Expected} expected @param {bigint} epoch */
    #noteEpoch(expected, epoch) {
        const at = performance.now();
        if (this.#last !== null && epoch > this.#last.epoch) {
            const started = this.#epochs.startedAt(epoch);
            this.#tally.cameOver(expected, { epoch, pause: at - this.#last.at, since: started === null ? null : at - started });
        }
        if (this.#last === null || epoch >= this.#last.epoch) this.#last = { epoch, at };
    }

    /** @param {Frame} frame */
    #notePicture(frame) {
        if ("type" in frame && frame.type === "key") {
            this.#isTorn = false;
            this.#requests.settle();
        } else if (this.#isTorn) {
            this.#requests.ask();
        }
    }

    /** @param {{frame: Frame} | undefined} dropped @param {Refusal} refusal */
    #drop(dropped, refusal) {
        if (dropped === undefined) return;
        const expected = this.#expected;
        const isLeftOver = refusal === "misattributed" && this.#former !== null && performance.now() - this.#changedAt < CHANGEOVER;
        if (expected === null || isLeftOver) return this.#tally.unassigned();
        this.#tally.refused(expected, refusal);
        if (!this.#isVideo) return;
        this.#isTorn = true;
        this.#requests.ask();
    }

    /** @param {number} milliseconds @returns {Promise<void>} until keys came or went, or the time is over */
    #keysOr(milliseconds) {
        return new Promise((resolve) => {
            const timer = setTimeout(() => this.#wake?.(), milliseconds);
            this.#wake = () => {
                clearTimeout(timer);
                this.#wake = null;
                resolve();
            };
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
import { CONTEXTS, clearLength } from "./frame-codecs.js";
import { refusalOf } from "./frame-epochs.js";
import { KeyFrameRequests } from "./key-frame-requests.js";

/** @typedef {import("./frame-codecs.js").Source} Source */

/** Every layer and every change of epochs may want one; encoders are to be left in peace in between. */
const KEY_FRAMES_EVERY = 500;

/**
 * Seals one stream of this member, one frame after the other. What can't be sealed isn't sent.
 */
export class FrameSender {
    #transformer;
    #source;
    #epochs;
    #tally;
    #requests;
    #reader;

    /**
     * @param {RTCRtpScriptTransformer} transformer @param {{id: number, source: Source}} options
     * @param {import("./frame-epochs.js").FrameEpochs} epochs @param {import("./frame-counts.js").FrameTally} tally
     * @param {(id: number) => void} askPage for a key frame, where the worker can't
     */
    constructor(transformer, { id, source }, epochs, tally, askPage) {
        this.#transformer = transformer;
        this.#reader = transformer.readable.getReader();
        this.#source = source;
        this.#epochs = epochs;
        this.#tally = tally;
        this.#requests = new KeyFrameRequests(KEY_FRAMES_EVERY, KEY_FRAMES_EVERY, () => {
            const generated = transformer.generateKeyFrame?.();
            if (generated === undefined) askPage(id);
            else generated.catch(() => undefined); // a track that stands still has none
        });
    }

    /** @returns {Promise<void>} until `end` */
    async run() {
        const writer = this.#transformer.writable.getWriter();
        for (;;) {
            const { done, value: frame } = await this.#reader.read();
            if (done) return;
            const data = await this.#seal(frame);
            if (data === null) continue;
            frame.data = data;
            await writer.write(frame);
            this.#tally.sealed(this.#source);
        }
    }

    /** Another epoch seals from now on: whoever has just got its keys begins with a whole picture. */
    epochChanged() {
        if (this.#source === "camera" || this.#source === "screen") this.#requests.ask();
    }

    end() {
        this.#requests.settle();
        void this.#reader.cancel().catch(() => undefined);
    }

    /** @param {RTCEncodedVideoFrame | RTCEncodedAudioFrame} frame @returns {Promise<ArrayBuffer | null>} */
    async #seal(frame) {
        const plain = new Uint8Array(frame.data);
        const clear = clearLength(frame.getMetadata().mimeType, plain);
        if (clear === null) {
            this.#tally.held(this.#source, "codec");
            return null;
        }
        const metadata = plain.subarray(0, clear);
        try {
            const sealed = await this.#epochs.seal(plain.subarray(clear), CONTEXTS[this.#source], metadata);
            if (sealed !== null) return joined(metadata, sealed);
            this.#tally.held(this.#source, "noKey");
        } catch (error) {
            this.#tally.held(this.#source, refusalOf(error));
            this.epochChanged();
        }
        return null;
    }
}

/** @param {Uint8Array} front @param {Uint8Array} rest @returns {ArrayBuffer} */
export function joined(front, rest) {
    const whole = new Uint8Array(front.length + rest.length);
    whole.set(front);
    whole.set(rest, front.length);
    return whole.buffer;
}

// SPDX-License-Identifier: Apache-2.0

/**
 * How loud a track is, for the person's own eyes. It listens to a clone, so that a muted microphone
 * can still be measured ("you are speaking, but muted") while nothing is sent.
 */
export class LevelMeter {
    /** @type {AudioContext | null} */
    #context = null;
    /** @type {MediaStreamTrack | null} */
    #clone = null;
    /** @type {AnalyserNode | null} */
    #analyser = null;
    #askedAt = 0;
    #samples = new Float32Array(4096);

    /** @param {MediaStreamTrack | null} track */
    follow(track) {
        this.#release();
        if (track === null || typeof AudioContext === "undefined") return;
        this.#context ??= new AudioContext();
        this.#clone = track.clone();
        this.#clone.enabled = true;
        this.#analyser = this.#context.createAnalyser();
        this.#analyser.fftSize = this.#samples.length;
        this.#context.createMediaStreamSource(new MediaStream([this.#clone])).connect(this.#analyser);
        void this.#context.resume();
    }

    /** @returns {number} 0 (silence) … 1 (as loud as it gets), on a decibel scale */
    level() {
        if (this.#analyser === null) return 0;
        this.#wake();
        this.#analyser.getFloatTimeDomainData(this.#samples);
        let sum = 0;
        for (const sample of this.#samples) sum += sample * sample;
        const decibels = 10 * Math.log10(sum / this.#samples.length + 1e-10);
        return Math.min(1, Math.max(0, (decibels + 60) / 50));
    }

    /** Without a click on the page a browser may hold the context back; after one, asking again helps. */
    #wake() {
        if (this.#context?.state !== "suspended" || Date.now() - this.#askedAt < 1_000) return;
        this.#askedAt = Date.now();
        void this.#context.resume();
    }

    close() {
        this.#release();
        void this.#context?.close();
        this.#context = null;
    }

    #release() {
        this.#clone?.stop();
        this.#clone = null;
        this.#analyser?.disconnect();
        this.#analyser = null;
    }
}

// SPDX-License-Identifier: Apache-2.0

/** Asks for key frames: at once, and not again before a while has passed. */
export class KeyFrameRequests {
    #ask;
    #every;
    #askedAt = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {number} every milliseconds @param {() => void} ask */
    constructor(every, ask) {
        this.#every = every;
        this.#ask = ask;
    }

    ask() {
        if (this.#timer !== undefined) return;
        const pause = this.#askedAt + this.#every - performance.now();
        if (pause <= 0) return this.#now();
        this.#timer = setTimeout(() => this.#now(), pause);
    }

    /** One came. */
    settle() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
    }

    #now() {
        this.settle();
        this.#askedAt = performance.now();
        this.#ask();
    }
}

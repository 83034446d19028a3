// SPDX-License-Identifier: Apache-2.0

/** Asks for key frames: at once, and not again before a while has passed, which grows as long as none comes. */
export class KeyFrameRequests {
    #ask;
    #every;
    #most;
    #pause;
    #askedAt = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {number} every milliseconds @param {number} most what the pause grows to @param {() => void} ask */
    constructor(every, most, ask) {
        this.#every = this.#pause = every;
        this.#most = most;
        this.#ask = ask;
    }

    ask() {
        if (this.#timer !== undefined) return;
        const pause = this.#askedAt + this.#pause - performance.now();
        if (pause <= 0) return this.#now();
        this.#timer = setTimeout(() => this.#now(), pause);
    }

    /** One came, or it makes sense again to ask for one. */
    settle() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#pause = this.#every;
    }

    #now() {
        this.#timer = undefined;
        this.#pause = Math.min(this.#pause * 2, this.#most);
        this.#askedAt = performance.now();
        this.#ask();
    }
}

// SPDX-License-Identifier: Apache-2.0

const FIRST = 0x40000000; // the socket's own pings count from 1

/**
 * Waits until the node has had what this member said. It takes one message after another, so an answered ping says that what
 * went before was taken. A node that withholds it all the same is found out by the others' counters.
 */
export class Telling {
    #ping;
    #last = FIRST;
    #isAsking = false;
    /** @type {(() => void)[]} */
    #waiting = [];

    /** @param {(id: number) => void} ping */
    constructor(ping) {
        this.#ping = ping;
    }

    /**
     * Called before something is said.
     * @returns {Promise<void>}
     */
    wait() {
        return new Promise((resolve) => { this.#waiting.push(resolve); });
    }

    /** Something was said, on the socket. */
    sent() {
        if (this.#waiting.length === 0) return;
        this.#isAsking = true;
        this.#last += 1;
        this.#ping(this.#last);
    }

    /** @param {unknown} id of the ping that the node answers */
    answered(id) {
        if (this.#isAsking && id === this.#last) this.end();
    }

    /** The socket is gone, and perhaps what was said; it will be said again on the next. */
    cut() {
        this.#isAsking = false;
    }

    end() {
        this.#isAsking = false;
        for (const resolve of this.#waiting.splice(0)) resolve();
    }
}

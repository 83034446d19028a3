// SPDX-License-Identifier: Apache-2.0

/** A short gap heals by itself. */
const GRACE = 3_000;
/** How long an attempt may take before the next. */
const EVERY = 6_000;
/**
 * The node forgets a connection without a check for 30 seconds (RFC 7675), and a browser notices a loss some seconds
 * late. New paths to a forgotten connection would look alive and carry nothing, so it is given up well before that.
 */
const GIVE_UP = 20_000;
/** The node waits 30 seconds for a connection; a browser may never say that it has given one up. */
const CONNECT_WITHIN = 25_000;
/** How long after a sleep a loss is taken to have begun with it. */
const DOUBTFUL = 30_000;

/** When to look for new paths for one connection, and when to give it up. */
export class Recovery {
    /** When media stopped; 0 while it flows, or hasn't begun. */
    #lostAt = 0;
    #triedAt = -Infinity;
    #wokeAt = -Infinity;
    #restart;
    #giveUp;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #limit;

    /** @param {() => void} restart asks for new paths @param {() => void} giveUp the connection is past saving */
    constructor(restart, giveUp) {
        this.#restart = restart;
        this.#giveUp = giveUp;
    }

    /** @returns {boolean} whether sound and picture are held up */
    get held() {
        return this.#lostAt !== 0;
    }

    /** This connection stands in for a lost one, and is held up until it carries something. */
    standIn() {
        this.#lostAt = performance.now();
    }

    /** @param {RTCPeerConnectionState} state */
    follow(state) {
        clearTimeout(this.#limit);
        if (state === "connecting" || state === "disconnected") this.#limit = setTimeout(() => this.#giveUp(), CONNECT_WITHIN);
        if (state === "connected") {
            this.stop();
            this.#lostAt = 0;
        } else if (state === "failed") {
            if (!this.held) this.#lostAt = performance.now();
            this.stop();
            this.#giveUp();
        } else if (state === "disconnected" && !this.held) {
            this.#lostAt = performance.now();
            this.#timer = setTimeout(() => this.mend(), GRACE);
        }
    }

    /** New paths: now, or when the last attempt has had its time. */
    mend() {
        clearTimeout(this.#timer);
        const now = performance.now();
        if (this.held && (now - this.#lostAt >= GIVE_UP || now - this.#wokeAt < DOUBTFUL)) return this.#giveUp();
        const pause = this.#triedAt + EVERY - now;
        if (pause > 0) {
            this.#timer = setTimeout(() => this.mend(), pause);
            return;
        }
        this.#triedAt = now;
        this.#timer = setTimeout(() => { if (this.held) this.mend(); }, EVERY);
        this.#restart();
    }

    /** The page stood still for a while. If the connection turns out to be lost, it was lost then. */
    woke() {
        this.#wokeAt = performance.now();
    }

    /** The socket came back: what was asked on the old one may never have arrived, so nothing waits for it. */
    resync() {
        this.#triedAt = -Infinity;
        this.mend();
    }

    stop() {
        clearTimeout(this.#timer);
        clearTimeout(this.#limit);
    }
}

// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";
import { readMessage } from "./protocol.js";

/**
 * @typedef {{
 *   message: import("./protocol.js").Message,
 *   open: void,
 *   state: SignallingState,
 *   gone: void,
 *   lost: number,
 * }} SignallingEvents gone: a socket that was open isn't any more, whoever closed it; `lost` carries the close code of one
 *   that the other side closed, and who hears it may close for good
 */
/** @typedef {"connecting" | "open" | "waiting" | "closed"} SignallingState waiting: until the next try */

const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 8_000;
const PING_EVERY = 10_000;
const SILENT_AFTER = 25_000;
const OPEN_WITHIN = 10_000;
/** How long a node may take to answer when there is reason to doubt the socket. */
const ANSWER_WITHIN = 2_500;

/**
 * The WebSocket to a node, kept up: it comes back by itself with growing pauses until it is closed.
 * What is said on it is for `Session`.
 * @extends {Emitter<SignallingEvents>}
 */
export class Signalling extends Emitter {
    /** @type {SignallingState} */
    state = "closed";

    /** @type {string} */
    #url;
    /** @type {WebSocket | null} */
    #socket = null;
    /** Whether it has been open. */
    #wasOpen = false;
    #attempt = 0;
    #heardAt = 0;
    #pingId = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #retry;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #pinger;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #doubted;

    /** @param {string} node origin of the node */
    constructor(node) {
        super();
        const url = new URL("/signal", node);
        url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
        this.#url = url.href;
    }

    connect() {
        clearTimeout(this.#retry);
        this.#drop();
        this.#setState("connecting");
        const socket = new WebSocket(this.#url);
        this.#socket = socket;
        const tooLong = setTimeout(() => socket.close(), OPEN_WITHIN);
        socket.addEventListener("open", () => {
            clearTimeout(tooLong);
            if (socket !== this.#socket) return;
            this.#wasOpen = true;
            this.#heardAt = Date.now();
            this.#pinger = setInterval(() => this.#ping(), PING_EVERY);
            this.#setState("open");
            this.emit("open", undefined);
        });
        socket.addEventListener("message", (event) => {
            if (socket !== this.#socket) return;
            this.#heardAt = Date.now();
            const message = readMessage(event.data);
            if (message !== null) this.emit("message", message);
        });
        socket.addEventListener("close", (event) => {
            clearTimeout(tooLong);
            if (socket === this.#socket) this.#lost(event.code);
        });
    }

    /**
     * The network changed. A socket on the old one may look open for minutes, so it has to answer now; and nothing
     * waits out a pause.
     */
    hurry() {
        if (this.state === "waiting" || this.state === "connecting") this.connect();
        else if (this.state === "open") this.#doubt();
    }

    /** The node has no use for us yet: another try, after a pause. */
    retry() {
        if (this.state !== "closed") this.#again();
    }

    /** The node took us in: the next loss starts with the shortest pause again. */
    settled() {
        this.#attempt = 0;
    }

    /**
     * @param {import("./protocol.js").Message} message
     * @returns {boolean} whether it went out
     */
    send(message) {
        if (this.#socket?.readyState !== WebSocket.OPEN) return false;
        this.#socket.send(JSON.stringify(message));
        return true;
    }

    /** Ends it for good. */
    close() {
        clearTimeout(this.#retry);
        this.#drop();
        this.#setState("closed");
    }

    #ping() {
        if (Date.now() - this.#heardAt > SILENT_AFTER) {
            this.#lost(1006);
        } else {
            this.send({ type: "ping", id: ++this.#pingId });
        }
    }

    #doubt() {
        if (this.#doubted !== undefined) return;
        const asked = Date.now();
        this.#ping();
        this.#doubted = setTimeout(() => {
            this.#doubted = undefined;
            if (this.#heardAt < asked) this.connect();
        }, ANSWER_WITHIN);
    }

    /** @param {number} code */
    #lost(code) {
        this.#drop();
        this.emit("lost", code);
        if (this.state !== "closed") this.#again();
    }

    #again() {
        clearTimeout(this.#retry);
        this.#drop();
        const pause = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** this.#attempt) * (0.75 + Math.random() / 2);
        this.#attempt += 1;
        this.#setState("waiting");
        if (this.state === "waiting") this.#retry = setTimeout(() => this.connect(), pause);
    }

    #drop() {
        clearInterval(this.#pinger);
        clearTimeout(this.#doubted);
        this.#doubted = undefined;
        const socket = this.#socket;
        this.#socket = null;
        socket?.close();
        if (!this.#wasOpen) return;
        this.#wasOpen = false;
        this.emit("gone", undefined);
    }

    /** @param {SignallingState} state */
    #setState(state) {
        if (this.state === state) return;
        this.state = state;
        this.emit("state", state);
    }
}

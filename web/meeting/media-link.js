// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";
import { Publisher } from "./publisher.js";
import { Subscriber } from "./subscriber.js";

/** @typedef {import("./protocol.js").LayerWish} LayerWish */
/** @typedef {{send: import("./protocol.js").Message, tracks: void, interrupted: boolean, dead: void}} MediaLinkEvents dead: only another link helps */

const WISH_PAUSE = 250;
const LOOK_EVERY = 5_000;
/** Of a page that stood still for so long (the lid was closed) the node may have forgotten the connections. */
const ASLEEP = 20_000;

/**
 * Both peer connections of one stay in a meeting, and the layers this viewer asks for.
 * @extends {Emitter<MediaLinkEvents>}
 */
export class MediaLink extends Emitter {
    /** Whether sound and picture are held up right now. */
    interrupted;

    #publisher;
    #subscriber;
    /** @type {LayerWish[]} */
    #wishes = [];
    #sentWishes = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #wishTimer;
    #stop = new AbortController();
    #lookedAt = Date.now();
    #lookout = setInterval(() => this.#look(), LOOK_EVERY);

    /**
     * @param {RTCIceServer[]} iceServers @param {import("./local-media.js").LocalMedia} media
     * @param {import("../crypto/frame-client.js").FrameClient} frames @param {boolean} standsIn for a link that was lost
     */
    constructor(iceServers, media, frames, standsIn = false) {
        super();
        this.interrupted = standsIn;
        this.#publisher = new Publisher(iceServers, media.tracks, frames, standsIn);
        this.#subscriber = new Subscriber(iceServers, frames);
        const { signal } = this.#stop;
        this.#publisher.on("offer", (offer) => this.emit("send", { type: "publish", ...offer }));
        this.#publisher.on("state", () => this.#judge());
        this.#subscriber.on("answer", (answer) => this.emit("send", { type: "answer", ...answer }));
        this.#subscriber.on("tracks", () => this.emit("tracks", undefined));
        this.#subscriber.on("restart", () => this.emit("send", { type: "restartSubscriber" }));
        this.#subscriber.on("state", () => this.#judge());
        this.#publisher.on("dead", () => this.emit("dead", undefined));
        this.#subscriber.on("dead", () => this.emit("dead", undefined));
        media.on("track", ({ source, track }) => this.#publisher.setTrack(source, track), signal);
        // The network changed: don't wait until the old path has timed out.
        globalThis.addEventListener?.("online", () => this.restart(), { signal });
    }

    /** @returns {Map<string, MediaStreamTrack>} by `participant/source` */
    get tracks() {
        return this.#subscriber.tracks;
    }

    /** @param {import("./protocol.js").Message} message @returns {boolean} whether it was about media */
    handle(message) {
        switch (message.type) {
        case "published":
            void this.#publisher.answered(Number(message.request), String(message.sdp));
            return true;
        case "subscribe":
            this.#subscriber.offered(Number(message.request), String(message.sdp), Array.isArray(message.tracks) ? message.tracks : []);
            return true;
        default:
            return false;
        }
    }

    /** @param {number} request @param {string} code @returns {boolean} whether it is taken care of */
    refused(request, code) {
        return this.#publisher.refused(request, code);
    }

    /** @param {LayerWish[]} wishes */
    wish(wishes) {
        this.#wishes = wishes;
        clearTimeout(this.#wishTimer);
        this.#wishTimer = setTimeout(() => this.#sendWishes(), WISH_PAUSE);
    }

    /** The socket is back and the node still knows us: say again what may have been lost with it. */
    resync() {
        this.#sentWishes = "";
        this.#sendWishes();
        this.#publisher.resync();
        this.#subscriber.resync();
    }

    /** New paths for both directions. */
    restart() {
        this.#publisher.restart();
        this.#subscriber.restart();
    }

    /** @returns {Promise<{publisher: RTCStatsReport, subscriber: RTCStatsReport}>} */
    async stats() {
        return { publisher: await this.#publisher.stats(), subscriber: await this.#subscriber.stats() };
    }

    close() {
        this.#stop.abort();
        clearTimeout(this.#wishTimer);
        clearInterval(this.#lookout);
        this.#publisher.close();
        this.#subscriber.close();
    }

    #look() {
        const now = Date.now();
        if (now - this.#lookedAt > ASLEEP) {
            this.#publisher.woke();
            this.#subscriber.woke();
        }
        this.#lookedAt = now;
    }

    #sendWishes() {
        const text = JSON.stringify(this.#wishes);
        if (text === this.#sentWishes || this.#wishes.length === 0) return;
        this.#sentWishes = text;
        this.emit("send", { type: "layers", wants: this.#wishes });
    }

    #judge() {
        const held = this.#publisher.held || this.#subscriber.held;
        if (held === this.interrupted) return;
        this.interrupted = held;
        this.emit("interrupted", held);
    }
}

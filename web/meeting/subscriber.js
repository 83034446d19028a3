// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";

/** @typedef {import("./protocol.js").SubscribedTrack} SubscribedTrack */
/**
 * @typedef {{
 *   answer: {request: number, sdp: string},
 *   tracks: void,
 *   restart: void,
 *   state: RTCPeerConnectionState,
 * }} SubscriberEvents restart: the node should offer again with fresh ICE credentials
 */

const GRACE = 3_000;
const RESTART_EVERY = 6_000;

/**
 * The connection on which this browser receives. Only the node offers; each offer says which m-line
 * carries whose camera, sound or screen.
 * @extends {Emitter<SubscriberEvents>}
 */
export class Subscriber extends Emitter {
    /**
     * What arrives, by `participant/source`.
     * @type {Map<string, MediaStreamTrack>}
     */
    tracks = new Map();

    /** @type {RTCPeerConnection} */
    #connection;
    /**
     * Offers are taken one after the other.
     * @type {Promise<void>}
     */
    #queue = Promise.resolve();
    #closed = false;
    #restartedAt = 0;
    /** Whether new paths were asked for and no offer has come since. */
    #asked = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {RTCIceServer[]} iceServers */
    constructor(iceServers) {
        super();
        this.#connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
        this.#connection.addEventListener("connectionstatechange", () => this.#stateChanged());
    }

    /** @returns {RTCPeerConnectionState} */
    get state() {
        return this.#connection.connectionState;
    }

    /**
     * @param {number} request @param {string} sdp @param {SubscribedTrack[]} entries
     */
    offered(request, sdp, entries) {
        this.#asked = false;
        this.#queue = this.#queue.then(() => this.#take(request, sdp, entries)).catch((error) => {
            if (!this.#closed) console.warn("vigil: the node's offer was not usable", error);
        });
    }

    /** Asks the node for new paths, at most once in a while. */
    restart() {
        if (this.#closed || this.#connection.remoteDescription === null) return;
        clearTimeout(this.#timer);
        const pause = this.#restartedAt + RESTART_EVERY - Date.now();
        if (pause > 0) {
            this.#timer = setTimeout(() => this.restart(), pause);
            return;
        }
        this.#restartedAt = Date.now();
        this.#asked = true;
        this.emit("restart", undefined);
        this.#timer = setTimeout(() => { if (this.state !== "connected") this.restart(); }, RESTART_EVERY);
    }

    /** The socket came back: what was asked on the old one may never have arrived. */
    resync() {
        if (!this.#asked && this.state !== "failed" && this.state !== "disconnected") return;
        this.#restartedAt = 0;
        this.restart();
    }

    /** @returns {Promise<RTCStatsReport>} */
    stats() {
        return this.#connection.getStats();
    }

    close() {
        this.#closed = true;
        clearTimeout(this.#timer);
        this.#connection.close();
    }

    /**
     * @param {number} request @param {string} sdp @param {SubscribedTrack[]} entries
     */
    async #take(request, sdp, entries) {
        if (this.#closed) return;
        await this.#connection.setRemoteDescription({ type: "offer", sdp });
        await this.#connection.setLocalDescription(await this.#connection.createAnswer());
        const answer = this.#connection.localDescription?.sdp;
        if (this.#closed || answer === undefined) return;
        this.emit("answer", { request, sdp: answer });
        /** @type {Map<string, MediaStreamTrack>} */
        const tracks = new Map();
        const transceivers = new Map(this.#connection.getTransceivers().map((transceiver) => [transceiver.mid, transceiver]));
        for (const { mid, participant, source } of entries) {
            const transceiver = transceivers.get(mid);
            if (transceiver !== undefined) tracks.set(`${participant}/${source}`, transceiver.receiver.track);
        }
        this.tracks = tracks;
        this.emit("tracks", undefined);
    }

    #stateChanged() {
        const { state } = this;
        if (state === "connected") clearTimeout(this.#timer);
        else if (state === "failed") this.restart();
        else if (state === "disconnected") {
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.restart(), GRACE);
        }
        this.emit("state", state);
    }
}

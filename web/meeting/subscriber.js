// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";
import { Recovery } from "./recovery.js";

/** @typedef {import("./protocol.js").SubscribedTrack} SubscribedTrack */
/**
 * @typedef {{
 *   answer: {request: number, sdp: string},
 *   tracks: void,
 *   restart: void,
 *   state: RTCPeerConnectionState,
 *   dead: void,
 * }} SubscriberEvents restart: the node should offer again with fresh ICE credentials; dead: only a new connection helps
 */

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
    /** Whether new paths were asked for and no offer has come since. */
    #asked = false;
    #recovery = new Recovery(() => {
        this.#asked = true;
        this.emit("restart", undefined);
    }, () => this.emit("dead", undefined));

    /** @param {RTCIceServer[]} iceServers */
    constructor(iceServers) {
        super();
        this.#connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
        this.#connection.addEventListener("connectionstatechange", () => this.#stateChanged());
    }

    /** @returns {boolean} whether what the others send does not arrive right now */
    get held() {
        return this.#recovery.held;
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
        if (!this.#closed && this.#connection.remoteDescription !== null) this.#recovery.mend();
    }

    /** The page stood still for a while. */
    woke() {
        this.#recovery.woke();
    }

    /** The socket came back: what was asked on the old one may never have arrived. */
    resync() {
        if (!this.#closed && (this.#asked || this.held)) this.#recovery.resync();
    }

    /** @returns {Promise<RTCStatsReport>} */
    stats() {
        return this.#connection.getStats();
    }

    close() {
        this.#closed = true;
        this.#recovery.stop();
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
        const state = this.#connection.connectionState;
        this.#recovery.follow(state);
        if (!this.#closed) this.emit("state", state);
    }
}

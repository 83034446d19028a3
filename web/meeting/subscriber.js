// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";
import { Recovery } from "./recovery.js";
import { carryOnly, withoutOrphans } from "./sdp.js";

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
    #frames;
    /**
     * Whose stream each section is for, by its mid.
     * @type {Map<string, SubscribedTrack>}
     */
    #expected = new Map();
    /** @type {Set<RTCRtpReceiver>} */
    #guarded = new Set();
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

    /** @param {RTCIceServer[]} iceServers @param {import("../crypto/frame-client.js").FrameClient} frames */
    constructor(iceServers, frames) {
        super();
        this.#frames = frames;
        this.#connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
        this.#connection.addEventListener("connectionstatechange", () => this.#stateChanged());
        this.#connection.addEventListener("track", ({ transceiver }) => this.#guard(transceiver));
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
        for (const receiver of this.#guarded) this.#frames.release(receiver);
        this.#connection.close();
    }

    /**
     * @param {number} request @param {string} sdp @param {SubscribedTrack[]} entries
     */
    async #take(request, sdp, entries) {
        if (this.#closed) return;
        this.#expected = new Map(entries.map((entry) => [entry.mid, entry]));
        // Sections that the node uses again: what still comes of whom they were for is not passed on any more.
        for (const transceiver of this.#connection.getTransceivers()) this.#guard(transceiver);
        await this.#connection.setRemoteDescription({ type: "offer", sdp });
        // New ones, before the answer lets anything flow.
        for (const transceiver of this.#connection.getTransceivers()) {
            this.#guard(transceiver);
            carryOnly(transceiver);
        }
        await this.#connection.setLocalDescription(await this.#connection.createAnswer());
        const answer = this.#connection.localDescription?.sdp;
        if (this.#closed || answer === undefined) return;
        this.emit("answer", { request, sdp: withoutOrphans(answer) });
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

    /**
     * Sees to it that a section lets through what it is for, and nothing while it is for nobody.
     * @param {RTCRtpTransceiver} transceiver
     */
    #guard({ mid, receiver }) {
        const expected = mid === null ? undefined : this.#expected.get(mid);
        this.#guarded.add(receiver);
        this.#frames.open(receiver, expected === undefined ? null : { participant: expected.participant, source: expected.source });
    }

    #stateChanged() {
        const state = this.#connection.connectionState;
        this.#recovery.follow(state);
        if (!this.#closed) this.emit("state", state);
    }
}

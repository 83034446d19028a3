// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";
import { cameraEncodings, screenEncodings } from "./encodings.js";
import { Recovery } from "./recovery.js";
import { carryOnly, tuneOpus, withoutOrphans } from "./sdp.js";

/** @typedef {import("./protocol.js").Source} Source */
/** @typedef {{request: number, sdp: string, tracks: {mid: string, source: Source}[]}} Offer */
/** @typedef {{offer: Offer, state: RTCPeerConnectionState, dead: void}} PublisherEvents dead: only a new connection helps */

/** @type {Source[]} */
const ALWAYS = ["microphone", "camera"];

/**
 * The connection on which this browser sends. Only this side offers, so offers never cross; one offer
 * is out at a time, and changes meanwhile are gathered into the next.
 * @extends {Emitter<PublisherEvents>}
 */
export class Publisher extends Emitter {
    /** @type {RTCPeerConnection} */
    #connection;
    #frames;
    /** @type {Map<Source, RTCRtpTransceiver>} */
    #transceivers = new Map();
    /** The node counts its own offers from 1; ours stay far from them, so that an error names one of both only. */
    #request = 1_000_000;
    #outstanding = 0;
    #dirty = false;
    #restart = false;
    /** Whether the offer that is out restarts ICE. */
    #restarting = false;
    #closed = false;
    #recovery = new Recovery(() => {
        this.#restart = true;
        void this.#offer();
    }, () => this.emit("dead", undefined));

    /**
     * @param {RTCIceServer[]} iceServers @param {Record<Source, MediaStreamTrack | null>} tracks
     * @param {import("../crypto/frame-client.js").FrameClient} frames @param {boolean} standsIn for a connection that was lost
     */
    constructor(iceServers, tracks, frames, standsIn) {
        super();
        this.#frames = frames;
        if (standsIn) this.#recovery.standIn();
        this.#connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
        this.#connection.addEventListener("connectionstatechange", () => this.#stateChanged());
        for (const source of ALWAYS) this.#add(source, tracks[source]);
        for (const source of /** @type {Source[]} */ (["screen", "screenAudio"])) if (tracks[source] !== null) this.#add(source, tracks[source]);
        void this.#offer();
    }

    /** @returns {boolean} whether what is sent does not arrive right now */
    get held() {
        return this.#recovery.held;
    }

    /**
     * Sends another track for a source, or none.
     * @param {Source} source @param {MediaStreamTrack | null} track
     */
    setTrack(source, track) {
        const transceiver = this.#transceivers.get(source);
        if (transceiver === undefined) {
            if (track === null) return;
            this.#add(source, track);
            void this.#offer();
            return;
        }
        void transceiver.sender.replaceTrack(track).catch(() => undefined);
        const direction = track !== null || ALWAYS.includes(source) ? "sendonly" : "inactive";
        if (transceiver.direction !== direction) {
            transceiver.direction = direction;
            void this.#offer();
        }
    }

    /** New paths for the same media. */
    restart() {
        if (!this.#closed) this.#recovery.mend();
    }

    /** The page stood still for a while. */
    woke() {
        this.#recovery.woke();
    }

    /** The socket came back: an offer or answer may have been lost with it, so it is made again. */
    resync() {
        if (this.#closed) return;
        const wasOffering = this.#outstanding !== 0;
        this.#outstanding = 0;
        if (wasOffering && this.#restarting) this.#restart = true;
        if (this.held) this.#recovery.resync();
        if (wasOffering && this.#outstanding === 0) void this.#offer();
    }

    /**
     * @param {number} request @param {string} sdp
     */
    async answered(request, sdp) {
        if (request !== this.#outstanding || this.#closed) return;
        try {
            const stereo = this.#transceivers.get("screenAudio")?.mid;
            await this.#connection.setRemoteDescription({ type: "answer", sdp: tuneOpus(sdp, new Set(stereo ? [stereo] : [])) });
        } catch (error) {
            console.warn("vigil: the node's answer was not usable", error);
        }
        this.#done();
    }

    /**
     * The node refused an offer.
     * @param {number} request @param {string} code
     * @returns {boolean} whether it is taken care of
     */
    refused(request, code) {
        if (request !== this.#outstanding) return false;
        this.#done();
        // One offer is out at a time, so this says that the node has lost the connection.
        if (code !== "outOfOrder") return false;
        this.emit("dead", undefined);
        return true;
    }

    /** @returns {Promise<RTCStatsReport>} */
    stats() {
        return this.#connection.getStats();
    }

    close() {
        this.#closed = true;
        this.#recovery.stop();
        for (const { sender } of this.#transceivers.values()) this.#frames.release(sender);
        this.#connection.close();
    }

    /** @param {Source} source @param {MediaStreamTrack | null} track */
    #add(source, track) {
        const video = source === "camera" || source === "screen";
        /** @type {RTCRtpTransceiverInit} */
        const init = { direction: "sendonly" };
        if (source === "camera") init.sendEncodings = cameraEncodings();
        if (source === "screen") init.sendEncodings = screenEncodings();
        const kind = track ?? (video ? "video" : "audio");
        let transceiver;
        try {
            transceiver = this.#connection.addTransceiver(kind, init);
        } catch {
            // A browser without simulcast by sendEncodings sends one size.
            transceiver = this.#connection.addTransceiver(kind, { direction: "sendonly" });
        }
        // Before the first offer, so that no frame can be quicker.
        this.#frames.seal(transceiver.sender, source);
        carryOnly(transceiver);
        this.#transceivers.set(source, transceiver);
    }

    async #offer() {
        if (this.#closed) return;
        if (this.#outstanding !== 0) {
            this.#dirty = true;
            return;
        }
        this.#dirty = false;
        const request = this.#outstanding = ++this.#request;
        const iceRestart = this.#restarting = this.#restart;
        this.#restart = false;
        try {
            if (this.#connection.signalingState === "have-local-offer") await this.#connection.setLocalDescription({ type: "rollback" });
            const offer = await this.#connection.createOffer({ iceRestart });
            await this.#connection.setLocalDescription(offer);
        } catch (error) {
            console.warn("vigil: no offer could be made", error);
            this.#done();
            return;
        }
        const sdp = this.#connection.localDescription?.sdp;
        if (this.#closed || request !== this.#outstanding || sdp === undefined) return;
        const tracks = [];
        for (const [source, transceiver] of this.#transceivers) {
            if (transceiver.mid !== null && transceiver.direction === "sendonly") tracks.push({ mid: transceiver.mid, source });
        }
        this.emit("offer", { request, sdp: withoutOrphans(sdp), tracks });
    }

    #done() {
        this.#outstanding = 0;
        this.#restarting = false;
        if (this.#dirty || this.#restart) void this.#offer();
    }

    #stateChanged() {
        const state = this.#connection.connectionState;
        this.#recovery.follow(state);
        if (!this.#closed) this.emit("state", state);
    }
}

// SPDX-License-Identifier: Apache-2.0
import { FrameClient } from "../crypto/frame-client.js";
import { Emitter } from "./emitter.js";
import { changeKeys, countsInput, frameTotals } from "./frame-report.js";
import { MediaLink } from "./media-link.js";

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("./protocol.js").LayerWish} LayerWish */
/**
 * @typedef {{send: Message, tracks: void, interrupted: boolean, renew: void, keysLost: void, broken: void}} MediaStayEvents
 *   renew: the node should take us in with new connections; keysLost: the worker was lost, and its keys with it; broken: and there is no other one
 */

/** How long new connections may take before the next ones, in milliseconds. */
const RENEW_EVERY = 6_000;
/** A worker that is lost again and again would be for ever. */
const MOST_LOSSES = 3;

/**
 * Sound and picture of one stay in a meeting: one worker that seals and opens frames, and connections that come and go.
 * @extends {Emitter<MediaStayEvents>}
 */
export class MediaStay extends Emitter {
    /** Whether the connections are past saving, so that the node should forget its ends too. */
    needsNew = false;

    #media;
    /** @type {FrameClient | null} */
    #frames = null;
    /** @type {MediaLink | null} */
    #link = null;
    /** @type {LayerWish[]} */
    #wishes = [];
    #renewedAt = -Infinity;
    #isClosed = false;
    #losses = 0;

    /** @param {import("./local-media.js").LocalMedia} media */
    constructor(media) {
        super();
        this.#media = media;
    }

    /** @returns {boolean} whether the next connections are the first, or have to be new */
    get isNew() { return this.#link === null || this.needsNew; }

    /** @returns {boolean} */
    get interrupted() { return this.#link?.interrupted === true; }

    /** @param {WebAssembly.Module} module the core's; resolves when frames can be sealed */
    async prepare(module) {
        const frames = await FrameClient.start(module, {
            fault: (error) => { void this.#lost(module, error); },
            // Without its keys an epoch's frames would stay closed for good.
            refused: (about, reason) => { if (about === "addEpoch") void this.#lost(module, new Error(`the frame worker refused ${about}: ${reason}`)); },
        });
        if (this.#isClosed) return frames.close();
        this.#frames = frames;
    }

    /** @param {{kind: string, [member: string]: any}} change what the member says of the frames' keys */
    rekey(change) {
        if (this.#frames !== null) changeKeys(this.#frames, change);
    }

    /** The group's keys of this stay are void. */
    forget() {
        this.#frames?.forget();
        this.needsNew = true;
    }

    /** @param {Message} welcome the node has us inside */
    welcomed(welcome) {
        const isFresh = welcome.resumed !== true || welcome.media === "new" || this.isNew;
        this.needsNew = false;
        if (isFresh) this.#open(Array.isArray(welcome.iceServers) ? welcome.iceServers : []);
        else this.#link?.resync();
    }

    /** @param {Message} message @returns {boolean} whether it was about media */
    handle(message) { return this.#link?.handle(message) === true; }

    /** @param {number} request @param {string} code @returns {boolean} whether it is taken care of */
    refused(request, code) { return this.#link?.refused(request, code) === true; }

    /** @param {string} participant @param {string} source @returns {MediaStreamTrack | null} */
    track(participant, source) { return this.#link?.tracks.get(`${participant}/${source}`) ?? null; }

    /** @param {LayerWish[]} wishes */
    wish(wishes) {
        this.#wishes = wishes;
        this.#link?.wish(wishes);
    }

    /**
     * What has been counted, for the member; and what of it a person is told.
     * @param {Iterable<import("../types/meeting").Participant>} others
     */
    report(others) {
        if (this.#frames === null) return null;
        const { counts } = this.#frames;
        return { input: countsInput(counts, this.#wanted(others)), totals: frameTotals(counts) };
    }

    /** @returns {Promise<{publisher: RTCStatsReport, subscriber: RTCStatsReport} | null>} */
    async stats() { return await this.#link?.stats() ?? null; }

    close() {
        this.#isClosed = true;
        this.#link?.close();
        this.#frames?.close();
        this.#frames = null;
    }

    /** @param {RTCIceServer[]} iceServers */
    #open(iceServers) {
        if (this.#frames === null) return;
        const standsIn = this.interrupted;
        this.#link?.close();
        const link = this.#link = new MediaLink(iceServers, this.#media, this.#frames, standsIn);
        link.wish(this.#wishes);
        link.on("dead", () => this.#renew());
        link.on("send", (message) => this.emit("send", message));
        link.on("tracks", () => this.emit("tracks", undefined));
        link.on("interrupted", (held) => this.emit("interrupted", held));
        this.emit("tracks", undefined);
    }

    /** Begins again with new connections, as after a reload, in the same place. */
    #renew() {
        if (this.needsNew || this.#isClosed) return;
        this.needsNew = true;
        const pause = Math.max(0, this.#renewedAt + RENEW_EVERY - performance.now());
        setTimeout(() => {
            if (this.#isClosed || !this.needsNew) return;
            this.#renewedAt = performance.now();
            this.emit("renew", undefined);
        }, pause);
    }

    /** @param {WebAssembly.Module} module @param {Error} error */
    async #lost(module, error) {
        if (this.#isClosed) return;
        console.error("vigil:", error);
        this.#frames?.close();
        this.#frames = null;
        this.needsNew = true;
        this.#losses += 1;
        try {
            if (this.#losses > MOST_LOSSES) throw new Error("the frame worker is lost again and again");
            await this.prepare(module);
        } catch (fault) {
            console.error("vigil:", fault);
            return this.emit("broken", undefined);
        }
        this.emit("keysLost", undefined);
    }

    /**
     * What the node was asked for: by what people say that they send, not by what it offers.
     * @param {Iterable<import("../types/meeting").Participant>} others
     */
    #wanted(others) {
        const wanted = new Set();
        const people = new Map([...others].map((person) => [person.id, person]));
        for (const { id, microphone } of people.values()) if (microphone) wanted.add(`${id}/microphone`);
        for (const { participant, source, layer } of this.#wishes) {
            if (layer !== "off" && people.get(participant)?.[source] === true) wanted.add(`${participant}/${source}`);
        }
        return wanted;
    }
}

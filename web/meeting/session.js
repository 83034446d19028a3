// SPDX-License-Identifier: Apache-2.0
import { ChatLog } from "./chat-log.js";
import { Emitter } from "./emitter.js";
import { MediaLink } from "./media-link.js";
import { PROTOCOL_VERSION } from "./protocol.js";
import { Roster } from "./roster.js";
import { Signalling } from "./signalling.js";

/** @typedef {import("./protocol.js").Participant} Participant */
/** @typedef {import("./protocol.js").Role} Role */
/** @typedef {"joining" | "waiting" | "inside" | "over"} Phase */
/** @typedef {{reason: string, by: string | null}} Ending by: a name */
/**
 * @typedef {{
 *   phase: Phase,
 *   people: void,
 *   entered: Participant,
 *   changed: {now: Participant, before: Participant},
 *   departed: {person: Participant, reason: string},
 *   knocks: {participant: string, name: string} | null,
 *   meeting: {locked: boolean, lobby: boolean},
 *   chat: import("./chat-log.js").LoggedMessage | null,
 *   speakers: string[],
 *   quality: string,
 *   tracks: void,
 *   reaction: {from: string, emoji: string},
 *   mutedBy: string | null,
 *   role: Role,
 *   connection: {signalling: boolean, media: boolean},
 *   draining: void,
 *   lobby: void,
 *   local: void,
 *   error: {code: string, about: "publish" | "other"},
 * }} SessionEvents `knocks` carries the newcomer, `chat` a new message of someone else, or null for any other change
 */

const TRIES_BEFORE_UNREACHABLE = 4;
/** How long new connections may take before the next ones, in milliseconds. */
const RENEW_EVERY = 6_000;
/** A node that restarts refuses for a while; whoever was inside keeps asking that long, in milliseconds. */
const PATIENCE = 30_000;
const PASSING = new Set(["notFound", "draining", "busy"]);
/** The same person came back on another connection. Whoever would insist now takes the place away from themselves. */
const SUPERSEDED = 4003;

/**
 * One person's stay in one meeting, without a screen: join, the door, the room, and how it ends.
 * @extends {Emitter<SessionEvents>}
 */
export class Session extends Emitter {
    /** @type {Phase} */
    phase = "joining";
    /** @type {Ending | null} */
    ending = null;
    self = "";
    /** @type {Role} */
    role = "guest";
    meeting = { locked: false, lobby: false };
    /** When the meeting began, on this clock. */
    startedAt = Date.now();
    handRaised = false;
    /** At the door: whether anyone is inside who can open it. */
    hostPresent = true;
    roster = new Roster();
    chat = new ChatLog();

    #signalling;
    #options;
    #media;
    /** @type {MediaLink | null} */
    #link = null;
    #resume = "";
    /** Whether the peer connections are past saving, so that the node should forget its ends too. */
    #needsNewMedia = false;
    #renewedAt = -Infinity;
    #tries = 0;
    /** When the socket was lost; 0 while it is open. */
    #lostAt = 0;
    #stop = new AbortController();

    /**
     * @param {{node: string, meeting: string, name: string, hostToken: string | null, resume?: string, media: import("./local-media.js").LocalMedia}} options
     *   node: origin; meeting: alias; hostToken: of the browser that started the meeting; resume: of an earlier session
     */
    constructor(options) {
        super();
        this.#options = { ...options };
        this.#media = options.media;
        this.#resume = options.resume ?? "";
        this.#signalling = new Signalling(options.node);
        this.#signalling.on("open", () => this.#sayHello());
        this.#signalling.on("message", (message) => this.#receive(message));
        this.#signalling.on("state", (state) => this.#signallingChanged(state));
        this.#signalling.on("lost", (code) => { if (code === SUPERSEDED) this.#finish("replaced", null); });
        const { signal } = this.#stop;
        this.#media.on("track", () => this.#tellState(), signal);
        globalThis.addEventListener?.("online", () => this.#signalling.hurry(), { signal });
    }

    start() {
        this.#signalling.connect();
    }

    /** @returns {boolean} whether this person may admit, mute, remove, lock */
    get isKeeper() {
        return this.role !== "guest";
    }

    /** @returns {boolean} */
    get microphoneOn() {
        return this.#media.microphoneOn;
    }

    /** @returns {string} with what another session can take this place over; empty while there is none to take */
    get resume() {
        return this.phase === "inside" || this.phase === "joining" ? this.#resume : "";
    }

    /** @returns {string} */
    get name() {
        return this.me?.name ?? this.#options.name;
    }

    /** @returns {Participant | undefined} */
    get me() {
        return this.roster.people.get(this.self);
    }

    /** @param {string} participant @param {import("./protocol.js").Source} source @returns {MediaStreamTrack | null} */
    track(participant, source) {
        if (participant === this.self) return this.#media.tracks[source];
        return this.#link?.tracks.get(`${participant}/${source}`) ?? null;
    }

    /** @param {boolean} on */
    setMicrophone(on) {
        this.#media.setMicrophoneOn(on);
        this.#tellState();
    }

    /** @param {boolean} raised */
    setHand(raised) {
        this.handRaised = raised;
        this.#tellState();
    }

    /** @param {string} text @param {string} [to] only this participant */
    say(text, to) {
        const message = this.chat.draft({ from: this.self, name: this.#options.name, text, to, at: Date.now() - this.startedAt });
        this.#signalling.send({ type: "chat", id: message.id, text, to });
        this.emit("chat", null);
    }

    /** @param {string} emoji */
    react(emoji) {
        this.#signalling.send({ type: "reaction", emoji });
    }

    /** @param {string} name */
    rename(name) {
        this.#options.name = name;
        this.#signalling.send({ type: "rename", name });
    }

    /** @param {import("./protocol.js").LayerWish[]} wishes */
    wish(wishes) {
        this.#link?.wish(wishes);
    }

    // What hosts and co-hosts may do; the node checks it again.
    /** @param {string} participant */
    admit(participant) { this.#signalling.send({ type: "admit", participant }); }
    /** @param {string} participant */
    deny(participant) { this.#signalling.send({ type: "deny", participant }); }
    admitAll() { this.#signalling.send({ type: "admitAll" }); }
    /** @param {string} participant */
    mute(participant) { this.#signalling.send({ type: "mute", participant }); }
    muteAll() { this.#signalling.send({ type: "muteAll" }); }
    /** @param {string} participant */
    remove(participant) { this.#signalling.send({ type: "remove", participant }); }
    /** @param {string} participant */
    lowerHand(participant) { this.#signalling.send({ type: "lowerHand", participant }); }
    /** @param {boolean} locked */
    lock(locked) { this.#signalling.send({ type: "lock", locked }); }
    /** @param {boolean} enabled */
    setLobby(enabled) { this.#signalling.send({ type: "lobby", enabled }); }
    /** @param {string} participant @param {"cohost" | "guest"} role */
    setRole(participant, role) { this.#signalling.send({ type: "role", participant, role }); }
    end() { this.#signalling.send({ type: "end" }); }

    /** The page goes; the next one may come back with {@link resume}. */
    away() { this.#signalling.send({ type: "away" }); }

    leave() {
        this.#signalling.send({ type: "leave" });
        this.#finish("left", null);
    }

    /** @returns {Promise<{publisher: RTCStatsReport, subscriber: RTCStatsReport} | null>} */
    async stats() {
        return await this.#link?.stats() ?? null;
    }

    #sayHello() {
        const { meeting, name, hostToken } = this.#options;
        this.#signalling.send({
            type: "join", version: PROTOCOL_VERSION, meeting, name, create: hostToken !== null,
            ...(hostToken === null ? {} : { hostToken }), 
            ...(this.#resume === "" ? {} : { resume: this.#resume, media: this.#link === null || this.#needsNewMedia ? "new" : "keep" }),
        });
    }

    /** @param {import("./protocol.js").Message} message */
    #receive(message) {
        if (this.phase === "over" || this.#link?.handle(message) === true) return;
        switch (message.type) {
        case "welcome": return this.#welcome(message);
        case "waiting":
            this.#signalling.settled();
            this.#resume = "";
            this.hostPresent = message.hostPresent !== false;
            this.#setPhase("waiting");
            return this.emit("lobby", undefined);
        case "refused": return this.#refused(String(message.reason));
        case "participant": return this.#participant(message.participant);
        case "left": {
            const person = this.roster.remove(message.participant);
            if (person === null) return;
            this.emit("departed", { person, reason: String(message.reason) });
            return this.emit("people", undefined);
        }
        case "knock":
            this.roster.knock(message);
            return this.emit("knocks", { participant: String(message.participant), name: String(message.name ?? "") });
        case "knockGone":
            this.roster.knocks.delete(String(message.participant));
            return this.emit("knocks", null);
        case "meeting":
            this.meeting = { locked: message.locked === true, lobby: message.lobby === true };
            return this.emit("meeting", this.meeting);
        case "speakers":
            this.roster.hear(message.speakers);
            return this.emit("speakers", this.roster.speakers);
        case "quality":
            this.roster.quality.set(String(message.participant), message.quality);
            return this.emit("quality", String(message.participant));
        case "chat": {
            const received = this.chat.receive(message);
            return this.emit("chat", received !== null && received.isNew && received.message.from !== this.self ? received.message : null);
        }
        case "reaction": return this.emit("reaction", { from: String(message.from), emoji: String(message.emoji).slice(0, 16) });
        case "muted":
            this.#media.setMicrophoneOn(false);
            this.#tellState();
            return this.emit("mutedBy", this.roster.name(message.by));
        case "ended": return this.#finish("ended", this.roster.name(message.by));
        case "removed": return this.#finish("removed", this.roster.name(message.by));
        case "draining": return this.emit("draining", undefined);
        case "error": return this.#failed(message);
        default: return; // "pong", and words of later versions
        }
    }

    /** @param {import("./protocol.js").Message} message */
    #welcome(message) {
        const fresh = message.resumed !== true || this.#link === null || this.#needsNewMedia;
        this.#needsNewMedia = false;
        this.self = String(message.self);
        this.#resume = String(message.resume ?? "");
        this.#tries = 0;
        this.#lostAt = 0;
        this.#signalling.settled();
        this.meeting = { locked: message.meeting?.locked === true, lobby: message.meeting?.lobby === true };
        this.startedAt = Date.now() - (Number(message.meeting?.startedAgo) || 0);
        this.roster.reset(message.participants, message.knocks);
        for (const value of Array.isArray(message.chat) ? message.chat : []) this.chat.receive(value);
        // Another page of this person may have raised it.
        if (message.resumed === true && this.#link === null) this.handRaised = this.me?.hand === true;
        this.#setRole(message.role);
        if (fresh) this.#openLink(Array.isArray(message.iceServers) ? message.iceServers : []);
        else this.#link?.resync();
        this.#setPhase("inside");
        this.#tellState();
        for (const pending of this.chat.pending()) this.#signalling.send({ type: "chat", id: pending.id, text: pending.text, to: pending.to });
        this.emit("people", undefined);
        this.emit("knocks", null);
        this.emit("meeting", this.meeting);
        this.emit("chat", null);
        this.#tellConnection();
    }

    /** @param {RTCIceServer[]} iceServers */
    #openLink(iceServers) {
        const standsIn = this.#link?.interrupted === true;
        this.#link?.close();
        const link = this.#link = new MediaLink(iceServers, this.#media, standsIn);
        link.on("dead", () => this.#renewMedia());
        link.on("send", (message) => { this.#signalling.send(message); });
        link.on("tracks", () => this.emit("tracks", undefined));
        link.on("interrupted", (held) => {
            // Often the same cut has taken the socket, which would notice much later.
            if (held) this.#signalling.hurry();
            this.#tellConnection();
        });
        this.emit("tracks", undefined);
    }

    /** Begins again with new connections, as after a reload, in the same place. */
    #renewMedia() {
        if (this.#needsNewMedia || this.phase !== "inside") return;
        this.#needsNewMedia = true;
        const pause = Math.max(0, this.#renewedAt + RENEW_EVERY - performance.now());
        setTimeout(() => {
            if (this.phase !== "inside" || !this.#needsNewMedia) return;
            this.#renewedAt = performance.now();
            this.#signalling.connect();
        }, pause);
    }

    /** @param {any} value */
    #participant(value) {
        // What the node says of us may be older than what we just did; what is on here, only this page knows.
        const change = this.roster.put(value?.id === this.self ? { ...value, ...this.#sending } : value);
        if (change === null) return;
        const { now, before } = change;
        if (now.id === this.self) {
            this.handRaised = now.hand;
            if (now.role !== this.role) this.#setRole(now.role);
        }
        if (before === undefined) this.emit("entered", now);
        else this.emit("changed", { now, before });
        this.emit("people", undefined);
    }

    /** @param {unknown} role */
    #setRole(role) {
        const next = role === "host" || role === "cohost" ? role : "guest";
        if (next === this.role) return;
        this.role = next;
        if (next === "guest") this.roster.knocks.clear();
        this.emit("role", next);
    }

    /** @param {string} reason */
    #refused(reason) {
        if (this.phase === "inside" && PASSING.has(reason) && Date.now() - this.#lostAt < PATIENCE) return;
        // A room that was open and is not found any more has ended while we were cut off.
        this.#finish(reason === "notFound" && this.phase === "inside" ? "ended" : reason, null);
    }

    /** @param {import("./protocol.js").Message} message */
    #failed(message) {
        const code = String(message.code);
        const about = typeof message.request === "number" ? "publish" : "other";
        if (about !== "publish") this.chat.fail(code);
        else if (this.#link?.refused(message.request, code) === true) return;
        this.emit("error", { code, about });
        this.emit("chat", null);
    }

    get #sending() {
        return { microphone: this.#media.microphoneOn, camera: this.#media.cameraOn, screen: this.#media.tracks.screen !== null };
    }

    #tellState() {
        if (this.phase === "inside") {
            const state = { ...this.#sending, hand: this.handRaised };
            this.#signalling.send({ type: "state", ...state });
            // The node tells the others; our own entry is ours to keep.
            const { me } = this;
            if (me !== undefined) this.roster.put({ ...me, ...state });
        }
        this.emit("local", undefined);
    }

    /** @param {import("./signalling.js").SignallingState} state */
    #signallingChanged(state) {
        if ((state === "waiting" || state === "connecting") && this.#lostAt === 0) this.#lostAt = Date.now();
        if (state === "waiting" && this.phase !== "inside") {
            this.#tries += 1;
            if (this.#tries >= TRIES_BEFORE_UNREACHABLE) return this.#finish("unreachable", null);
        }
        this.#tellConnection();
    }

    #tellConnection() {
        const { state } = this.#signalling;
        const signalling = this.phase !== "inside" || state === "open" || (this.#needsNewMedia && state === "connecting");
        this.emit("connection", { signalling, media: this.#link?.interrupted !== true });
    }

    /** @param {string} reason @param {string | null} by */
    #finish(reason, by) {
        if (this.phase === "over") return;
        this.ending = { reason, by };
        this.#stop.abort();
        this.#link?.close();
        this.#signalling.close();
        this.#media.close();
        this.#setPhase("over");
    }

    /** @param {Phase} phase */
    #setPhase(phase) {
        if (this.phase === phase) return;
        this.phase = phase;
        this.emit("phase", phase);
    }
}

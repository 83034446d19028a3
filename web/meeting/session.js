// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from "../crypto/base64url.js";
import { Core } from "../crypto/core.js";
import { coreModule } from "../crypto/core-module.js";
import { guestIdentity } from "../crypto/member.js";
import { Consent } from "./consent.js";
import { MediaStay } from "./media-stay.js";
import { MeetingView } from "./meeting-view.js";
import { Membership } from "./membership.js";
import { isMembers, readNodeMessage, writeNodeRequest } from "./node-wire.js";
import { Signalling } from "./signalling.js";
import { Telling } from "./telling.js";

/** @typedef {import("../types/meeting").Rules} Rules */
/** @typedef {import("../types/meeting").Phase} Phase */
/** @typedef {import("../types/meeting").Ending} Ending */

const TRIES_BEFORE_UNREACHABLE = 4;
/** A node that restarts refuses for a while; whoever was inside keeps asking that long, in milliseconds. */
const PATIENCE = 30_000;
/** The same person came back on another connection. Whoever would insist now takes the place away from themselves. */
const SUPERSEDED = 4003;
const COUNT_EVERY = 2_000;
/** For these the node may turn somebody away. What only members can do isn't among them: nobody has signed for it. */
const REFUSALS = new Set(["full", "locked", "notFound", "denied", "busy", "draining", "timeout", "version"]);

/** @param {string} reason for which the node won't have us @returns {string} as much of it as can be said */
function saidByNode(reason) {
    if (reason === "ended") return "saidEnded";
    return REFUSALS.has(reason) ? reason : "interrupted";
}

/**
 * One person's stay in one meeting, without a screen: join, the door, the room, and how it ends.
 *
 * Who is inside and what they say and may do comes from the member in the core, which has it from the other members. The
 * node is believed only in what is its own: who speaks, how good connections are, whether somebody's is up.
 */
export class Session extends MeetingView {
    /** @type {Phase} */
    phase = "joining";
    /** @type {Ending | null} */
    ending = null;
    handRaised = false;
    /** At the door: whether anyone is inside who can open it. */
    hostPresent = true;
    /** At the door: whether the link was changed since, so that only somebody inside can let us in. */
    linkIsOld = false;

    #options;
    #media;
    #signalling;
    /** @type {Membership | null} */
    #membership = null;
    #stay;
    #isRecording = false;
    #telling;
    /** Whether the member is another one than the one that the last messages were given to. */
    #isReplaced = false;
    #tries = 0;
    /** When the socket was lost; 0 while it is open. */
    #lostAt = 0;
    #stop = new AbortController();
    #consent;
    #hasDeclined = false;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #counter;

    /**
     * @param {{
     *   node: string, secret: string, identity?: string, isReturning?: boolean, handRaised?: boolean, name: string,
     *   founding?: Partial<Rules>, agree?: (rules: Rules) => Promise<boolean>, media: import("./local-media.js").LocalMedia,
     * }} options node: origin; secret: the link's; identity: kept from before, or of a meeting to be founded; isReturning:
     *   a page that held this identity was inside just now; founding: rules of a meeting to be founded; agree: asked before
     *   anybody inside sees us, once the rules are known
     */
    constructor(options) {
        super(options.secret);
        this.#options = { ...options };
        this.handRaised = options.handRaised ?? false;
        this.#media = options.media;
        this.#consent = new Consent(options.agree, () => {
            this.#hasDeclined = true;
            this.leave();
        });
        this.#stay = new MediaStay(options.media);
        this.#stay.on("send", (message) => { this.#signalling.send(message); });
        this.#stay.on("tracks", () => this.emit("tracks", undefined));
        this.#stay.on("renew", () => this.#signalling.connect());
        this.#stay.on("keysLost", () => this.#membership?.renew());
        this.#stay.on("broken", () => this.#finish("broken", null));
        this.#stay.on("interrupted", (held) => {
            // Often the same cut has taken the socket, which would notice much later.
            if (held) this.#signalling.hurry();
            this.#tellConnection();
        });
        this.#signalling = new Signalling(options.node);
        this.#telling = new Telling((id) => { this.#signalling.send({ type: "ping", id }); });
        this.#signalling.on("open", () => this.#membership?.handle({ kind: "opened" }));
        this.#signalling.on("gone", () => {
            this.#telling.cut();
            this.#membership?.handle({ kind: "closed" });
        });
        this.#signalling.on("message", (message) => this.#receive(message));
        this.#signalling.on("state", (state) => this.#signallingChanged(state));
        this.#signalling.on("lost", (code) => { if (code === SUPERSEDED) this.#finish("replaced", null); });
        const { signal } = this.#stop;
        this.#media.on("track", () => this.#tellState(), signal);
        globalThis.addEventListener?.("online", () => this.#signalling.hurry(), { signal });
    }

    start() {
        void this.#begin();
    }

    /** @returns {boolean} */
    get microphoneOn() {
        return this.#media.microphoneOn;
    }

    /**
     * With what another session can take this place over; empty while there is none to take. It holds private keys: whoever
     * reads it is this person in this meeting, and may be its host.
     * @returns {string}
     */
    get identity() {
        const isHere = this.phase === "inside" || (this.phase === "joining" && this.#options.isReturning === true);
        return isHere && this.#membership !== null ? encode(this.#membership.identity) : "";
    }

    /** @returns {string} */
    get name() {
        return this.me?.name || this.#options.name;
    }

    /** @param {string} participant @param {import("./protocol.js").Source} source @returns {MediaStreamTrack | null} */
    track(participant, source) {
        if (participant === this.self) return this.#media.tracks[source];
        // Whom a host has muted isn't heard, whatever comes of them.
        if (source === "microphone" && this.roster.people.get(participant)?.mutedByHost === true) return null;
        return this.#stay.track(participant, source);
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

    /** @param {boolean} on whether this client records; resolves when that has gone out to the others */
    async setRecording(on) {
        this.#isRecording = on;
        const told = this.phase === "inside" ? this.#telling.wait() : null;
        this.#tellState();
        await told;
    }

    /** @param {string} text @param {string} [to] only this participant */
    say(text, to) {
        const message = this.chat.draft({ from: this.self, name: this.name, text, to });
        this.#wish({ kind: "say", id: message.id, text, to: to ?? null });
        this.emit("chat", null);
    }

    /** @param {string} emoji */
    react(emoji) { this.#wish({ kind: "react", reaction: emoji }); }

    /** @param {string} name */
    rename(name) {
        this.#options.name = name;
        this.#membership?.remember({ name });
        this.#wish({ kind: "rename", name });
    }

    /** @param {import("./protocol.js").LayerWish[]} wishes */
    wish(wishes) { this.#stay.wish(wishes); }

    /** Begins the comparison by four words. */
    compare() { this.#wish({ kind: "compare" }); }

    // What hosts and co-hosts may do; every member checks it again.
    /** @param {string} participant */
    admit(participant) { this.#wish({ kind: "admit", participant }); }
    /** @param {string} participant */
    deny(participant) { this.#wish({ kind: "deny", participant }); }
    admitAll() { this.#wish({ kind: "admitAll" }); }
    /** @param {string} participant */
    mute(participant) { this.#wish({ kind: "mute", participant }); }
    muteAll() { this.#wish({ kind: "muteAll" }); }
    /** @param {string} participant */
    remove(participant) { this.#wish({ kind: "remove", participant }); }
    /** @param {string} participant */
    lowerHand(participant) { this.#wish({ kind: "lowerHand", participant }); }
    /** @param {boolean} on */
    lock(on) { this.#wish({ kind: "lock", on }); }
    /** @param {boolean} on */
    setLobby(on) { this.#wish({ kind: "lobby", on }); }
    /** @param {Rules["absence"]} absence */
    setAbsence(absence) { this.#wish({ kind: "absence", absence }); }
    /** @param {Rules["history"]} history */
    setHistory(history) { this.#wish({ kind: "history", history }); }
    /** @param {string} participant @param {"cohost" | "guest"} role */
    setRole(participant, role) { this.#wish({ kind: "cohost", participant, on: role === "cohost" }); }
    resetLink() { this.#wish({ kind: "resetLink" }); }
    end() { this.#wish({ kind: "end" }); }

    /** The page goes; the next one may come back with {@link identity}. */
    away() { this.#signalling.send({ type: "away" }); }

    leave() {
        this.#wish({ kind: "leave" });
        this.#finish("left", null);
    }

    /** @returns {Promise<{publisher: RTCStatsReport, subscriber: RTCStatsReport} | null>} */
    stats() { return this.#stay.stats(); }

    /** @param {import("../crypto/member.js").Input} input */
    #wish(input) {
        this.#membership?.handle(input);
    }

    async #begin() {
        try {
            const module = await coreModule();
            await this.#stay.prepare(module);
            if (this.phase !== "over") this.#join(module);
        } catch (error) {
            console.error("vigil:", error);
            this.#finish("unreachable", null);
        }
    }

    /** @param {WebAssembly.Module} module */
    #join(module) {
        const { name, secret, identity, founding = {}, isReturning = false } = this.#options;
        const bytes = decode(identity ?? "");
        const membership = this.#membership = new Membership(
            new Core(module), bytes === null || bytes.length === 0 ? guestIdentity(decode(secret) ?? new Uint8Array(0)) : bytes,
            { name, flags: this.#flags, accountable: false, lobby: false, absence: "wait", history: "chat", ...founding, isReturning });
        membership.on("send", (request) => this.#consent.pass(request, () => this.#send(request)));
        membership.on("frames", (change) => this.#stay.rekey(change));
        membership.on("event", (event) => this.#happened(event));
        membership.on("lost", () => this.#comeBack());
        membership.on("broken", () => this.#finish("broken", null));
        this.#counter = setInterval(() => this.#count(), COUNT_EVERY);
        this.#signalling.connect();
    }

    /** @param {{kind: string, [member: string]: any}} request */
    #send(request) {
        if (request.kind === "reconnect") return this.#signalling.connect();
        const message = writeNodeRequest(request);
        if (message === null) return;
        if (message.type === "join" && "resume" in message) message.media = this.#stay.isNew ? "new" : "keep";
        if (this.#signalling.send(message) && message.type === "message") this.#telling.sent();
    }

    /** @param {import("./protocol.js").Message} message */
    #receive(message) {
        if (this.phase === "over" || this.#stay.handle(message)) return;
        switch (message.type) {
        case "speakers":
            this.roster.hear(message.speakers);
            return this.emit("speakers", this.roster.speakers);
        case "quality": return this.#connects(message);
        case "draining": return this.emit("draining", undefined);
        case "error": if (!isMembers(message.request)) return this.#failed(message); break;
        case "door": this.linkIsOld = message.current === false; break;
        case "pong": return this.#telling.answered(message.id);
        case "welcome": case "waiting": this.#signalling.settled();
        }
        const input = readNodeMessage(message);
        // Words of later versions.
        if (input === null) return;
        this.#membership?.handle({ kind: "node", message: input });
        if (message.type === "welcome") this.#taken(message);
    }

    /** @param {import("./protocol.js").Message} message the node has us inside, on this socket */
    #taken(message) {
        if (this.phase !== "inside") return;
        this.#tries = 0;
        this.#lostAt = 0;
        this.#stay.welcomed(message);
        for (const entry of Array.isArray(message.quality) ? message.quality : []) this.#connects(entry);
        this.#tellState();
        this.#sayAgain();
        this.#tellConnection();
    }

    /** What the lost member never told us to have gone out. */
    #sayAgain() {
        if (!this.#isReplaced) return;
        this.#isReplaced = false;
        for (const { id, text, to } of this.chat.pending()) this.#wish({ kind: "say", id, text, to: to ?? null });
    }

    /** @param {any} entry how well somebody's media goes, as the node sees it */
    #connects(entry) {
        this.roster.quality.set(String(entry?.participant), entry?.quality);
        this.emit("quality", String(entry?.participant));
    }

    /** @param {{kind: string, [member: string]: any}} event */
    #happened(event) {
        switch (event.kind) {
        case "phase": return this.#moved(event.phase);
        case "over": return this.#over(event);
        case "mutedBy":
            this.#media.setMicrophoneOn(false);
            this.#tellState();
            return this.emit("mutedBy", this.roster.name(event.participant));
        case "handLoweredBy":
            this.handRaised = false;
            return this.#tellState();
        case "link": return this.#linked(encode(event.secret));
        case "identity": return this.emit("identity", undefined);
        case "failed": return event.request === "join" ? this.#putOff(event.reason) : this.take(event);
        case "policy": this.take(event); return this.#consent.ask(this.meeting);
        default: return this.take(event);
        }
    }

    /** @param {string} secret of the current link */
    #linked(secret) {
        if (secret === this.security.linkSecret) return;
        this.security.linkSecret = secret;
        this.emit("link", secret);
        this.emit("security", undefined);
    }

    /** @param {string} place */
    #moved(place) {
        switch (place) {
        case "inside":
            this.#setPhase("inside");
            // Once all is said that comes with it.
            return queueMicrotask(() => this.settle());
        case "waiting": case "waitingForHost":
            this.#tries = 0;
            this.hostPresent = place === "waiting";
            this.#setPhase("waiting");
            return this.emit("lobby", undefined);
        default:
            // Whoever was inside comes back there, and stays where they are meanwhile.
            if (this.phase !== "inside") this.#setPhase("joining");
        }
    }

    /** @param {{kind: string, [member: string]: any}} event */
    #over({ ending, by, reason }) {
        // By our own key, as the commit that took our place shows.
        if (ending === "interrupted" && reason === "replaced") return this.#finish("replaced", null);
        this.#finish(ending === "refused" ? saidByNode(reason) : ending, by === null ? null : this.roster.name(by));
    }

    /** Another member has taken the place of one that was lost: in again, by its own way and with new connections. */
    #comeBack() {
        this.#isReplaced = true;
        this.#stay.forget();
        this.unsettle();
        this.#signalling.connect();
    }

    /** @param {string} reason for which the node won't have us back just now */
    #putOff(reason) {
        if (Date.now() - this.#lostAt < PATIENCE) return this.#signalling.retry();
        // A room that was open and is not found any more is gone, and no host has signed for it.
        this.#finish(reason === "notFound" ? "interrupted" : saidByNode(reason), null);
    }

    /** @param {import("./protocol.js").Message} message */
    #failed(message) {
        const code = String(message.code);
        const about = typeof message.request === "number" ? "publish" : "other";
        if (about === "publish" && this.#stay.refused(message.request, code)) return;
        this.emit("error", { code, about });
    }

    get #flags() {
        return {
            microphone: this.#media.microphoneOn, camera: this.#media.cameraOn, screen: this.#media.tracks.screen !== null,
            hand: this.handRaised, recording: this.#isRecording,
        };
    }

    #tellState() {
        const flags = this.#flags;
        this.#membership?.remember({ flags });
        this.#wish({ kind: "state", flags });
        this.emit("local", undefined);
    }

    #count() {
        if (this.phase !== "inside") return;
        const report = this.#stay.report([...this.roster.people.values()].filter(({ id }) => id !== this.self));
        if (report === null) return;
        this.#wish(report.input);
        if (this.security.count(report.totals)) this.emit("security", undefined);
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
        const signalling = this.phase !== "inside" || state === "open" || (this.#stay.needsNew && state === "connecting");
        this.emit("connection", { signalling, media: !this.#stay.interrupted });
    }

    /** @param {string} reason @param {string | null} by */
    #finish(reason, by) {
        if (this.phase === "over") return;
        this.ending = { reason: this.#hasDeclined && reason === "left" ? "declined" : reason, by };
        clearInterval(this.#counter);
        this.#stop.abort();
        this.#stay.close();
        this.#signalling.close();
        this.#membership?.close();
        this.#media.close();
        this.#setPhase("over");
        this.#telling.end();
    }

    /** @param {Phase} phase */
    #setPhase(phase) {
        if (this.phase === phase) return;
        this.phase = phase;
        this.emit("phase", phase);
    }
}

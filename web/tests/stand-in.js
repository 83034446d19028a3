// SPDX-License-Identifier: Apache-2.0
// A meeting that does what a test says: the pages' side of `types/meeting.d.ts`, without keys, node or network.

import { Emitter } from "../meeting/emitter.js";

const SECRETS = ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA"];
/** What the pages may ask for and the test then looks for. */
const wishes = [
    "start", "leave", "away", "wish", "setMicrophone", "setHand", "say", "react", "rename", "compare", "admit", "admitAll", "deny", "mute", "muteAll",
    "remove", "lowerHand", "lock", "setLobby", "setAbsence", "setHistory", "setRole", "resetLink", "end",
];

export class StandIn extends Emitter {
    phase = "inside";
    ending = null;
    self = "ana";
    role = "host";
    meeting = { locked: false, lobby: true, accountable: false, absence: "wait", history: "chat" };
    startedAt = Date.now() - 1_450_000;
    handRaised = false;
    hostPresent = true;
    linkIsOld = false;
    identity = "";
    chat = { messages: [] };
    security = {
        words: [1203, 88, 640, 2047, 0, 311, 1777, 942, 1500, 23, 1999, 450], roster: [71, 1402, 933, 256], epoch: 7, since: Date.now() - 120_000,
        shortCode: null, warnings: [], frames: { opened: 48_212, refused: 0 }, linkSecret: SECRETS[0],
    };
    roster = {
        people: new Map(), knocks: new Map(), oldKnocks: new Set(), speakers: [], quality: new Map(),
        name: (id) => this.roster.people.get(id)?.name ?? null,
    };
    /** Every wish of the pages, in order: [name, …arguments]. */
    calls = [];
    tracks = new Map();

    constructor() {
        super();
        for (const name of wishes) this[name] = (...values) => { this.calls.push([name, ...values]); };
        this.put("ana", "Ana", { role: "host" });
    }

    get isKeeper() { return this.role !== "guest"; }
    get microphoneOn() { return this.me.microphone; }
    get me() { return this.roster.people.get(this.self); }
    get name() { return this.me.name; }

    track(participant, source) { return this.tracks.get(`${participant}/${source}`) ?? null; }

    async setRecording(on) {
        this.calls.push(["setRecording", on]);
        this.put(this.self, this.name, { ...this.me, recording: on });
    }

    confirmWords(participants) {
        this.calls.push(["confirmWords", participants]);
        this.security.shortCode = null;
        for (const id of participants) Object.assign(this.roster.people.get(id), { compared: true, isNew: false });
        this.emit("people");
        this.emit("security");
    }

    // What a test makes happen.

    put(id, name, more = {}) {
        const before = this.roster.people.get(id);
        const now = {
            id, name, role: "guest", microphone: true, camera: false, screen: false, hand: false, recording: false, connected: true,
            isNew: false, compared: false, ...before, ...more,
        };
        this.roster.people.set(id, now);
        if (before === undefined) this.emit("entered", now);
        else this.emit("changed", { now, before });
        this.emit("people");
    }

    drop(id, reason = "left") {
        const person = this.roster.people.get(id);
        this.roster.people.delete(id);
        this.emit("departed", { person, reason });
        this.emit("people");
    }

    knock(id, name, old = false) {
        this.roster.knocks.set(id, name);
        if (old) this.roster.oldKnocks.add(id);
        this.emit("knocks", { participant: id, name });
    }

    warn(kind, id, detail) {
        const warning = { kind, id, detail, at: Date.now() };
        this.security.warnings.push(warning);
        this.emit("warning", warning);
        this.emit("security");
    }

    code(state, words = [], waitingFor = []) {
        this.security.shortCode = { state, words, waitingFor };
        this.emit("security");
    }

    secure(more) {
        Object.assign(this.security, more);
        this.emit("security");
    }

    rule(more) {
        this.meeting = { ...this.meeting, ...more };
        this.emit("meeting", this.meeting);
    }

    renewLink() {
        this.security.linkSecret = SECRETS[1];
        this.emit("link", SECRETS[1]);
        this.emit("security");
    }

    become(role) {
        this.role = role;
        this.put(this.self, this.name, { role });
        this.emit("role", role);
    }

    over(reason, by = null) {
        this.phase = "over";
        this.ending = { reason, by };
        this.emit("phase", "over");
    }

    /** A drawn picture in place of a camera, and a tone in place of a voice. */
    async show(id, address, sound = false) {
        const image = new Image();
        image.src = address;
        await image.decode();
        const canvas = Object.assign(document.createElement("canvas"), { width: 960, height: 540 });
        const draw = () => canvas.getContext("2d").drawImage(image, 0, 0, 960, 540);
        draw();
        setInterval(draw, 200);
        this.tracks.set(`${id}/camera`, canvas.captureStream(5).getVideoTracks()[0]);
        if (sound) this.tracks.set(`${id}/microphone`, tone());
        this.put(id, this.roster.name(id), { camera: true });
        this.emit("tracks");
    }
}

function tone() {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const voice = context.createOscillator();
    voice.connect(out);
    voice.start();
    return out.stream.getAudioTracks()[0];
}

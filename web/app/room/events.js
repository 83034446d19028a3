// SPDX-License-Identifier: Apache-2.0
import { LevelMeter } from "../../meeting/level-meter.js";
import { announce } from "../announce.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { mayAdmit } from "./admission.js";
import { reactions } from "./bar.js";

/** @typedef {import("./room-view.js").Room} Room */

const QUIET_ROOM = 12;
const SPEECH = 0.36;

/**
 * Turns what happens in a meeting into words.
 * @param {Room} room
 */
export function tellEvents(room) {
    const { session, notes, signal } = room;
    session.on("entered", (person) => {
        if (person.id !== session.self && session.roster.people.size <= QUIET_ROOM) notes.pass(t("notice.joined", { name: person.name }));
    }, signal);
    session.on("departed", ({ person, reason }) => {
        if (session.roster.people.size > QUIET_ROOM) return;
        notes.pass(t(reason === "removed" ? "notice.removed" : reason === "lost" ? "notice.lost" : "notice.left", { name: person.name }));
    }, signal);
    session.on("changed", ({ now, before }) => {
        if (now.id === session.self) return;
        if (now.hand && !before.hand) notes.pass(t("notice.handRaised", { name: now.name }), "hand");
        if (now.recording !== before.recording) {
            const words = t(now.recording ? "notice.recordingStarted" : "notice.recordingStopped", { name: now.name });
            notes.pass(words, "record");
        }
        if (now.screen && !before.screen) announce(t("notice.shareStarted", { name: now.name }));
    }, signal);
    session.on("mutedBy", (name) => notes.pass(t("notice.mutedBy", { name: name ?? t("people.host") }), "micOff"), signal);
    session.on("role", (role) => { if (session.phase === "inside") notes.pass(t(`notice.${role}`)); }, signal);
    session.on("draining", () => notes.stand("draining", t("notice.draining"), { icon: "node", urgency: "assertive" }), signal);
    session.on("error", ({ code, about }) => {
        if (about === "publish") notes.pass(t("notice.publish", { code }), "broken");
        else if (code === "notAllowed") notes.pass(t("notice.notAllowed"));
        else if (code === "rate") notes.pass(t("notice.rate"));
    }, signal);
    session.on("reaction", ({ from, emoji }) => {
        const known = reactions.find(([sign]) => sign === emoji);
        announce(t("reaction.by", { name: session.roster.name(from) ?? "", emoji: known === undefined ? emoji : t(known[1]) }));
    }, signal);
    tellMeeting(room);
    tellKnocks(room);
    tellConnection(room);
    tellDevices(room);
    hintWhenMuted(room);
}

/** @param {Room} room */
function tellMeeting(room) {
    const { session, notes, signal } = room;
    let last = { ...session.meeting };
    session.on("meeting", (meeting) => {
        if (meeting.locked !== last.locked) notes.pass(t(meeting.locked ? "notice.locked" : "notice.unlocked"), "door");
        if (meeting.lobby !== last.lobby) notes.pass(t(meeting.lobby ? "notice.lobbyOn" : "notice.lobbyOff"), "door");
        if (meeting.history !== last.history || meeting.absence !== last.absence) notes.pass(t("notice.rules"), "rules");
        last = { ...meeting };
    }, signal);
    session.on("link", () => notes.stand("link", t("notice.link"), {
        icon: "link", buttons: [small("close", "btn-quiet", () => notes.withdraw("link")), small("room.copy", "", () => { void room.copyLink(); notes.withdraw("link"); })],
    }), signal);
}

/** @param {Room} room */
function tellKnocks({ session, notes, panels, signal }) {
    const draw = () => {
        const knocks = [...session.roster.knocks];
        const [first] = knocks;
        if (first === undefined || !mayAdmit(session) || panels.open === "people") {
            notes.withdraw("knock");
            return;
        }
        const [id, given] = first;
        const name = given || t("people.nameless");
        const buttons = knocks.length === 1
            ? [small("people.deny", "", () => session.deny(id)), small("people.admit", "btn-go", () => session.admit(id))]
            : [small("knock.see", "btn-quiet", () => panels.show("people")), small("people.admitAll", "btn-go", () => session.admitAll())];
        notes.stand("knock", knocks.length === 1 ? t("knock.one", { name }) : t("knock.many", { count: knocks.length }), { buttons, icon: "door" });
    };
    session.on("knocks", draw, signal);
    for (const name of /** @type {const} */ (["role", "people", "meeting"])) session.on(name, draw, signal);
    panels.onChange(draw);
    draw();
}

/** @param {Room} room */
function tellConnection({ session, notes, signal }) {
    let broken = false;
    session.on("connection", ({ signalling, media }) => {
        if (signalling && media) {
            notes.withdraw("net");
            if (broken) notes.pass(t("net.back"), "checked");
        } else {
            notes.stand("net", t(signalling ? "net.media" : "net.reconnecting"), { icon: "open", urgency: "assertive", style: "note-net" });
        }
        broken = !(signalling && media);
    }, signal);
}

/** @param {Room} room */
function tellDevices(room) {
    const { media, notes, signal } = room;
    media.on("lost", (kind) => notes.stand(`lost-${kind}`, t(`media.lost.${kind}`), {
        icon: kind === "camera" ? "cameraOff" : "micOff", urgency: "assertive",
        buttons: [small("more.devices", "", () => { notes.withdraw(`lost-${kind}`); room.openMore(null); })],
    }), signal);
    media.on("problem", ({ kind, problem }) => {
        if (problem === null) {
            notes.withdraw(`problem-${kind}`);
            return;
        }
        notes.stand(`problem-${kind}`, t(`media.${problem}.${kind}`), {
            icon: "broken", buttons: [small("close", "btn-quiet", () => notes.withdraw(`problem-${kind}`)), small("media.again", "", () => { void media.start(kind); })],
        });
    }, signal);
    media.on("track", ({ source, track }) => {
        if (track !== null && (source === "camera" || source === "microphone")) notes.withdraw(`lost-${source}`);
        if (track !== null && source === "microphone" && room.started) notes.pass(t("media.found.microphone", { device: track.label || t("device.microphone") }), "mic");
    }, signal);
}

/**
 * "You are speaking, but muted": measured here, on a copy of the track that is never sent.
 * @param {Room} room
 */
function hintWhenMuted({ media, notes, signal, toggleMicrophone }) {
    const meter = new LevelMeter();
    /** @type {MediaStreamTrack | null} */
    let followed = null;
    /**
     * Which of the last measurements were speech.
     * @type {boolean[]}
     */
    let recent = [];
    let dismissed = false;
    const timer = setInterval(() => {
        if (media.microphoneOn) {
            notes.withdraw("muted");
            dismissed = false;
            recent = [];
            return;
        }
        if (followed !== media.tracks.microphone) meter.follow(followed = media.tracks.microphone);
        recent = [...recent.slice(-14), meter.level() > SPEECH];
        if (recent.filter(Boolean).length < 3 || dismissed) return;
        dismissed = true;
        notes.stand("muted", t("hint.muted"), {
            icon: "micOff", urgency: null,
            buttons: [small("close", "btn-quiet", () => notes.withdraw("muted")), small("hint.unmute", "", toggleMicrophone)],
        });
    }, 200);
    signal.addEventListener("abort", () => { clearInterval(timer); meter.close(); });
}

/** @param {import("../strings/en.js").Key} key @param {string} style @param {() => void} act */
function small(key, style, act) {
    return h("button", { class: `btn btn-sm ${style}`, type: "button", t: key, on: { click: act } });
}

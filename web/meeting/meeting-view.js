// SPDX-License-Identifier: Apache-2.0
import { ChatLog } from "./chat-log.js";
import { Emitter } from "./emitter.js";
import { Roster } from "./roster.js";
import { Security } from "./security.js";

/** @typedef {import("../types/meeting").MeetingEvents} SessionEvents */
/** @typedef {import("../types/meeting").Participant} Participant */
/** @typedef {import("../types/meeting").Rules} Rules */
/** @typedef {import("./protocol.js").Role} Role */
/** @typedef {any} MemberEvent as crypto/member-wire.js has it */

const LONGEST_REACTION = 16;

/**
 * A meeting as its member sees it: who is inside, what was said, the rules, the words. All of it comes from the other
 * members and was checked in the core.
 * @extends {Emitter<SessionEvents>}
 */
export class MeetingView extends Emitter {
    self = "";
    /** @type {Role} */
    role = "guest";
    /** @type {Rules} */
    meeting = { locked: false, lobby: false, accountable: false, absence: "wait", history: "chat" };
    /** When the meeting began, by the clock of whoever began it. */
    startedAt = Date.now();
    roster = new Roster();
    chat = new ChatLog();
    security;

    /** Whether those who come now come after us. */
    #isSettled = false;
    /**
     * Who came after us and hasn't said their name yet.
     * @type {Set<string>}
     */
    #nameless = new Set();
    /**
     * Who was in the group that we were cut off from, and hasn't been seen in this one.
     * @type {Set<string>}
     */
    #unseen = new Set();

    /** @param {string} secret the link's */
    constructor(secret) {
        super();
        this.security = new Security(secret);
    }

    /** @returns {boolean} whether this person may admit, mute, remove, lock */
    get isKeeper() {
        return this.role !== "guest";
    }

    /** @returns {Participant | undefined} */
    get me() {
        return this.roster.people.get(this.self);
    }

    /** @param {string[]} participants who were present when the words were made that this person found equal */
    confirmWords(participants) {
        this.security.confirm(participants);
        for (const person of [...this.roster.people.values()]) this.roster.put({ ...person, ...this.security.standing(person.id) });
        this.emit("people", undefined);
        this.emit("security", undefined);
    }

    /** We are inside, and have been told who else is. */
    settle() {
        this.#isSettled = true;
        for (const id of this.#unseen) this.#gone(id, "left");
        this.#unseen.clear();
    }

    /** We come in anew: who is inside will be told once more. */
    unsettle() {
        this.#isSettled = false;
        this.#unseen = new Set(this.roster.people.keys());
        this.#unseen.delete(this.self);
        this.roster.forgetKnocks();
        this.emit("knocks", null);
    }

    /** @param {MemberEvent} event */
    take(event) {
        switch (event.kind) {
        case "own":
            this.self = event.participant;
            return;
        case "person": return this.#person(event);
        case "gone": return this.#gone(event.participant, event.by === null ? "left" : "removed");
        case "policy":
            this.meeting = {
                locked: event.locked, lobby: event.lobby, accountable: event.accountable, absence: event.absence, history: event.history,
            };
            return this.emit("meeting", this.meeting);
        case "knock":
            this.roster.knock(event.participant, event.name, event.byOldLink);
            return this.emit("knocks", { participant: event.participant, name: event.name });
        case "knockGone":
            this.roster.knockGone(event.participant);
            return this.emit("knocks", null);
        case "chat": {
            const { message, isNew } = this.chat.receive(event);
            return this.emit("chat", isNew && message.from !== this.self ? message : null);
        }
        case "sent": case "notSent":
            this.chat.settle(this.self, event.id, event.kind === "sent" ? null : event.reason);
            return this.emit("chat", null);
        case "reaction":
            return this.emit("reaction", { from: event.participant, emoji: event.reaction.slice(0, LONGEST_REACTION) });
        case "words":
            this.security.renew(event);
            return this.emit("security", undefined);
        case "shortCode":
            this.security.compare(event.state);
            return this.emit("security", undefined);
        case "warning":
            this.emit("warning", this.security.warn(event));
            return this.emit("security", undefined);
        case "startedAt":
            this.startedAt = event.time;
            return;
        case "failed": return this.emit("error", { code: event.reason, about: "other" });
        }
    }

    /** @param {MemberEvent} event */
    #person({ participant: id, name, role, flags, connected, isMuted }) {
        /** @type {Participant} */
        const now = {
            id, name, role, microphone: flags.microphone && !isMuted, mutedByHost: isMuted, camera: flags.camera, screen: flags.screen,
            hand: flags.hand, recording: flags.recording, connected, ...this.security.standing(id),
        };
        const before = this.roster.put(now);
        this.#unseen.delete(id);
        if (id === this.self && role !== this.role) this.#setRole(role);
        if (before === undefined) {
            if (this.#isSettled) this.#nameless.add(id);
        } else if (now.name !== "" && !this.#nameless.has(id)) {
            this.emit("changed", { now, before });
        }
        if (now.name !== "" && this.#nameless.delete(id)) this.emit("entered", now);
        if ((before?.mutedByHost ?? false) !== isMuted) this.emit("tracks", undefined);
        this.emit("people", undefined);
    }

    /** @param {string} id @param {string} reason */
    #gone(id, reason) {
        this.#nameless.delete(id);
        const person = this.roster.remove(id);
        if (person === null) return;
        this.emit("departed", { person, reason });
        this.emit("people", undefined);
    }

    /** @param {Role} role */
    #setRole(role) {
        this.role = role;
        if (role === "guest") this.roster.forgetKnocks();
        this.emit("role", role);
    }
}

// SPDX-License-Identifier: Apache-2.0
import { announce } from "../announce.js";
import { answerButton, openDialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { nameOf } from "./names.js";
import { canRecord, Recorder } from "./recorder.js";

/** @typedef {import("./room-view.js").Room} Room */

/** Recording by this person, in their own browser: told to everyone first, and until it stops. */
export class Recording {
    #room;
    /** @type {Recorder | null} */
    #recorder = null;
    #busy = false;

    /** @param {Room} room */
    constructor(room) {
        this.#room = room;
        const { session, signal } = room;
        const hear = () => this.#recorder?.hear(soundsOf(room));
        session.on("tracks", hear, signal);
        session.on("people", hear, signal);
        session.on("local", hear, signal);
        signal.addEventListener("abort", () => { void this.#save(); });
    }

    /** @returns {boolean} */
    get isRunning() {
        return this.#recorder !== null;
    }

    async toggle() {
        if (this.#recorder !== null) await this.stop();
        else if (await this.#confirm()) await this.start();
    }

    /** Nothing is recorded before the others have been told. */
    async start() {
        const { session, notes } = this.#room;
        if (this.#busy || this.#recorder !== null) return;
        this.#busy = true;
        try {
            if (!canRecord()) throw new Error("this browser makes no films");
            await session.setRecording(true);
            if (session.phase !== "inside") return;
            this.#recorder = new Recorder(() => this.#room.stage.scene());
            this.#recorder.hear(soundsOf(this.#room));
            this.#room.stage.keepsPictures = true;
        } catch {
            notes.pass(t("record.failed"), "broken");
            await session.setRecording(false);
        } finally {
            this.#busy = false;
        }
    }

    async stop() {
        await this.#save();
        await this.#room.session.setRecording(false);
    }

    async #save() {
        const recorder = this.#recorder;
        if (recorder === null) return;
        this.#recorder = null;
        this.#room.stage.keepsPictures = false;
        const film = await recorder.stop();
        const file = fileName(film.type);
        const address = URL.createObjectURL(film);
        const link = h("a", { href: address, download: file, hidden: true });
        document.body.append(link);
        link.click();
        link.remove();
        // The browser reads it when it begins to save.
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
        if (this.#room.signal.aborted) announce(t("record.saved", { file }));
        else this.#room.notes.pass(t("record.saved", { file }), "record");
    }

    async #confirm() {
        const { answer } = openDialog({
            title: t("dialog.record.title"), body: [h("p", {}, t("dialog.record.lead"))],
            buttons: [answerButton("cancel", ""), answerButton("dialog.record", "yes", "btn-go")],
        });
        return await answer === "yes";
    }
}

/**
 * In the top line: who records; for oneself, how to stop.
 * @param {Room} room
 * @returns {HTMLElement}
 */
export function recordingSign(room) {
    const { session, signal } = room;
    const box = h("div", { class: "recording-sign", hidden: true });
    const draw = () => {
        const ids = [...session.roster.people.values()].filter((person) => person.recording).map(({ id }) => id);
        const self = ids.includes(session.self);
        const [first] = ids;
        const words = self && ids.length === 1 ? t("record.you") : ids.length === 1 ? t("record.one", { name: nameOf(session, first) }) : t("record.many", { count: ids.length });
        const state = `${ids.length} ${self} ${words}`;
        box.hidden = ids.length === 0;
        if (box.dataset.state === state) return;
        box.dataset.state = state;
        fill(box, h("span", { class: "pill pill-flat" }, icon("record"), h("span", { class: "recording-words" }, words)),
            self && h("button", { class: "btn btn-sm", type: "button", on: { click: () => { void room.recording.stop(); } } }, t("record.stop")));
    };
    session.on("people", draw, signal);
    session.on("local", draw, signal);
    followLanguage(draw, signal);
    return box;
}

/** @param {Room} room @returns {MediaStreamTrack[]} everyone who is heard, and ourselves while we are on */
function soundsOf({ session, media }) {
    /** @type {MediaStreamTrack[]} */
    const tracks = [];
    for (const id of session.roster.people.keys()) {
        for (const source of /** @type {const} */ (["microphone", "screenAudio"])) {
            const track = session.track(id, source);
            if (track !== null && (id !== session.self || source === "screenAudio" || media.microphoneOn)) tracks.push(track);
        }
    }
    return tracks;
}

/** @param {string} type @returns {string} by day and time, and by nothing of the meeting */
function fileName(type) {
    const now = new Date();
    const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0"));
    return `vigil-${parts.slice(0, 3).join("-")}-${parts.slice(3).join("")}.${type === "video/mp4" ? "mp4" : "webm"}`;
}

// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "../dialog.js";
import { h, setText } from "../dom.js";
import { t } from "../i18n.js";
import { icon, mark } from "../icons.js";
import { invitation } from "../place.js";
import { preferences } from "../preferences.js";
import { controlBar } from "./bar.js";
import { chatPanel } from "./chat-panel.js";
import { tellEvents } from "./events.js";
import { confirmEndForAll, openDevices, openMoreMenu } from "./more-menu.js";
import { Notes } from "./notes.js";
import { Panels } from "./panels.js";
import { peoplePanel } from "./people-panel.js";
import { Recording, recordingSign } from "./recording.js";
import { securityPanel } from "./security-panel.js";
import { shield } from "./shield.js";
import { keepAwake } from "./keep-awake.js";
import { listenForShortcuts } from "./shortcuts.js";
import { soundBox } from "./sound.js";
import { Stage } from "./stage.js";
import { warningBanners } from "./warnings.js";
import { Watch } from "./watch.js";

/** The meeting itself: it puts the pieces together and holds what several of them do. */
export class Room {
    element;
    session;
    media;
    signal;
    stage;
    panels = new Panels();
    notes = new Notes();
    watch;
    recording;
    /** False while the first tracks come up, so that they are not announced as news. */
    started = false;

    /**
     * @param {{session: import("../../types/meeting").Meeting, media: import("../../meeting/local-media.js").LocalMedia, signal: AbortSignal}} context
     */
    constructor({ session, media, signal }) {
        this.session = session;
        this.media = media;
        this.signal = signal;
        this.watch = new Watch(session, signal);
        this.stage = new Stage(session, this.watch, signal);
        this.recording = new Recording(this);
        const chat = chatPanel(this);
        this.panels.add("chat", chat);
        this.panels.add("people", peoplePanel(this, chat.writeTo));
        this.panels.add("security", securityPanel(this));
        const sound = soundBox(session, signal, (blocked, play) => {
            if (!blocked) this.notes.withdraw("sound");
            else this.notes.stand("sound", t("hint.sound"), { icon: "sound", buttons: [h("button", { class: "btn btn-sm btn-go", type: "button", t: "hint.sound.play", on: { click: play } })] });
        });
        this.notes.element.prepend(warningBanners(this));
        this.stage.element.append(this.notes.element, this.#alone());
        this.element = h("div", { class: "room" }, this.#top(), this.stage.element, this.panels.slot, controlBar(this), sound);
        tellEvents(this);
        keepAwake(signal);
        listenForShortcuts(this);
        this.stage.update();
        setTimeout(() => { this.started = true; }, 3_000);
    }

    toggleMicrophone = () => {
        if (this.media.tracks.microphone === null) {
            this.media.setMicrophoneOn(true);
            void this.media.start("microphone");
            return;
        }
        this.session.setMicrophone(!this.media.microphoneOn);
        preferences.set("microphoneOn", this.media.microphoneOn ? "yes" : "no");
    };

    toggleCamera() {
        preferences.set("cameraOn", this.media.cameraOn ? "no" : "yes");
        if (this.media.cameraOn) this.media.stop("camera");
        else void this.media.start("camera");
    }

    async toggleShare() {
        if (this.media.tracks.screen !== null) this.media.stopScreen();
        else if (await this.media.startScreen() === "failed") this.notes.pass(t("media.screen.failed"), "shareOff");
    }

    toggleHand() {
        this.session.setHand(!this.session.handRaised);
    }

    /** @param {string} emoji */
    react(emoji) {
        this.session.react(emoji);
    }

    /** @param {boolean} on while the space bar is held */
    pushToTalk(on) {
        if (this.media.tracks.microphone === null) return;
        this.session.setMicrophone(on);
        if (on) this.notes.stand("talking", t("hint.talking"), { icon: "mic", urgency: null });
        else this.notes.withdraw("talking");
    }

    /** @param {HTMLElement | null} button null: straight to the devices */
    openMore(button) {
        if (button === null) openDevices(this);
        else openMoreMenu(this, button);
    }

    /** @returns {string} what people pass on */
    get link() {
        return invitation(this.session.security.linkSecret);
    }

    async copyLink() {
        try {
            await navigator.clipboard.writeText(this.link);
            this.notes.pass(t("room.copied"), "link");
        } catch {
            this.notes.pass(t("room.copy.failed"));
        }
    }

    async leave() {
        const count = this.session.roster.people.size;
        if (this.session.role !== "host" || count < 2) {
            this.session.leave();
            return;
        }
        const { answer } = openDialog({
            title: t("dialog.leave.title"), body: [h("p", {}, t("dialog.leave", { count }))],
            buttons: [answerButton("cancel", "", "btn-quiet"), answerButton("dialog.end", "end", "btn-end"), answerButton("dialog.leave.only", "leave")],
        });
        const chosen = await answer;
        if (chosen === "leave") this.session.leave();
        else if (chosen === "end") await confirmEndForAll(this);
    }

    #top() {
        const locked = h("span", { class: "pill pill-flat", hidden: true }, icon("door"), h("span", { t: "room.locked" }));
        const draw = () => { locked.hidden = !this.session.meeting.locked; };
        this.session.on("meeting", draw, this.signal);
        draw();
        return h("header", { class: "room-top" }, h("div", { class: "row" }, mark(), h("h1", { class: "only-wide", t: "room.title" })), recordingSign(this), h("div", { class: "row" }, locked, shield(this)));
    }

    /** While nobody else is here: the link, and how to pass it on. */
    #alone() {
        const link = h("p", { class: "link-text" }, this.link);
        const card = h("section", { class: "alone", "aria-labelledby": "alone-title" }, h("h2", { id: "alone-title", t: "room.alone.title" }), h("p", { t: "room.alone" }),
            link,
            h("button", { class: "btn btn-go", type: "button", on: { click: () => { void this.copyLink(); } } }, icon("copy"), h("span", { t: "room.copy" })));
        const draw = () => { card.hidden = this.session.roster.people.size > 1; };
        this.session.on("people", draw, this.signal);
        this.session.on("link", () => setText(link, this.link), this.signal);
        draw();
        return card;
    }
}

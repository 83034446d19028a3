// SPDX-License-Identifier: Apache-2.0
import { answerButton, confirmEnd, openDialog } from "../dialog.js";
import { deviceFields } from "../devices.js";
import { toggleTheme } from "../appearance.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { languageSelect } from "../appearance.js";
import { preferences } from "../preferences.js";
import { canShare, openReactions } from "./bar.js";
import { openMenu } from "./menu.js";
import { canRecord } from "./recorder.js";
import { openRules } from "./rules-dialog.js";
import { openShortcuts } from "./shortcuts.js";

/** @typedef {import("./room-view.js").Room} Room */

/**
 * Everything that is not in the bar. On a phone, also what the bar has no room for.
 * @param {Room} room
 * @param {HTMLElement} button
 */
export function openMoreMenu(room, button) {
    const { session, stage, media } = room;
    const phone = matchMedia("(max-width: 760px)").matches;
    const sharing = media.tracks.screen !== null;
    openMenu(button, t("control.more"), [
        phone && { label: room.panels.unread > 0 ? `${t("control.chat")} · ${t("control.unread", { count: room.panels.unread })}` : t("control.chat"), icon: "chat", act: () => room.panels.toggle("chat") },
        phone && { label: t(session.handRaised ? "shortcut.hand" : "control.hand"), icon: "hand", act: () => room.toggleHand() },
        phone && { label: t("control.react"), icon: "smile", act: () => openReactions(room, button) },
        phone && canShare && { label: t(sharing ? "control.share.stop" : "control.share"), icon: sharing ? "shareOff" : "share", act: () => { void room.toggleShare(); } },
        stage.mode === "grid"
            ? { label: t("more.layout.speaker"), icon: "speakerView", act: () => stage.setMode("speaker") }
            : { label: t("more.layout.grid"), icon: "grid", act: () => stage.setMode("grid") },
        { label: t(stage.showSelf ? "more.self.hide" : "more.self.show"), icon: "eye", act: () => stage.setSelfView(!stage.showSelf) },
        { label: t("more.copy"), icon: "link", act: () => { void room.copyLink(); } },
        canRecord() && { label: t(room.recording.isRunning ? "more.record.stop" : "more.record"), icon: "record", act: () => { void room.recording.toggle(); } },
        { label: t("more.devices"), icon: "settings", act: () => openDevices(room) },
        { label: t("more.rename"), icon: "edit", act: () => openRename(room) },
        { label: t("more.theme"), icon: "moon", act: toggleTheme },
        !phone && { label: t("more.shortcuts"), icon: "keyboard", act: openShortcuts },
        session.isKeeper && { heading: t("more.host") },
        session.isKeeper && { label: t(session.meeting.lobby ? "more.lobby.off" : "more.lobby.on"), icon: "door", act: () => session.setLobby(!session.meeting.lobby) },
        session.isKeeper && { label: t(session.meeting.locked ? "more.unlock" : "more.lock"), icon: "door", act: () => session.lock(!session.meeting.locked) },
        session.isKeeper && { label: t("more.settings"), icon: "rules", act: () => openRules(session) },
        session.isKeeper && { label: t("more.resetLink"), icon: "link", act: () => { void resetLink(room); } },
        session.isKeeper && session.roster.people.size > 1 && { label: t("more.muteAll"), icon: "micOff", act: () => session.muteAll() },
        session.role === "host" && { label: t("more.end"), icon: "leave", style: "menu-end", act: () => { void confirmEndForAll(room); } },
    ]);
}

/** @param {Room} room */
export async function confirmEndForAll({ session }) {
    const count = session.roster.people.size;
    if (await confirmEnd(t("dialog.end.title", { count }), t("dialog.end.lead"), "dialog.end")) session.end();
}

/** @param {Room} room */
async function resetLink({ session }) {
    const { answer } = openDialog({
        title: t("dialog.reset.title"), body: [h("p", {}, t("dialog.reset.lead"))],
        buttons: [answerButton("cancel", ""), answerButton("dialog.reset", "yes", "btn-go")],
    });
    if (await answer === "yes") session.resetLink();
}

/** @param {Room} room */
export function openDevices({ media }) {
    const stop = new AbortController();
    const { answer } = openDialog({
        title: t("dialog.devices.title"),
        body: [h("div", { class: "stack" }, deviceFields(media, stop.signal),
            h("div", { class: "field" }, h("span", { class: "label", t: "appearance.language" }), languageSelect("select")))],
        buttons: [answerButton("dialog.done", "", "btn-go")],
    });
    void answer.then(() => stop.abort());
}

/** @param {Room} room */
function openRename({ session }) {
    const input = h("input", { class: "input input-lg", id: "rename", maxlength: "64", autocomplete: "nickname", value: session.me?.name ?? "" });
    const save = h("button", { class: "btn btn-go", type: "submit", t: "dialog.save" });
    const cancel = answerButton("cancel", "");
    const form = h("form", { class: "stack", novalidate: true }, h("label", { class: "label", for: "rename", t: "prejoin.name" }), input);
    const { element } = openDialog({ title: t("dialog.rename.title"), body: [form], buttons: [cancel, save] });
    save.setAttribute("form", form.id = "rename-form");
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const name = input.value.trim();
        if (name === "") {
            input.focus();
            return;
        }
        preferences.set("name", name);
        session.rename(name);
        element.close("");
    });
    input.select();
}

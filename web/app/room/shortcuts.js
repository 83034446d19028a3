// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "../dialog.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { preferences } from "../preferences.js";
import { closeMenu } from "./menu.js";

/** @typedef {import("../strings/en.js").Key} Key */

/** @type {[string, Key][]} */
const letters = [
    ["m", "shortcut.mute"], ["v", "shortcut.camera"], ["s", "shortcut.share"], ["h", "shortcut.hand"],
    ["c", "shortcut.chat"], ["p", "shortcut.people"], ["l", "shortcut.layout"], ["?", "shortcut.help"],
];

/**
 * Single letters act when nobody is writing; they can be switched off, because speech input would
 * press them by accident (WCAG 2.1.4).
 * @param {import("./room-view.js").Room} room
 */
export function listenForShortcuts(room) {
    const { signal, stage, panels } = room;
    let talking = false;
    const stopTalking = () => {
        if (!talking) return;
        talking = false;
        room.pushToTalk(false);
    };
    /** @type {Record<string, () => void>} */
    const acts = {
        m: () => room.toggleMicrophone(), v: () => room.toggleCamera(), s: () => { void room.toggleShare(); }, h: () => room.toggleHand(),
        c: () => panels.toggle("chat"), p: () => panels.toggle("people"), l: () => stage.setMode(stage.mode === "grid" ? "speaker" : "grid"), "?": openShortcuts,
    };
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            if (document.querySelector("dialog[open]") === null && !closeMenu()) panels.close();
            return;
        }
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || preferences.get("shortcuts") === "no" || isWriting(event.target)) return;
        if (event.key === " ") {
            if (isPressable(event.target)) return;
            event.preventDefault();
            if (!event.repeat && !talking && !room.media.microphoneOn) {
                talking = true;
                room.pushToTalk(true);
            }
            return;
        }
        const act = acts[event.key.toLowerCase()];
        if (act === undefined || event.repeat) return;
        event.preventDefault();
        act();
    }, { signal });
    document.addEventListener("keyup", (event) => { if (event.key === " ") stopTalking(); }, { signal });
    addEventListener("blur", stopTalking, { signal });
}

/** @param {EventTarget | null} target */
function isWriting(target) {
    return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, dialog, [role=menu]") !== null);
}

/** @param {EventTarget | null} target */
function isPressable(target) {
    return target instanceof HTMLElement && target.closest("button, a, summary") !== null;
}

export function openShortcuts() {
    const list = h("dl", { class: "shortcuts" });
    /** @type {[string, Key][]} */
    const rows = [...letters, [t("shortcut.space"), "shortcut.talk"], [t("shortcut.escape"), "shortcut.close"]];
    for (const [key, words] of rows) list.append(h("div", {}, h("dt", {}, t(words)), h("dd", {}, h("kbd", {}, key.length === 1 ? key.toUpperCase() : key))));
    const on = h("input", { type: "checkbox", id: "shortcuts-on", class: "check" });
    on.checked = preferences.get("shortcuts") !== "no";
    on.addEventListener("change", () => preferences.set("shortcuts", on.checked ? "yes" : "no"));
    openDialog({
        title: t("dialog.shortcuts.title"),
        body: [list, h("label", { class: "check-row", for: "shortcuts-on" }, on, t("shortcut.on")), h("p", { class: "small" }, t("shortcut.note"))],
        buttons: [answerButton("close", "")],
    });
}

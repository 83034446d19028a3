// SPDX-License-Identifier: Apache-2.0
import { fill, h, setAttribute } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { openMenu } from "./menu.js";

/** @typedef {import("../strings/en.js").Key} Key */
/** @typedef {import("../icons.js").IconName} IconName */

/** @type {[string, Key][]} */
export const reactions = [
    ["👍", "reaction.thumb"], ["👏", "reaction.clap"], ["❤️", "reaction.heart"], ["😂", "reaction.laugh"], ["😮", "reaction.wow"], ["🤔", "reaction.think"],
];

export const canShare = typeof navigator.mediaDevices?.getDisplayMedia === "function";

/**
 * The one bar of the meeting: what you send, what you open, and the way out.
 * @param {import("./room-view.js").Room} room
 * @returns {HTMLElement}
 */
export function controlBar(room) {
    const { session, media, signal } = room;
    const mute = control("mute", () => room.toggleMicrophone());
    const camera = control("camera", () => room.toggleCamera());
    const share = control("share", () => { void room.toggleShare(); }, "only-wide");
    const hand = control("hand", () => room.toggleHand(), "only-wide");
    const react = control("react", () => openReactions(room, react), "only-wide");
    const peopleSmall = control("people-phone", () => room.panels.toggle("people"), "only-phone");
    const more = control("more", () => room.openMore(more));
    const leave = control("leave", () => { void room.leave(); }, "ctl-end");
    const chat = control("chat", () => room.panels.toggle("chat"));
    const people = control("people", () => room.panels.toggle("people"));
    for (const button of [react, more]) setAttribute(button, "aria-haspopup", "menu");
    setAttribute(react, "aria-expanded", "false");
    setAttribute(more, "aria-expanded", "false");
    share.hidden = !canShare;

    const draw = () => {
        const sharing = media.tracks.screen !== null;
        label(mute, media.microphoneOn ? "mic" : "micOff", media.microphoneOn ? "control.mute" : "control.unmute");
        mute.classList.toggle("ctl-off", !media.microphoneOn);
        const cameraAct = media.cameraOn ? "control.camera.off" : "control.camera.on";
        label(camera, media.cameraOn ? "camera" : "cameraOff", narrow.matches ? "control.camera" : cameraAct);
        setAttribute(camera, "aria-label", t(cameraAct));
        camera.classList.toggle("ctl-off", !media.cameraOn);
        label(share, sharing ? "shareOff" : "share", sharing ? "control.share.stop" : "control.share");
        setAttribute(share, "aria-pressed", String(sharing));
        label(hand, "hand", session.handRaised ? "control.hand.lower" : "control.hand");
        setAttribute(hand, "aria-pressed", String(session.handRaised));
        label(react, "smile", "control.react");
        label(more, "more", "control.more", room.panels.unread > 0 && narrow.matches ? String(room.panels.unread) : null, "control.unread");
        label(leave, "leave", "control.leave");
        label(chat, "chat", "control.chat", room.panels.unread > 0 ? String(room.panels.unread) : null, "control.unread");
        const waiting = session.roster.knocks.size;
        for (const button of [people, peopleSmall]) label(button, "people", "control.people", waiting > 0 ? String(waiting) : null, "control.waiting");
        setAttribute(chat, "aria-expanded", String(room.panels.open === "chat"));
        for (const button of [people, peopleSmall]) setAttribute(button, "aria-expanded", String(room.panels.open === "people"));
    };
    for (const name of /** @type {const} */ (["local", "knocks", "people", "role"])) session.on(name, draw, signal);
    room.panels.onChange(draw);
    followLanguage(draw, signal);
    narrow.addEventListener("change", draw, { signal });

    return h("section", { class: "bar", tLabel: "room.controls" },
        h("div", { class: "bar-side bar-clock" }, clock(session, signal)),
        h("div", { class: "bar-mid" }, mute, camera, share, hand, react, peopleSmall, more, leave),
        h("div", { class: "bar-side bar-end" }, chat, people));
}

const narrow = matchMedia("(max-width: 760px)");

/** @param {string} name @param {() => void} act @param {string} [style] @returns {HTMLButtonElement} */
function control(name, act, style = "") {
    return h("button", { class: `ctl ${style}`, type: "button", "data-control": name, on: { click: act } });
}

/**
 * Draws a control only when it changed, so that focus and screen readers are left alone.
 * @param {HTMLButtonElement} button @param {IconName} name @param {Key} key
 * @param {string | null} [count] @param {Key} [countKey]
 */
function label(button, name, key, count = null, countKey = "control.unread") {
    const state = `${name} ${t(key)} ${count}`;
    if (button.dataset.state === state) return;
    button.dataset.state = state;
    fill(button, icon(name), h("span", {}, t(key)), count !== null && h("span", { class: "count", "aria-hidden": "true" }, count));
    setAttribute(button, "aria-label", count === null ? null : `${t(key)}, ${t(countKey, { count })}`);
}

/** @param {import("./room-view.js").Room} room @param {HTMLElement} button */
export function openReactions(room, button) {
    openMenu(button, t("reactions.title"), reactions.map(([emoji, key]) => ({
        label: `${emoji} ${t(key)}`, act: () => room.react(emoji),
    })), "menu-reactions");
}

/** @param {import("../../types/meeting").Meeting} session @param {AbortSignal} signal @returns {HTMLElement} */
function clock(session, signal) {
    const time = h("time", { role: "timer", tLabel: "room.elapsed", "aria-live": "off" });
    const draw = () => {
        const seconds = Math.max(0, Math.floor((Date.now() - session.startedAt) / 1000));
        const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
        time.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
    };
    draw();
    const timer = setInterval(draw, 1000);
    signal.addEventListener("abort", () => clearInterval(timer));
    return h("span", { class: "st num" }, icon("clock", "i-sm"), time);
}

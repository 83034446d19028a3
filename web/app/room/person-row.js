// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { avatar } from "./avatar.js";
import { personMenu } from "./person-menu.js";

/** @typedef {import("../../types/meeting").Participant} Participant */

/**
 * One person inside: role, key, connection, what is on.
 * @param {Participant} person @param {import("./room-view.js").Room} room @param {(id: string) => void} write
 * @returns {HTMLElement}
 */
export function personRow(person, { session, watch }, write) {
    const self = person.id === session.self;
    const name = person.name || t("people.nameless");
    const compared = watch.hasCompared(person);
    const face = avatar(person.id, name);
    face.classList.toggle("is-live", session.roster.speakers.includes(person.id) && person.microphone);
    const quality = session.roster.quality.get(person.id) ?? "good";
    const what = [
        person.role !== "guest" && t(`people.${person.role}`), self && t("people.thisBrowser"), person.recording && t("people.recording"),
        person.screen && t("people.sharing"), !person.connected && !self && t("tile.away"), person.connected && quality !== "good" && t(`quality.${quality}`),
    ].filter((part) => part !== false).join(" · ");
    const microphone = self ? session.microphoneOn : person.microphone;
    const menu = h("button", { class: "btn btn-quiet btn-icon btn-sm", type: "button", "data-key": `menu ${person.id}`, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("tile.menu", { name }) }, icon("more"));
    menu.addEventListener("click", () => personMenu(menu, session, person.id, [{ label: t("people.message"), icon: "chat", act: () => write(person.id) }]));
    return h("li", { class: `person ${self ? "person-self" : compared ? "key-ok" : "key-open"}`, "data-person": person.id }, face,
        h("span", { class: "grow" }, h("span", { class: "person-name" }, self ? t("room.youNamed", { name }) : name),
            what !== "" && h("span", { class: "person-what" }, what), !self && keyState(person, compared)),
        h("span", { class: "person-signs" },
            person.hand && sign("hand", t("tile.hand"), "hand"),
            sign(microphone ? "mic" : "micOff", t(microphone ? "people.micOn" : "people.micOff")),
            sign(person.camera ? "camera" : "cameraOff", t(person.camera ? "people.camOn" : "people.camOff"))),
        self ? null : menu);
}

/** @param {Participant} person @param {boolean} compared */
function keyState(person, compared) {
    const key = compared ? "people.compared" : person.isNew ? "people.cameAfter" : "people.notCompared";
    return h("span", { class: "person-key" }, icon(compared ? "checked" : "open", "i-sm"), h("span", {}, t(key)));
}

/** @param {import("../icons.js").IconName} name @param {string} words @param {string} [style] */
function sign(name, words, style = "") {
    return h("span", { class: style, title: words }, icon(name), h("span", { class: "vh" }, words));
}

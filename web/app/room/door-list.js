// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { mayAdmit } from "./admission.js";
import { avatar } from "./avatar.js";

/**
 * Who is at the door, with a way in and a way off for each.
 * @param {HTMLElement} door @param {import("../../types/meeting").Meeting} session
 */
export function drawDoor(door, session) {
    const knocks = [...session.roster.knocks];
    door.hidden = knocks.length === 0 || !mayAdmit(session);
    if (door.hidden) return door.replaceChildren();
    const all = h("button", { class: "btn btn-sm", type: "button", "data-key": "all", t: "people.admitAll", on: { click: () => session.admitAll() } });
    door.replaceChildren(h("h3", { class: "sect" }, t("people.door", { count: knocks.length }), knocks.length > 1 && all),
        h("ul", {}, ...knocks.map(([id, given], index) => {
            const name = given || t("people.nameless");
            const old = session.roster.oldKnocks.has(id);
            return h("li", { class: "person at-door" }, avatar(id, name),
                h("span", { class: "grow" }, h("span", { class: "person-name" }, name), old && h("span", { class: "person-what" }, t("people.oldLink"))),
                session.isKeeper && h("button", { class: "btn btn-sm", type: "button", "data-key": `deny ${id}`, "aria-label": `${t("people.deny")}: ${name}`, on: { click: () => session.deny(id) } }, t("people.deny")),
                h("button", { class: `btn btn-sm ${index === 0 && !old ? "btn-go" : ""}`, type: "button", "data-key": `admit ${id}`, "aria-label": `${t("people.admit")}: ${name}`, on: { click: () => session.admit(id) } }, t("people.admit")));
        })));
}

// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { compareView } from "./compare.js";
import { drawDoor } from "./door-list.js";
import { keepFocus, panelFrame } from "./panels.js";
import { personRow } from "./person-row.js";

/** @typedef {import("../../types/meeting").Participant} Participant */
/** @typedef {import("./room-view.js").Room} Room */

const SEARCHABLE = 8;

/**
 * Who is at the door, who is inside, and the words by which they know each other.
 * @param {Room} room
 * @param {(id: string) => void} write opens the chat to one person
 * @returns {import("./panels.js").Panel}
 */
export function peoplePanel(room, write) {
    const { session, panels, signal } = room;
    const search = h("input", { class: "input", type: "search", tLabel: "people.search", tPlaceholder: "people.search", autocomplete: "off" });
    const searchBox = h("div", { class: "search" }, icon("search"), search);
    const door = h("section", { hidden: true });
    const inside = h("section", {});
    const list = h("div", {}, searchBox, door, inside);
    const compare = compareView(room);
    const body = h("div", { class: "panel-body", tabindex: "0", tLabel: "people.title" }, list, compare.element);
    const copy = h("button", { class: "btn", type: "button", on: { click: () => { void room.copyLink(); } } }, icon("link"), h("span", { t: "room.copy" }));

    const draw = () => keepFocus(list, () => {
        const wanted = search.value.trim().toLocaleLowerCase();
        drawDoor(door, session);
        const people = [...session.roster.people.values()].sort((a, b) => order(a, session.self) - order(b, session.self));
        searchBox.hidden = people.length < SEARCHABLE && wanted === "";
        const shown = people.filter((person) => person.name.toLocaleLowerCase().includes(wanted));
        inside.replaceChildren(h("h3", { class: "sect" }, t("people.inside", { count: people.length })),
            shown.length === 0
                ? h("p", { class: "muted small" }, t("people.none", { text: search.value.trim() }))
                : h("ul", {}, ...shown.map((person) => personRow(person, room, write))));
    });
    search.addEventListener("input", draw);
    for (const name of /** @type {const} */ (["people", "knocks", "local", "role", "speakers", "quality", "meeting"])) session.on(name, () => { if (panels.open === "people") draw(); }, signal);
    room.watch.on("changed", () => { if (panels.open === "people") draw(); }, signal);
    followLanguage(draw, signal);

    return {
        element: panelFrame("people", () => panels.close(), body, h("footer", {}, copy)),
        opened: () => {
            draw();
            compare.draw();
            if (searchBox.hidden) body.focus({ preventScroll: true });
            else search.focus({ preventScroll: true });
        },
    };
}

/**
 * Raised hands first, then hosts, then as they came; ourselves last.
 * @param {Participant} person
 * @param {string} self
 */
function order(person, self) {
    if (person.id === self) return 4;
    return person.hand ? 0 : person.role === "host" ? 1 : person.role === "cohost" ? 2 : 3;
}

// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { avatar } from "./avatar.js";
import { panelFrame } from "./panels.js";
import { personMenu } from "./person-menu.js";

/** @typedef {import("../../meeting/protocol.js").Participant} Participant */
/** @typedef {import("./room-view.js").Room} Room */

/**
 * Who is at the door and who is inside.
 * @param {Room} room
 * @param {(id: string) => void} write opens the chat to one person
 * @returns {import("./panels.js").Panel}
 */
export function peoplePanel(room, write) {
    const { session, panels, signal } = room;
    const search = h("input", { class: "input", type: "search", tLabel: "people.search", tPlaceholder: "people.search", autocomplete: "off" });
    const door = h("section", { hidden: true });
    const inside = h("section", {});
    const body = h("div", { class: "panel-body" }, h("div", { class: "search" }, icon("search"), search), door, inside);
    const copy = h("button", { class: "btn", type: "button", on: { click: () => { void room.copyLink(); } } }, icon("link"), h("span", { t: "room.copy" }));

    const draw = () => keepFocus(body, () => {
        const wanted = search.value.trim().toLocaleLowerCase();
        drawDoor(door, session);
        const people = [...session.roster.people.values()].sort((a, b) => order(a, session.self) - order(b, session.self));
        const shown = people.filter((person) => person.name.toLocaleLowerCase().includes(wanted));
        inside.replaceChildren(h("h3", { class: "sect" }, t("people.inside", { count: people.length })),
            shown.length === 0
                ? h("p", { class: "muted small" }, t("people.none", { text: search.value.trim() }))
                : h("ul", {}, ...shown.map((person) => personRow(person, room, write))));
    });
    search.addEventListener("input", draw);
    for (const name of /** @type {const} */ (["people", "knocks", "local", "role", "speakers"])) session.on(name, () => { if (panels.open === "people") draw(); }, signal);
    followLanguage(draw, signal);

    return { element: panelFrame("people", () => panels.close(), body, h("footer", {}, copy)), opened: () => { draw(); search.focus({ preventScroll: true }); } };
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

/** @param {HTMLElement} door @param {import("../../meeting/session.js").Session} session */
function drawDoor(door, session) {
    const knocks = [...session.roster.knocks];
    door.hidden = knocks.length === 0 || !session.isKeeper;
    if (door.hidden) return;
    const all = h("button", { class: "btn btn-sm", type: "button", "data-key": "all", t: "people.admitAll", on: { click: () => session.admitAll() } });
    door.replaceChildren(h("h3", { class: "sect" }, t("people.door", { count: knocks.length }), knocks.length > 1 && all),
        h("ul", {}, ...knocks.map(([id, name], index) => h("li", { class: "person at-door" }, avatar(id, name),
            h("span", { class: "person-name grow" }, name),
            h("button", { class: "btn btn-sm", type: "button", "data-key": `deny ${id}`, "aria-label": `${t("people.deny")}: ${name}`, on: { click: () => session.deny(id) } }, t("people.deny")),
            h("button", { class: `btn btn-sm ${index === 0 ? "btn-go" : ""}`, type: "button", "data-key": `admit ${id}`, "aria-label": `${t("people.admit")}: ${name}`, on: { click: () => session.admit(id) } }, t("people.admit"))))));
}

/** @param {Participant} person @param {Room} room @param {(id: string) => void} write */
function personRow(person, { session }, write) {
    const self = person.id === session.self;
    const face = avatar(person.id, person.name);
    face.classList.toggle("is-live", session.roster.speakers.includes(person.id) && person.microphone);
    const what = [person.role !== "guest" && t(`people.${person.role}`), self && t("people.thisBrowser"), person.screen && t("people.sharing"), !person.connected && !self && t("tile.away")]
        .filter((part) => part !== false).join(" · ");
    const microphone = self ? session.microphoneOn : person.microphone;
    const menu = h("button", { class: "btn btn-quiet btn-icon btn-sm", type: "button", "data-key": `menu ${person.id}`, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("tile.menu", { name: person.name }) }, icon("more"));
    menu.addEventListener("click", () => personMenu(menu, session, person.id, [{ label: t("people.message"), icon: "chat", act: () => write(person.id) }]));
    return h("li", { class: "person", "data-person": person.id }, face,
        h("span", { class: "grow" }, h("span", { class: "person-name" }, self ? t("room.youNamed", { name: person.name }) : person.name), what !== "" && h("span", { class: "person-what row" }, what)),
        h("span", { class: "person-signs" },
            person.hand && sign("hand", t("tile.hand"), "hand"),
            sign(microphone ? "mic" : "micOff", t(microphone ? "people.micOn" : "people.micOff")),
            sign(person.camera ? "camera" : "cameraOff", t(person.camera ? "people.camOn" : "people.camOff"))),
        self ? null : menu);
}

/** @param {import("../icons.js").IconName} name @param {string} words @param {string} [style] */
function sign(name, words, style = "") {
    return h("span", { class: style, title: words }, icon(name), h("span", { class: "vh" }, words));
}

/**
 * A list that is drawn anew must not take the focus away.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
function keepFocus(root, draw) {
    const active = document.activeElement;
    const key = active instanceof HTMLElement && root.contains(active) ? active.dataset.key : undefined;
    draw();
    if (key === undefined) return;
    const again = [...root.querySelectorAll("[data-key]")].find((element) => element instanceof HTMLElement && element.dataset.key === key);
    if (again instanceof HTMLElement) again.focus();
}

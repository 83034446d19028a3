// SPDX-License-Identifier: Apache-2.0
import { announce } from "../announce.js";
import { h, patch } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { clockTime, namesOf } from "./names.js";
import { keepFocus } from "./panels.js";
import { wordLine, wordList } from "./words.js";

/** @typedef {import("./room-view.js").Room} Room */

/**
 * Comparing words: four by commit-and-reveal, or the meeting's own twelve.
 * @param {Room} room
 * @returns {{element: HTMLElement, draw: () => void}}
 */
export function compareView(room) {
    const { session, watch, signal } = room;
    const short = h("div", { class: "stack-sm" });
    const long = h("details", { class: "fold", "data-key": "long" });
    const summary = h("summary", { "data-key": "long-summary", t: "words.long" });
    const twelve = h("div", { class: "fold-content stack-sm" });
    long.append(summary, twelve);
    const element = h("section", { class: "compare", "aria-labelledby": "compare-title" }, h("h3", { id: "compare-title", t: "words.title" }), short, long);
    let drawn = "";
    let said = "";
    /** What the person is reading stays until they ask for the new words, so that their answer is about what they read. */
    let reading = read(session);
    let shownTo = reading.people;

    /** @param {string[]} people who was here when these words were made */
    const match = (people) => {
        session.confirmWords(people);
        announce(t("words.done"));
    };
    const pane = {
        room, match, differ: () => watch.wordsDiffer(), get reading() { return reading; }, get shownTo() { return shownTo; },
        renew: () => { reading = read(session); drawn = ""; draw(); },
    };
    long.addEventListener("toggle", pane.renew);

    const draw = () => {
        const { words, roster, epoch, shortCode } = session.security;
        const people = [...session.roster.people.values()].map(({ id, name, compared }) => [id, name, compared]);
        const state = JSON.stringify([words, roster, epoch, shortCode, people, watch.differs, document.documentElement.lang]);
        if (state === drawn) return;
        drawn = state;
        if (!long.open) reading = read(session);
        keepFocus(element, drawAll);
    };
    const drawAll = () => {
        const alone = session.roster.people.size < 2;
        long.hidden = alone || watch.differs;
        patch(short, ...(alone ? [h("p", { class: "muted small" }, t("words.alone"))] : watch.differs ? differing(pane) : shortForm(pane)));
        if (!long.hidden) patch(twelve, ...longForm(pane));
    };
    // The words come when the last number has; whoever can't see them is told once.
    const tell = () => {
        const code = session.security.shortCode;
        const now = code === null ? "" : `${code.state} ${code.words.join()}`;
        if (now === said) return;
        said = now;
        shownTo = [...session.roster.people.keys()];
        if (code === null) return room.notes.withdraw("compare");
        if (room.panels.open === "people") announce(code.state === "shown" ? `${t("words.shown")} ${wordLine(code.words)}` : t(`words.${code.state}`));
        else room.notes.stand("compare", t(`words.${code.state}`), {
            icon: "open", buttons: [h("button", { class: "btn btn-sm", type: "button", t: "words.title", on: { click: () => room.panels.show("people") } })],
        });
    };
    room.panels.onChange(() => { if (room.panels.open === "people") room.notes.withdraw("compare"); });
    session.on("security", tell, signal);
    watch.on("changed", draw, signal);
    session.on("people", draw, signal);
    followLanguage(draw, signal);
    return { element, draw };
}

/** @typedef {{epoch: number, since: number, words: number[], roster: number[], people: string[]}} Reading people: ids */
/** @typedef {{room: Room, match: (people: string[]) => void, differ: () => void, readonly reading: Reading, readonly shownTo: string[], renew: () => void}} Pane */

/** @param {import("../../types/meeting").Meeting} session @returns {Reading} */
function read(session) {
    const { epoch, since, words, roster } = session.security;
    return { epoch, since, words: [...words], roster: [...roster], people: [...session.roster.people.keys()] };
}

/** @param {Pane} pane @returns {(Node | null)[]} */
function shortForm(pane) {
    const { session } = pane.room;
    const code = session.security.shortCode;
    const others = [...session.roster.people.values()].filter(({ id }) => id !== session.self);
    if (code?.state === "gathering") return [
        h("p", { class: "small muted" }, t("words.gathering")),
        waiting("words.waiting", session, code.waitingFor),
    ];
    if (code?.state === "shown") return [h("p", { class: "small muted" }, t("words.shown")), wordList(code.words, "words-large"), answers("short", pane)];
    const done = others.every((person) => person.compared);
    return [
        code?.state === "failed" ? h("p", {}, icon("broken", "i-sm"), " ", t("words.failed")) : null,
        code?.state === "failed" ? waiting("words.failed.waiting", session, code.waitingFor) : null,
        h("p", { class: "small muted" }, done ? t("words.done") : code?.state === "failed" ? t("words.failed.next") : t("words.lead")),
        h("button", { class: "btn", type: "button", "data-key": "compare", on: { click: () => session.compare() } }, icon("open"),
            t(code?.state === "failed" ? "words.again" : "words.compare")),
    ];
}

/** @param {Pane} pane @returns {(Node | null)[]} */
function longForm(pane) {
    const { words, roster, epoch, since } = pane.reading;
    const isOld = pane.room.session.security.epoch !== epoch;
    return [
        h("p", { class: "small muted" }, t("words.long.lead")), wordList(words),
        h("p", { class: "small muted num" }, t("words.version", { epoch, time: clockTime(since) })),
        isOld ? h("p", { class: "small", role: "status" }, t("words.newer")) : null,
        isOld ? h("button", { class: "btn btn-sm", type: "button", "data-key": "newer", on: { click: () => pane.renew() } }, t("words.newer.show")) : null,
        answers("long", pane),
        h("div", { class: "roster-words" }, h("span", { class: "sect" }, t("words.roster")), h("span", { class: "word-line", lang: "en" }, wordLine(roster)),
            h("span", { class: "small muted" }, t("words.roster.lead"))),
    ];
}

/** @param {Pane} pane @returns {Node[]} */
function differing({ room }) {
    return [
        h("div", { class: "banner banner-no" }, icon("broken"), h("div", { class: "grow" }, h("strong", {}, t("words.differ.title")), h("p", {}, t("warn.differ")))),
        h("button", { class: "btn btn-end", type: "button", "data-key": "leave", on: { click: () => room.session.leave() } }, t("control.leave")),
    ];
}

/** @param {"words.waiting" | "words.failed.waiting"} key @param {import("../../types/meeting").Meeting} session @param {string[]} ids */
function waiting(key, session, ids) {
    return ids.length === 0 ? null : h("p", { class: "st" }, icon("open", "i-sm"), h("span", {}, t(key, { names: namesOf(session, ids) })));
}

/** @param {"short" | "long"} which @param {Pane} pane */
function answers(which, pane) {
    return h("div", { class: "answers" },
        h("button", { class: "btn", type: "button", "data-key": `match ${which}`, on: { click: () => pane.match(which === "long" ? pane.reading.people : pane.shownTo) } }, t("words.match")),
        h("button", { class: "btn", type: "button", "data-key": `differ ${which}`, on: { click: () => pane.differ() } }, t("words.differ")));
}

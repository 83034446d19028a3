// SPDX-License-Identifier: Apache-2.0
import { fill, find, h, patch } from "../dom.js";
import { fact, levelFact, levelLine, pageFact, whatCouldGoWrong, whatServerLearns } from "../facts.js";
import { followLanguage, language, t } from "../i18n.js";
import { clockTime, nameOf, namesOf } from "./names.js";
import { keepFocus, panelFrame } from "./panels.js";
import { isBroken } from "./watch.js";
import { warningWords } from "./warning-words.js";

/** @typedef {import("./room-view.js").Room} Room */

/**
 * Who can see and hear, how, and what is open: everything behind the sentence in the top line.
 * @param {Room} room
 * @returns {import("./panels.js").Panel}
 */
export function securityPanel(room) {
    const { session, watch, panels, signal } = room;
    const log = h("section", { hidden: true, "aria-labelledby": "security-log" }, h("h3", { class: "sect", id: "security-log", t: "security.log" }), h("ul", { class: "facts-list" }));
    const facts = h("ul", { class: "facts-list" });
    const level = h("div", {});
    const learns = fold("learns.title");
    const wrong = fold("wrong.title");
    const body = h("div", { class: "panel-body", tabindex: "0", tLabel: "security.title" }, log, facts, level, learns.element, wrong.element);

    const draw = () => {
        if (panels.open === "security") keepFocus(body, () => {
            drawLog(log, room);
            patch(facts, whoHears(room), sealed(), group(room), compared(room), accountable(room), frames(room), recording(room), levelFact(), pageFact());
        });
    };
    const drawStill = () => {
        fill(level, levelLine());
        fill(learns.content, whatServerLearns());
        fill(wrong.content, whatCouldGoWrong());
        draw();
    };
    watch.on("changed", draw, signal);
    for (const name of /** @type {const} */ (["people", "meeting"])) session.on(name, draw, signal);
    followLanguage(drawStill, signal);
    return { element: panelFrame("security", () => panels.close(), body, null), opened: () => { draw(); body.scrollTop = 0; body.focus({ preventScroll: true }); } };
}

/** @param {"learns.title" | "wrong.title"} key one click away */
function fold(key) {
    const content = h("div", { class: "fold-content" });
    return { content, element: h("details", { class: "fold" }, h("summary", { t: key }), content) };
}

/** @param {HTMLElement} log @param {Room} room */
function drawLog(log, { session, watch }) {
    const all = watch.all;
    log.hidden = all.length === 0;
    patch(find("ul", HTMLUListElement, log), ...all.map((one) => {
        const { title, text, rule } = warningWords(session, [one]);
        const broken = isBroken(one.kind);
        const noted = watch.isNoted(one);
        const act = noted
            ? h("span", { class: "small muted" }, t("warn.noted"))
            : h("button", { class: "btn btn-sm", type: "button", "data-key": `note ${one.kind} ${one.id} ${one.at}`, "aria-label": `${t("warn.noted")}: ${title}`, on: { click: () => watch.note([one]) } }, t("warn.noted"));
        const item = fact(broken ? "broken" : "open", title, "", act);
        item.append(h("small", {}, h("time", { datetime: new Date(one.at).toISOString() }, clockTime(one.at)), ` · ${text}`, rule !== "" && h("span", { class: "rule" }, rule)));
        return item;
    }));
}

/** @param {Room} room */
function whoHears({ session, watch, panels }) {
    const ids = [...session.roster.people.keys()];
    const see = h("button", { class: "btn btn-sm", type: "button", "data-key": "who", on: { click: () => panels.show("people") } }, t("security.who.see"));
    if (watch.isDoubtful) return fact("broken", t("shield.doubt"), t("security.doubt"), see);
    return fact("people", t("security.who.title", { count: ids.length }), t("security.who", { names: namesOf(session, ids) }), see);
}

function sealed() {
    return fact("checked", t("fact.sealed.title"), t("security.sealed"));
}

/** @param {Room} room */
function group({ session }) {
    const { epoch, since } = session.security;
    return fact("checked", t("security.group.title"), t("security.group", { epoch, time: clockTime(since) }));
}

/** @param {Room} room */
function compared({ session, watch, panels }) {
    const others = [...session.roster.people.values()].filter(({ id }) => id !== session.self);
    if (others.length === 0) return null;
    const count = others.filter((person) => watch.hasCompared(person)).length;
    if (count === others.length) return fact("checked", t("security.compared.all.title"), t("security.compared.all"));
    const go = h("button", { class: "btn btn-sm", type: "button", "data-key": "compare", on: { click: () => panels.show("people") } }, t("words.compare"));
    return fact("open", t("security.compared.some.title", { count, others: others.length }), t("security.compared.some"), go);
}

/** @param {Room} room */
function accountable({ session }) {
    return session.meeting.accountable ? fact("seal", t("fact.accountable.title"), t("fact.accountable")) : null;
}

/** @param {Room} room */
function frames({ session }) {
    const number = new Intl.NumberFormat(language());
    const { opened, refused } = session.security.frames;
    const values = { opened: number.format(opened), refused: number.format(refused), count: refused };
    if (refused > 0) return fact("open", t("security.frames.bad.title", values), t("security.frames.bad", values));
    return opened === 0
        ? fact("open", t("security.frames.none")) : fact("checked", t("security.frames.good.title"), t("security.frames.good", values));
}

/** @param {Room} room */
function recording({ session }) {
    const ids = [...session.roster.people.values()].filter((person) => person.recording).map(({ id }) => id);
    return ids.length === 0 ? null : fact("record", t("security.recording.title"), ids.map((id) => nameOf(session, id)).join(", "));
}

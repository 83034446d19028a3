// SPDX-License-Identifier: Apache-2.0
import { fill, h, setAttribute } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { isBroken } from "./watch.js";

/**
 * The sentence in the top line: who holds the key, how many of them are compared, and whether there is something to look
 * at. Opens the panel that says why.
 * @param {import("./room-view.js").Room} room
 * @returns {HTMLElement}
 */
export function shield({ session, watch, panels, signal }) {
    const button = h("button", { class: "pill shield", type: "button", "data-control": "shield", on: { click: () => panels.toggle("security") } });
    const draw = () => {
        const count = session.roster.people.size;
        const others = [...session.roster.people.values()].filter(({ id }) => id !== session.self);
        const compared = others.filter((person) => watch.hasCompared(person)).length;
        const open = watch.open;
        const doubtful = watch.isDoubtful;
        const bad = doubtful || open.some(({ kind }) => isBroken(kind));
        const all = others.length > 0 && compared === others.length;
        const note = watch.differs ? t("shield.differ") : open.length > 0 ? t("shield.look", { count: open.length })
            : others.length === 0 ? "" : t("shield.compared", { count: compared, others: others.length });
        const state = JSON.stringify([count, note, bad, doubtful, all, panels.open, document.documentElement.lang]);
        setAttribute(button, "aria-expanded", String(panels.open === "security"));
        if (button.dataset.state === state) return;
        button.dataset.state = state;
        button.classList.toggle("shield-no", bad);
        button.classList.toggle("shield-open", !bad && !all);
        button.classList.toggle("shield-ok", !bad && all && open.length === 0);
        const sentence = doubtful ? t("shield.doubt") : t("shield.key", { count });
        const short = doubtful ? sentence : t("shield.key.short", { count });
        fill(button, icon(bad ? "broken" : "shield"), h("span", { class: "only-wide" }, sentence), h("span", { class: "only-phone" }, short),
            note !== "" && h("span", { class: open.length > 0 && !doubtful ? "shield-note" : "shield-note only-wide" }, note));
    };
    session.on("people", draw, signal);
    watch.on("changed", draw, signal);
    panels.onChange(draw);
    followLanguage(draw, signal);
    return button;
}

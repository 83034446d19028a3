// SPDX-License-Identifier: Apache-2.0
import { announce } from "../announce.js";
import { fill, h } from "../dom.js";
import { followLanguage, t } from "../i18n.js";
import { icon } from "../icons.js";
import { isBroken } from "./watch.js";
import { warningWords } from "./warning-words.js";

/** @typedef {import("./watch.js").Noticed} Noticed */

/** A phone has room for one. */
const SHOWN = 2;
const narrow = matchMedia("(max-width: 760px)");

/**
 * Banners over the stage: what was noticed, until the person puts it aside. Said aloud once.
 * @param {import("./room-view.js").Room} room
 * @returns {HTMLElement}
 */
export function warningBanners({ session, watch, panels, signal }) {
    const box = h("section", { class: "warnings", tLabel: "security.log" });
    let drawn = "";
    const draw = () => {
        const kinds = byKind(watch.open);
        box.hidden = kinds.length === 0 || panels.open === "security";
        // Numbers change all the time; a banner that is being read stays as it is.
        const words = kinds.map((some) => warningWords(session, some));
        const shown = narrow.matches ? 1 : SHOWN;
        const state = JSON.stringify([words, shown, document.documentElement.lang]);
        if (state === drawn) return;
        drawn = state;
        const focused = box.contains(document.activeElement);
        fill(box, kinds.slice(0, shown).map((some) => banner(some)), kinds.length > shown
            && h("button", { class: "btn btn-sm warnings-more", type: "button", on: { click: () => panels.show("security") } }, t("warn.all", { count: kinds.length })));
        if (focused) box.querySelector("button")?.focus();
    };
    /** @param {[Noticed, ...Noticed[]]} some */
    const banner = (some) => {
        const [{ kind }] = some;
        const { title, text, rule } = warningWords(session, some);
        return h("div", { class: `banner ${isBroken(kind) ? "banner-no" : "banner-dashed"}`, "data-warning": kind },
            icon(isBroken(kind) ? "broken" : "open"),
            h("div", { class: "grow" }, h("strong", {}, title), h("p", {}, text), rule !== "" && h("p", { class: "rule" }, rule)),
            h("button", { class: "btn btn-sm", type: "button", "aria-label": `${t("warn.noted")}: ${title}`, on: { click: () => watch.note(some) } }, t("warn.noted")));
    };
    watch.on("noticed", (one) => {
        const { title, text } = warningWords(session, [one]);
        announce(`${title}${/[.。]$/.test(title) ? "" : "."} ${text}`, "assertive");
    }, signal);
    watch.on("changed", draw, signal);
    session.on("people", draw, signal);
    panels.onChange(draw);
    narrow.addEventListener("change", draw, { signal });
    followLanguage(draw, signal);
    return box;
}

/**
 * The worst first, several of a kind together.
 * @param {Noticed[]} all
 * @returns {[Noticed, ...Noticed[]][]}
 */
function byKind(all) {
    /** @type {Map<string, [Noticed, ...Noticed[]]>} */
    const kinds = new Map();
    for (const one of all) {
        const known = kinds.get(one.kind);
        if (known === undefined) kinds.set(one.kind, [one]);
        else known.push(one);
    }
    return [...kinds.values()].sort(([a], [b]) => Number(isBroken(b.kind)) - Number(isBroken(a.kind)));
}

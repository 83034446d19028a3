// SPDX-License-Identifier: Apache-2.0
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { nodeHost, nodeOrigin } from "./place.js";

// What may be said about a meeting's safety, in one place, so that every page says the same. It must stay true: it
// changes with the cryptography, not before. Solid circle: holds; dashed: an open question; broken: failed.

/** @typedef {import("./strings/en.js").Key} Key */
/** @typedef {import("./icons.js").IconName} IconName */

/**
 * One line of a list of facts: what, then why.
 * @param {IconName} name @param {string} title @param {string} [text] @param {Node | null} [act] something to do about it
 * @returns {HTMLLIElement}
 */
export function fact(name, title, text = "", act = null) {
    const style = name === "checked" ? "is-ok" : name === "broken" ? "is-no" : "";
    return h("li", { class: style }, icon(name), h("span", { class: "fact-title" }, h("span", {}, title), act),
        text === "" ? null : h("small", {}, text));
}

/** Where this page's code came from: as an anchor of trust it comes before all others. */
export function pageFact() {
    const title = t("fact.page.title", { host: location.host });
    if (nodeOrigin() === location.origin) return fact("open", title, t("fact.page"));
    // Browsers give these names to the machine itself and to no other (RFC 6761 §6.3).
    if (["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)) {
        return fact("checked", t("fact.page.own.title"), t("fact.page.own", { host: nodeHost() }));
    }
    return fact("open", title, t("fact.page.other", { host: nodeHost() }));
}

/** Nothing is pinned from outside yet, so nothing counts for more than the operator's word. */
export function levelFact() {
    return fact("open", t("fact.level.title"), t("fact.level", { host: nodeHost() }));
}

/** The four levels, and where this meeting stands; the reason stands beside it. */
export function levelLine() {
    return h("ol", { class: "levels", "aria-label": t("level.line") },
        /** @type {Key[]} */ (["level.0", "level.1", "level.2", "level.3"]).map((key, index) =>
            h("li", index === 0 ? { "aria-current": "true" } : {}, t(key))));
}

/** @returns {HTMLElement} */
export function whatServerLearns() {
    return plainList([["node", "learns.address"], ["clock", "learns.times"], ["signal", "learns.sizes"], ["sound", "learns.loud"], ["people", "learns.together"]], t("learns.not"));
}

/** @returns {HTMLElement} */
export function whatCouldGoWrong() {
    return plainList([["record", "wrong.record"], ["eye", "wrong.between"], ["camera", "wrong.device"], ["edit", "wrong.page"], ["node", "wrong.silent"]]);
}

/** @returns {HTMLElement} before going in, while there is nobody to compare with */
export function whatCouldGoWrongBefore() {
    return plainList([["node", "wrong.address"], ["record", "wrong.record"], ["camera", "wrong.device"], ["edit", "wrong.page"], ["signal", "wrong.silent"]]);
}

/** @param {[IconName, Key][]} entries @param {string} [last] */
function plainList(entries, last = "") {
    return h("div", {}, h("ul", { class: "small-list" }, entries.map(([name, key]) => h("li", {}, icon(name, "i-sm"), h("span", {}, t(key))))),
        last === "" ? null : h("p", { class: "small-last" }, last));
}

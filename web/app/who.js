// SPDX-License-Identifier: Apache-2.0
import { h } from "./dom.js";
import { followLanguage, t } from "./i18n.js";
import { icon } from "./icons.js";
import { nodeOrigin } from "./place.js";

// The one place that says who can see a meeting. It must stay true: change it with the cryptography,
// not before. Solid circle = holds now; dashed = an open question.

/** @param {string} host @returns {HTMLElement} */
export function whoList(host) {
    const tls = new URL(nodeOrigin()).protocol === "https:";
    const list = h("ul", { class: "facts-list" });
    const next = h("p", { class: "who-next" });
    followLanguage(() => {
        list.replaceChildren(
            entry("people", t("who.people.title"), t("who.people"), false),
            entry("open", t("who.node.title", { host }), t("who.node"), false),
            entry("checked", t("who.wire.title"), t(tls ? "who.wire.tls" : "who.wire.plain"), true));
        next.textContent = t("who.next");
    });
    return h("div", {}, list, next);
}

/** @param {import("./icons.js").IconName} name @param {string} title @param {string} text @param {boolean} holds */
function entry(name, title, text, holds) {
    return h("li", { class: holds ? "is-ok" : "" }, icon(name), h("span", {}, title), h("small", {}, text));
}

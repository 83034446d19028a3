// SPDX-License-Identifier: Apache-2.0
import { fact, levelFact, levelLine, pageFact, whatCouldGoWrongBefore } from "./facts.js";
import { fill, h } from "./dom.js";
import { followLanguage, t } from "./i18n.js";

/**
 * Beside the way in: what holds, what is open, what could still go wrong.
 * @param {AbortSignal} signal
 * @returns {HTMLElement}
 */
export function trustCard(signal) {
    const card = h("aside", { class: "card trust-card", "aria-labelledby": "trust-title" });
    followLanguage(() => fill(card, h("h2", { id: "trust-title" }, t("trust.title")), levelLine(),
        h("ul", { class: "facts-list" },
            fact("checked", t("fact.sealed.title"), t("fact.sealed")),
            fact("checked", t("fact.names.title"), t("fact.names")),
            levelFact(), pageFact(),
            fact("open", t("fact.unchecked.title"), t("fact.unchecked"))),
        h("h3", { class: "sect" }, t("wrong.title")), whatCouldGoWrongBefore()), signal);
    return card;
}

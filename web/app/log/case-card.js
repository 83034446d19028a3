// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { openEntry, shortCase } from "./entries-table.js";
import { entryAuthor, entryIcon, entryWords } from "./entry-words.js";
import { moment, number } from "./moments.js";

/**
 * One case from its first entry to its last.
 * @param {import("../../audit/log-reading.js").LogReading} reading
 * @param {string} chosen the case's name, or nothing
 * @param {(id: string) => void} choose
 * @returns {HTMLElement | null} null in a log without cases
 */
export function caseCard(reading, chosen, choose) {
    if (reading.cases.size === 0) return null;
    const select = h("select", { class: "select", id: "case", "aria-label": t("log.cases", { count: reading.cases.size }) },
        h("option", { value: "" }, t("log.cases", { count: reading.cases.size })),
        [...reading.cases.keys()].map((id) => h("option", { value: id }, t("log.case", { id: shortCase(id) }))));
    select.value = chosen;
    select.addEventListener("change", () => choose(select.value));
    const life = reading.cases.get(chosen);
    return h("section", { class: "card", "aria-labelledby": "case-title" },
        h("div", { class: "row spread wrap" },
            h("h2", { id: "case-title", class: "grow" }, life === undefined ? t("log.cases", { count: reading.cases.size }) : t("log.case.life", { id: shortCase(chosen) })),
            select),
        life === undefined
            ? h("p", { class: "muted card-lead" }, t("log.case.none"))
            : h("ol", { class: "life" }, life.map((entry) => h("li", {},
                icon(entryIcon(entry)), h("b", {}, entryWords(entry)), h("time", { class: "num" }, moment(entry.seconds)),
                h("small", {}, entryAuthor(entry), " ", h("button", {
                    class: "linkish small", type: "button", on: { click: () => openEntry(entry, reading.size) },
                }, t("log.entry.title", { index: number(entry.index) })))))));
}

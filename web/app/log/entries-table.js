// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "../dialog.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { entryAuthor, entryIcon, entryWords } from "./entry-words.js";
import { moment, number } from "./moments.js";

/** @typedef {import("../../audit/auditor.js").Entry} Entry */

/**
 * The newest entries, the newest first.
 * @param {import("../../audit/log-reading.js").LogReading} reading
 * @param {{ openCase: (id: string) => void, older: () => void }} acts
 * @returns {HTMLElement}
 */
export function entriesTable(reading, { openCase, older }) {
    const entries = [...reading.shown.values()].sort((a, b) => b.index - a.index);
    const rows = entries.map((entry) => h("tr", {},
        h("td", { class: "num" }, h("button", {
            class: "linkish num", type: "button", "data-entry": entry.index, on: { click: () => openEntry(entry, reading.size) },
        }, number(entry.index))),
        h("td", { class: "num muted when" }, entry.kind === "malformed" ? "" : moment(entry.seconds)),
        h("td", { class: "what" }, h("span", { class: "row what-row" }, icon(entryIcon(entry), "i-sm"), h("span", {}, entryWords(entry))),
            entry.caseID !== "" && h("button", {
                class: "linkish small", type: "button", on: { click: () => openCase(entry.caseID) },
            }, t("log.case", { id: shortCase(entry.caseID) }))),
        h("td", { class: "muted who" }, entryAuthor(entry))));
    const oldest = entries.at(-1)?.index ?? 0;
    return h("section", { class: "card", "aria-labelledby": "newest-title" },
        h("div", { class: "row spread wrap" }, h("h2", { id: "newest-title" }, t("log.newest")), h("span", { class: "small muted" }, t("log.utc"))),
        rows.length === 0
            ? h("p", { class: "muted table-empty" }, t(reading.report === null ? "log.loading" : "log.empty"))
            : h("table", { class: "table" },
                h("thead", {}, h("tr", {}, /** @type {const} */ (["entry", "time", "what", "who"]).map((name) =>
                    h("th", { scope: "col", class: name === "time" ? "when" : name }, t(`log.column.${name}`))))),
                h("tbody", {}, rows)),
        oldest > 0 && h("button", { class: "btn", type: "button", id: "older", on: { click: older } }, t("log.more")));
}

/** @param {string} id @returns {string} enough of a case's name to tell it from others on a page */
export function shortCase(id) {
    return id.slice(0, 8);
}

/**
 * An entry as it lies in the log.
 * @param {Entry} entry
 * @param {number} size of the tree it was proved in
 */
export function openEntry(entry, size) {
    openDialog({
        title: t("log.entry.title", { index: number(entry.index) }), wide: true,
        body: [
            h("p", {}, entryWords(entry)),
            h("pre", { class: "record-text", tabindex: "0" }, entry.text),
            h("p", { class: "small muted" }, t("log.entry.hash"), ": ", h("code", { class: "rule" }, entry.leaf)),
            h("p", { class: "row small checked-line" }, icon("checked", "i-sm"), t("log.entry.proved", { count: number(size) })),
        ],
        buttons: [answerButton("close", "")],
    });
}

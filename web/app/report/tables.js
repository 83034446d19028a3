// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { number } from "../log/moments.js";
import { named, shown } from "./words.js";

/** What belongs together, in the order in which it is read. */
const groups = /** @type {const} */ ([
    ["requests", ["jurisdictions", "requests", "months", "days"]],
    ["orders", ["orders", "actions", "approvals", "quorums", "notices", "emergencies", "times"]],
    ["claims", ["claims", "unmatched"]],
    ["openings", ["commitments", "overdue"]],
    ["rules", ["charters", "seat-changes", "seats"]],
    ["log", ["entries", "releases", "reports"]],
]);

/**
 * Every table of the report, folded up under its name.
 * @param {import("./counted.js").Counted} counted
 * @param {Set<string>} opened tables that were unfolded before
 */
export function tableCards(counted, opened) {
    return groups.map(([group, names]) => h("section", { class: "card", "aria-labelledby": `tables-${group}` },
        h("h2", { id: `tables-${group}` }, t(`report.group.${group}`)),
        names.map((name) => folded(name, counted.tables[name], opened))));
}

/**
 * @param {string} name
 * @param {import("./counted.js").Table} table
 * @param {Set<string>} opened
 */
export function folded(name, table, opened) {
    const details = h("details", { class: "folded", "data-table": name, open: opened.has(name) },
        h("summary", {}, named("report.table", name) ?? name, h("small", {}, t("report.rows", { count: table.rows.length, shown: number(table.rows.length) }))),
        table.rows.length === 0 ? h("p", { class: "muted" }, t("report.none")) : wide(name, table));
    details.addEventListener("toggle", () => { if (details.open) opened.add(name); else opened.delete(name); });
    return details;
}

/** @param {string} name @param {import("./counted.js").Table} table */
function wide(name, table) {
    const label = named("report.table", name) ?? name;
    const isNumber = table.columns.map((_, place) => table.rows.every((row) => typeof row[place] !== "string"));
    // A table wider than the page scrolls by itself; whoever has no mouse needs to reach it.
    return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": label },
        h("table", { class: "counted" },
            h("thead", {}, h("tr", {}, table.columns.map((column, place) =>
                h("th", { scope: "col", class: isNumber[place] ? "num" : "" }, named("report.column", column) ?? column)))),
            h("tbody", {}, table.rows.map((row) => h("tr", {}, row.map((value, place) => {
                const text = shown(value, table.columns[place], name, row[0]);
                const style = isNumber[place] ? "num" : /^[0-9a-f]{32,}$/.test(text) ? "rule" : "";
                return place === 0 ? h("th", { scope: "row", class: style }, text) : h("td", { class: style }, text);
            }))))));
}

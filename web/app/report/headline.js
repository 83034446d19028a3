// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { number } from "../log/moments.js";
import { country } from "./words.js";

/**
 * The three numbers to begin with.
 * @param {import("./counted.js").Counted} counted
 */
export function headline({ headline: { orders, ...counts } }) {
    const countries = Object.entries(orders).sort(([, a], [, b]) => b - a);
    const total = countries.reduce((sum, [, count]) => sum + count, 0);
    return h("ol", { class: "heads", id: "headline" },
        figure("claims", counts["unmatched-claims"], t("report.head.claims", { count: counts["unmatched-claims"] })),
        figure("overdue", counts["overdue-openings"], t("report.head.overdue", { count: counts["overdue-openings"] })),
        figure("orders", total, t("report.head.orders", { count: total }),
            countries.map(([code, count]) => t("report.head.country", { name: country(code), count: number(count) })).join(" · ")));
}

/** @param {string} name @param {number} count @param {string} text @param {string} [more] */
function figure(name, count, text, more = "") {
    return h("li", { "data-figure": name }, h("b", {}, number(count)), h("p", {}, text), more !== "" && h("p", { class: "small" }, more));
}

// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { language, t } from "../i18n.js";
import { number } from "../log/moments.js";
import { label, shape } from "../svg.js";
import { cell, numbers, sum } from "./counted.js";
import { folded } from "./tables.js";
import { country, duration } from "./words.js";

/** Months that are drawn; older ones are in the table. */
const MOST_MONTHS = 12;
/** Dots above each other; beyond, bars have to do. */
const MOST_DOTS = 14;
const MOST_COUNTRIES = 12;

/**
 * @typedef {import("./counted.js").Counted} Counted
 * @typedef {{ title: string, legend: [string, string][], svg: Element, axis: string, table: string }} Plot
 */

/**
 * The plots, each named by what it shows, with its table behind it.
 * @param {Counted} counted
 * @param {Set<string>} opened
 */
export function plotCards(counted, opened) {
    return [endings(counted), waits(counted), requesters(counted)].flatMap((plot) => plot ?? []).map((plot) => h("section", { class: "card plot-card" },
        h("h2", {}, plot.title),
        plot.legend.length > 0 && h("div", { class: "row wrap small muted legend" }, plot.legend.map(([style, text]) => h("span", { class: `key ${style}` }, text))),
        plot.svg, h("p", { class: "small muted" }, plot.axis), folded(plot.table, counted.tables[plot.table], opened)));
}

/** @param {number} width @param {number} height @param {string} text */
function canvas(width, height, text) {
    return shape("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-label": text });
}

/**
 * Counts to draw lines at: round ones.
 * @param {number} most
 * @returns {number[]}
 */
function ticks(most) {
    const size = 10 ** Math.floor(Math.log10(Math.max(1, most / 3)));
    const step = Math.max(1, [1, 2, 5, 10].map((times) => times * size).find((each) => most / each <= 4) ?? size);
    return Array.from({ length: Math.floor(most / step) }, (_, place) => (place + 1) * step);
}

/**
 * How requests ended, by month.
 * @param {Counted} counted
 * @returns {Plot | null}
 */
function endings({ tables: { months } }) {
    const [refused, narrowed, executed] = ["refused", "narrowed", "executed"].map((column) => sum(months, column));
    const all = refused + narrowed + executed;
    if (all === 0) return null;
    const names = recent(months.rows.map((row) => String(row[0])));
    const most = Math.max(...names.map((name) => ["refused", "narrowed", "executed"].reduce((total, column) => total + Number(cell(months, name, column)), 0)));
    const [width, height, left, bottom, top] = [640, 304, 34, 34, 30];
    const y = (/** @type {number} */ count) => height - bottom - (count / Math.max(1, most)) * (height - bottom - top);
    const space = (width - left) / names.length;
    const bar = Math.min(34, space * 0.6);
    const values = { refused: number(refused), narrowed: number(narrowed), executed: number(executed) };
    const svg = canvas(width, height, t("report.plot.endings.text", values));
    svg.append(shape("defs", {}, shape("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        shape("path", { class: "hatch-line", d: "M0 0V6" }))));
    for (const count of ticks(most)) svg.append(shape("path", { class: "grid", d: `M${left} ${y(count)}H${width}` }), label(left - 8, y(count) + 4, "end", number(count)));
    for (const [place, name] of names.entries()) {
        const x = left + space * place + (space - bar) / 2;
        let below = 0;
        for (const [column, style] of /** @type {const} */ ([["executed", "bar-done"], ["narrowed", "bar-narrowed"], ["refused", "bar-refused"]])) {
            const count = Number(cell(months, name, column));
            // Two pixels of air, so that hue isn't all that tells them apart.
            if (count > 0) svg.append(shape("rect", { class: style, x: x.toFixed(1), y: y(below + count).toFixed(1), width: bar.toFixed(1), height: Math.max(1, y(below) - y(below + count) - 2).toFixed(1), rx: 2 }));
            below += count;
        }
        svg.append(label(x + bar / 2, height - bottom + 20, "middle", month(name)));
    }
    svg.append(shape("path", { class: "axis", d: `M${left} ${height - bottom}H${width}` }));
    const title = refused * 2 > all ? "report.plot.refused" : executed * 2 > all ? "report.plot.executed" : "report.plot.mixed";
    return {
        title: t(title), svg, axis: t("report.plot.endings.axis"), table: "months",
        legend: [["key-refused", t("report.legend.refused", { count: refused, shown: values.refused })], ["key-narrowed", t("report.legend.narrowed", { count: narrowed, shown: values.narrowed })],
            ["key-done", t("report.legend.executed", { count: executed, shown: values.executed })]],
    };
}

/**
 * The last months up to the newest, those without anything too.
 * @param {string[]} named sorted
 */
function recent(named) {
    const [year, last] = (named.at(-1) ?? "1970-01").split("-").map(Number);
    const months = Array.from({ length: MOST_MONTHS }, (_, back) => {
        const count = year * 12 + last - 1 - back;
        return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
    }).reverse();
    return months.slice(Math.max(0, Math.min(months.length - 1, months.findIndex((name) => name >= named[0]))));
}

/** @param {string} name */
function month(name) {
    return new Intl.DateTimeFormat(language(), { month: "short", timeZone: "UTC" }).format(Date.parse(`${name}-01T00:00:00Z`));
}

/**
 * How long requests took, a dot for each.
 * @param {Counted} counted
 * @returns {Plot | null}
 */
function waits({ tables: { days, times } }) {
    const [closed, open] = [sum(days, "closed"), sum(days, "open")];
    if (closed + open === 0) return null;
    const found = numbers(days, "days");
    const last = Math.max(4, ...found);
    const most = Math.max(...days.rows.map((row) => Number(row[1]) + Number(row[2])));
    const [width, height, left, right, bottom, top] = [560, 304, 16, 16, 40, 30];
    const step = (width - left - right) / (last + 1);
    const x = (/** @type {number} */ day) => left + step * (day + 0.5);
    const median = cell(times, "received-closed", "median");
    const half = median === null ? "–" : duration(Number(median));
    const svg = canvas(width, height, t("report.plot.days.text", { half, closed: number(closed), open: number(open) }));
    const rise = Math.min(14.4, (height - bottom - top) / most);
    const radius = Math.max(1, Math.min(5.6, rise * 0.39, step * 0.39));
    for (const row of days.rows) {
        const [day, done, waiting] = row.map(Number);
        if (most > MOST_DOTS * 4 || rise < 3) {
            const tall = (height - bottom - top) / most;
            svg.append(shape("rect", { class: "bar-done", x: x(day) - radius, y: height - bottom - done * tall, width: radius * 2, height: Math.max(done > 0 ? 1 : 0, done * tall) }));
            continue;
        }
        for (let place = 0; place < done + waiting; place += 1) {
            svg.append(shape("circle", { class: place < done ? "dot" : "dot-open", cx: x(day).toFixed(1), cy: (height - bottom - rise * (place + 0.5)).toFixed(1), r: radius.toFixed(1) }));
        }
    }
    svg.append(shape("path", { class: "axis", d: `M${left} ${height - bottom}H${width - right}` }));
    for (const day of [0, ...ticks(last)]) svg.append(label(x(day), height - bottom + 20, "middle", number(day)));
    return {
        title: median === null ? t("report.plot.days.open") : t("report.plot.days", { half }), svg, axis: t("report.plot.days.axis"), table: "days",
        legend: [["key-dot", t("report.legend.closed", { count: closed, shown: number(closed) })], ["key-open", t("report.legend.open", { count: open, shown: number(open) })]],
    };
}

/**
 * Who asked.
 * @param {Counted} counted
 * @returns {Plot | null}
 */
function requesters({ tables: { jurisdictions } }) {
    const place = jurisdictions.columns.indexOf("proposed");
    const rows = jurisdictions.rows.map((row) => ({ name: country(String(row[0])), received: Number(row[1]), proposed: Number(row[place]) }))
        .filter((row) => row.received + row.proposed > 0).sort((a, b) => b.received - a.received || b.proposed - a.proposed);
    if (rows.length === 0) return null;
    const drawn = rows.slice(0, MOST_COUNTRIES);
    const most = Math.max(...drawn.map((row) => Math.max(row.received, row.proposed)));
    const [width, row, left, right] = [640, 40, 150, 40];
    const height = drawn.length * row + 8;
    const length = (/** @type {number} */ count) => (count / most) * (width - left - right);
    const svg = canvas(width, height, drawn.map(({ name, received, proposed }) => t("report.plot.requesters.one", { name, received: number(received), proposed: number(proposed) })).join("; "));
    for (const [number_, { name, received, proposed }] of drawn.entries()) {
        const y = number_ * row + 4;
        svg.append(label(left - 10, y + 20, "end", name, "em"),
            shape("rect", { class: "bar-refused", x: left, y: y + 3, width: length(received).toFixed(1), height: 12, rx: 2 }), label(left + length(received) + 6, y + 13, "start", number(received)),
            shape("rect", { class: "bar-done", x: left, y: y + 18, width: length(proposed).toFixed(1), height: 12, rx: 2 }), label(left + length(proposed) + 6, y + 28, "start", number(proposed)));
    }
    return {
        title: t("report.plot.requesters", { name: drawn[0].name }), svg, axis: t("report.plot.requesters.axis"), table: "jurisdictions",
        legend: [["key-refused", t("report.legend.received")], ["key-done", t("report.legend.proposed")]],
    };
}

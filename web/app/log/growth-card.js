// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { label as text, shape } from "../svg.js";
import { day, number } from "./moments.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [560, 200, 52, 26, 10, 12];
/** Points of the line; more of them nobody can see. */
const MOST_POINTS = 160;

/**
 * How the log grew: entries over time, as a stair, since entries come one by one.
 * @param {import("../../audit/log-reading.js").LogReading} reading
 * @returns {HTMLElement | null} null before there are two moments to draw between
 */
export function growthCard(reading) {
    const points = thinned(reading.growth.filter((point) => point.seconds > 0));
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined || points.length < 2) return null;
    const label = t("log.growth.text", {
        first: number(first.index + 1), from: day(first.seconds), last: number(last.index + 1), to: day(last.seconds),
    });
    return h("section", { class: "card", "aria-labelledby": "growth-title" },
        h("h2", { id: "growth-title" }, t("log.growth")), plot(points, label),
        h("p", { class: "small muted" }, t(reading.isDone ? "log.growth.whole" : "log.growth.sampled", { count: number(reading.growth.length) })));
}

/** @param {import("../../audit/log-reading.js").Growth[]} points @param {string} label */
function plot(points, label) {
    const start = points[0].seconds;
    const span = Math.max(1, points[points.length - 1].seconds - start);
    const most = points[points.length - 1].index + 1;
    /** @param {number} seconds */
    const x = (seconds) => LEFT + ((seconds - start) / span) * (WIDTH - LEFT - RIGHT);
    /** @param {number} count */
    const y = (count) => HEIGHT - BOTTOM - (count / most) * (HEIGHT - BOTTOM - TOP);
    let line = `M${x(start).toFixed(1)} ${y(points[0].index + 1).toFixed(1)}`;
    for (const point of points.slice(1)) line += `H${x(Math.max(start, point.seconds)).toFixed(1)}V${y(point.index + 1).toFixed(1)}`;
    const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot", role: "img", "aria-label": label });
    for (const part of [0, 0.5, 1]) {
        const count = Math.round(most * part);
        svg.append(shape("path", { class: "grid", d: `M${LEFT} ${y(count)}H${WIDTH - RIGHT}` }), text(LEFT - 8, y(count) + 4, "end", number(count)));
    }
    svg.append(shape("path", { class: "growth", d: line }),
        text(LEFT, HEIGHT - 6, "start", day(start)), text(WIDTH - RIGHT, HEIGHT - 6, "end", day(start + span)));
    return svg;
}

/** @template T @param {T[]} points @returns {T[]} */
function thinned(points) {
    if (points.length <= MOST_POINTS) return points;
    return Array.from({ length: MOST_POINTS }, (_, place) => points[Math.round((place * (points.length - 1)) / (MOST_POINTS - 1))]);
}

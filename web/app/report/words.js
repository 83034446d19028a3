// SPDX-License-Identifier: Apache-2.0
import { isKey, language, t } from "../i18n.js";
import { word } from "../log/entry-words.js";
import { number } from "../log/moments.js";

/** @param {string} code a country, or `undisclosed`, or `unknown` @returns {string} */
export function country(code) {
    if (!/^[A-Z]{2}$/.test(code)) return named("report.word", code) ?? code;
    return new Intl.DisplayNames(language(), { type: "region" }).of(code) ?? code;
}

/** @param {string} family @param {string} name @returns {string | null} */
export function named(family, name) {
    const key = `${family}.${name}`;
    return isKey(key) ? t(key) : null;
}

/** @param {number} seconds @returns {string} in the unit in which it is easily read */
export function duration(seconds) {
    const [unit, length] = seconds < 7200 ? ["minute", 60] : seconds < 259_200 ? ["hour", 3600] : ["day", 86_400];
    return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 }).format(seconds / length);
}

/**
 * A table's cell as people read it; hashes and names stay as they are.
 * @param {import("./counted.js").Cell} value
 * @param {string} column
 * @param {string} table
 * @param {import("./counted.js").Cell} row its first word
 * @returns {string}
 */
export function shown(value, column, table, row) {
    if (value === null) return "–";
    if (typeof value === "number") {
        return (table === "times" && column !== "count") || row === "longest-silence" ? duration(value) : number(value);
    }
    if (column === "requester") return country(value);
    return named("report.word", value) ?? word(value);
}

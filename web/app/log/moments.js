// SPDX-License-Identifier: Apache-2.0
import { language } from "../i18n.js";

// Times as the log has them: UTC, since its readers are everywhere.

/** @param {number} seconds @returns {string} */
export function day(seconds) {
    return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeZone: "UTC" }).format(seconds * 1000);
}

/** @param {number} seconds @returns {string} */
export function moment(seconds) {
    return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(seconds * 1000);
}

/** @param {number} seconds a moment @param {number} now @returns {string} how long ago it was */
export function ago(seconds, now) {
    const past = Math.max(0, now - seconds);
    const format = new Intl.RelativeTimeFormat(language(), { style: "short", numeric: "auto" });
    if (past < 90) return format.format(-Math.round(past), "second");
    if (past < 5400) return format.format(-Math.round(past / 60), "minute");
    if (past < 129_600) return format.format(-Math.round(past / 3600), "hour");
    return format.format(-Math.round(past / 86_400), "day");
}

/** @param {number} count @returns {string} */
export function number(count) {
    return new Intl.NumberFormat(language()).format(count);
}

/** @param {number} bytes @returns {string} */
export function size(bytes) {
    const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
    return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: 0 })
        .format(Math.max(1, bytes / (bytes < 1e6 ? 1e3 : 1e6)));
}

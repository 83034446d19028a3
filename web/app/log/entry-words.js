// SPDX-License-Identifier: Apache-2.0
import { isKey, t } from "../i18n.js";
import { day } from "./moments.js";

/** @typedef {import("../../audit/auditor.js").Entry} Entry */
/** @typedef {import("../icons.js").IconName} IconName */

/** @type {Record<string, IconName>} */
const icons = {
    objection: "broken", halt: "broken", "interruption-claim": "broken", incident: "broken",
    approval: "seal", approved: "seal", executed: "seal", delivered: "seal",
    check: "checked", closed: "checked", opening: "eye", notice: "people",
};

/** @param {Entry} entry @returns {IconName} */
export function entryIcon(entry) {
    return entry.kind === "known" ? icons[entry.type] ?? "rules" : "open";
}

/**
 * What is in an entry's lines, by name; of several lines of a name the first.
 * @param {Entry} entry
 */
export function entryFields(entry) {
    /** @type {Map<string, string>} */
    const fields = new Map();
    for (const line of entry.text.split("\n").slice(1)) {
        const space = line.indexOf(" ");
        const name = line.slice(0, space);
        if (space > 0 && !fields.has(name)) fields.set(name, line.slice(space + 1));
    }
    return fields;
}

/**
 * What happened, in a few words.
 * @param {Entry} entry
 * @returns {string}
 */
export function entryWords(entry) {
    if (entry.kind === "malformed") return t("log.entry.malformed");
    const fields = entryFields(entry);
    const key = `log.say.${entry.type}`;
    if (entry.kind === "unknown" || !isKey(key)) return t("log.entry.unknown", { type: entry.type });
    const embargo = fields.get("embargo-until");
    if (embargo !== undefined) return t("log.say.embargo", { date: day(Date.parse(embargo) / 1000) });
    /** @type {Record<string, string>} */
    const values = {};
    for (const [name, value] of fields) values[name] = word(value);
    if (fields.get("component") !== undefined) values.component = t(fields.get("component") === "web" ? "log.web" : "log.server");
    for (const name of ["version", "release", "seat"]) values[name] = fields.get(name) ?? "";
    return t(key, { ...values, from: fields.get("from-size") ?? "", to: fields.get("to-size") ?? "" });
}

/**
 * Who stands for it.
 * @param {Entry} entry
 * @returns {string}
 */
export function entryAuthor(entry) {
    const fields = entryFields(entry);
    const actor = fields.get("actor");
    if (actor === undefined) {
        if (entry.type === "interruption-claim") return t("log.by.person");
        return ["release", "report", "accounts"].includes(entry.type) ? t("log.by.node") : "";
    }
    const country = fields.get("requester");
    return country === undefined || country === "undisclosed" ? actor : t("log.by.from", { actor, country });
}

/**
 * A word out of a list, in the reader's language; anything else as it is.
 * @param {string} value
 */
export function word(value) {
    const key = `log.word.${value}`;
    return isKey(key) ? t(key) : value;
}

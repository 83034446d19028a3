// SPDX-License-Identifier: Apache-2.0
import { language, t } from "../i18n.js";

/** @typedef {import("../../types/meeting").Meeting} Meeting */

const NAMED = 3;

/**
 * Somebody's name, also of one who has just left, or of whom no name has come yet.
 * @param {Meeting} session @param {string | undefined} id
 */
export function nameOf(session, id) {
    if (id === undefined) return t("warn.someone");
    if (id === session.self) return t("room.you");
    return session.roster.people.get(id)?.name || session.roster.name(id) || t("people.nameless");
}

/**
 * "Ana, Kofi and Mei", as the language joins them; a long list names three.
 * @param {Meeting} session @param {(string | undefined)[]} ids
 */
export function namesOf(session, ids) {
    const names = [...new Set(ids.map((id) => nameOf(session, id)))];
    if (names.length > NAMED + 1) return t("warn.others", { name: join(names.slice(0, NAMED)), count: names.length - NAMED });
    return join(names);
}

/** @param {string[]} names */
export function join(names) {
    return new Intl.ListFormat(language(), { type: "conjunction" }).format(names);
}

/** @param {number} at milliseconds since 1970 */
export function clockTime(at) {
    return new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" }).format(at);
}

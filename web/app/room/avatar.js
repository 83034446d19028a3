// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";

const TINTS = 6;

/** @param {string} name @returns {string} one or two letters; one sign where a name is not written in words */
export function initials(name) {
    const words = name.trim().split(/\s+/).filter((word) => word !== "");
    const first = [...(words[0] ?? "?")][0] ?? "?";
    const last = words.length > 1 ? [...(words[words.length - 1] ?? "")][0] ?? "" : "";
    return (first + (/\p{L}/u.test(last) ? last : "")).toLocaleUpperCase();
}

/** @param {string} id @returns {string} the same quiet colour for the same person */
export function tint(id) {
    let sum = 0;
    for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
    return `tint-${sum % TINTS}`;
}

/** @param {string} id @param {string} name @returns {HTMLElement} */
export function avatar(id, name) {
    return h("span", { class: `avatar ${tint(id)}`, "aria-hidden": "true" }, initials(name));
}

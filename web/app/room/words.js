// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { words } from "../words/en.js";

/**
 * Words to be read aloud, numbered, two by two.
 * @param {number[]} numbers of eleven bits
 * @param {string} [style]
 * @returns {HTMLElement}
 */
export function wordList(numbers, style = "") {
    // The words are English in every language: all must see the same.
    return h("ol", { class: `words ${style}`, "aria-label": t("words.list") },
        numbers.map((number) => h("li", { lang: "en" }, words[number] ?? "?")));
}

/** @param {number[]} numbers @returns {string} on one line */
export function wordLine(numbers) {
    return numbers.map((number) => words[number] ?? "?").join(" ");
}

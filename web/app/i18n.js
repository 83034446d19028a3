// SPDX-License-Identifier: Apache-2.0
import { strings as en } from "./strings/en.js";
import { strings as hans } from "./strings/zh-Hans.js";
import { strings as hant } from "./strings/zh-Hant.js";
import { preferences } from "./preferences.js";

/** @typedef {"en" | "zh-Hans" | "zh-Hant"} Language */

/** @type {Record<Language, import("./strings/en.js").Strings>} */
const tables = { en, "zh-Hans": hans, "zh-Hant": hant };

/**
 * Each language by its own name, as a person looks for it.
 * @type {[Language, string][]}
 */
export const languages = [["en", "English"], ["zh-Hans", "简体中文"], ["zh-Hant", "繁體中文"]];

/** @param {string} tag @returns {Language | null} */
function match(tag) {
    const lower = tag.toLowerCase();
    // A script that is named outweighs the region: zh-Hans-HK is simplified.
    if (/^zh\b/.test(lower)) return !/-hans\b/.test(lower) && /-(hant|tw|hk|mo)\b/.test(lower) ? "zh-Hant" : "zh-Hans";
    return /^en\b/.test(lower) ? "en" : null;
}

/** @returns {Language} */
function choose() {
    const stored = match(preferences.get("language"));
    if (stored !== null) return stored;
    for (const tag of navigator.languages ?? [navigator.language]) {
        const language = match(tag);
        if (language !== null) return language;
    }
    return "en";
}

let current = choose();
let plural = new Intl.PluralRules(current);
document.documentElement.lang = current;

/** @returns {Language} */
export function language() {
    return current;
}

/** @param {string} name @returns {name is import("./strings/en.js").Key} */
export function isKey(name) {
    return name in en;
}

/**
 * A string in the reader's language. `{name}` is replaced from `values`; an entry with `one` and
 * `other` follows `values.count`.
 * @param {import("./strings/en.js").Key} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
    const entry = tables[current][key];
    const text = typeof entry === "string"
        ? entry
        : plural.select(Number(values.count ?? 0)) === "one" ? entry.one : entry.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * Translates every marked element below `root`.
 * @param {ParentNode} [root]
 */
export function translate(root = document) {
    for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(keyOf(element, "data-t"));
    for (const element of root.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(keyOf(element, "data-t-label")));
    for (const element of root.querySelectorAll("[data-t-placeholder]")) {
        element.setAttribute("placeholder", t(keyOf(element, "data-t-placeholder")));
    }
}

/** @param {Element} element @param {string} attribute @returns {import("./strings/en.js").Key} */
function keyOf(element, attribute) {
    const key = element.getAttribute(attribute) ?? "";
    if (!(key in en)) throw new Error(`no string is called ${key}`);
    return /** @type {import("./strings/en.js").Key} */ (key);
}

/** @param {Language} next */
export function setLanguage(next) {
    current = next;
    plural = new Intl.PluralRules(next);
    preferences.set("language", next);
    document.documentElement.lang = next;
    translate();
    document.dispatchEvent(new CustomEvent("vigil-language"));
}

/**
 * Runs now and after each change of language.
 * @param {() => void} action
 * @param {AbortSignal} [signal]
 */
export function followLanguage(action, signal) {
    action();
    document.addEventListener("vigil-language", action, { signal });
}

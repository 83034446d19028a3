// SPDX-License-Identifier: Apache-2.0
import { h } from "./dom.js";
import { language, languages, setLanguage, t, followLanguage } from "./i18n.js";
import { icon } from "./icons.js";
import { preferences } from "./preferences.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Follows the system until the person chooses. */
export function applyTheme() {
    const chosen = preferences.get("theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
}

/** @returns {boolean} */
export function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen === undefined ? dark.matches : chosen === "dark";
}

export function toggleTheme() {
    const next = isDark() ? "light" : "dark";
    preferences.set("theme", next === (dark.matches ? "dark" : "light") ? "" : next);
    applyTheme();
}

/**
 * Light or dark, and the language.
 * @returns {HTMLElement}
 */
export function appearanceTools() {
    const theme = h("button", { class: "btn btn-quiet btn-icon", type: "button", on: { click: () => { toggleTheme(); draw(); } } });
    const draw = () => {
        theme.replaceChildren(icon(isDark() ? "sun" : "moon"));
        theme.setAttribute("aria-label", t(isDark() ? "appearance.light" : "appearance.dark"));
    };
    followLanguage(draw);
    dark.addEventListener("change", draw);
    return h("div", { class: "site-tools" }, languageSelect(), theme);
}

/** @param {string} [className] @returns {HTMLSelectElement} */
export function languageSelect(className = "select lang") {
    const select = h("select", { class: className, tLabel: "appearance.language" });
    select.addEventListener("change", () => setLanguage(/** @type {import("./i18n.js").Language} */ (select.value)));
    for (const [code, name] of languages) select.append(h("option", { value: code, lang: code }, name));
    followLanguage(() => { select.value = language(); });
    return select;
}

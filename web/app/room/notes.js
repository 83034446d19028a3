// SPDX-License-Identifier: Apache-2.0
import { announce } from "../announce.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";

const PASSING = 4_500;

/**
 * Short words above the stage. One that asks something stays until it is answered or no longer true;
 * one that only tells goes by itself.
 */
export class Notes {
    element = h("div", { class: "notes" });
    /** @type {Map<string, HTMLElement>} */
    #standing = new Map();

    /**
     * @param {string} key a standing note replaces the one of the same key
     * @param {string} text
     * @param {{buttons?: HTMLElement[], icon?: import("../icons.js").IconName, urgency?: "polite" | "assertive" | null, style?: string}} [options]
     */
    stand(key, text, options = {}) {
        const { buttons = [], icon: name, urgency = "polite", style = "" } = options;
        const old = this.#standing.get(key);
        if (old?.dataset.text === text) return;
        const focused = old?.contains(document.activeElement) === true;
        const note = h("div", { class: `note ${style} ${buttons.length === 0 ? "note-plain" : ""}`, "data-note": key, "data-text": text },
            name !== undefined && icon(name), h("span", {}, text), buttons.length > 0 && h("span", { class: "row" }, ...buttons));
        if (old !== undefined) old.replaceWith(note);
        else this.element.append(note);
        if (focused) buttons[0]?.focus();
        this.#standing.set(key, note);
        if (urgency !== null) announce(text, urgency);
    }

    /** @param {string} key */
    withdraw(key) {
        this.#standing.get(key)?.remove();
        this.#standing.delete(key);
    }

    /** @param {string} text @param {import("../icons.js").IconName} [name] */
    pass(text, name) {
        const note = h("div", { class: "note note-plain" }, name !== undefined && icon(name), h("span", {}, text));
        this.element.append(note);
        announce(text);
        setTimeout(() => note.remove(), PASSING);
    }
}

// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {"chat" | "people" | "security"} PanelName */
/** @typedef {{element: HTMLElement, opened: () => void}} Panel */

/** The place beside the stage: chat, people or security, one at a time. */
export class Panels {
    /** @type {PanelName | null} */
    open = null;
    /** Messages that came while the chat was closed. */
    unread = 0;
    slot = h("div", { class: "panel-slot" });

    /** @type {Partial<Record<PanelName, Panel>>} */
    #panels = {};
    /** @type {(() => void)[]} */
    #listeners = [];
    /** @type {HTMLElement | null} */
    #returnTo = null;

    /** @param {PanelName} name @param {Panel} panel */
    add(name, panel) {
        this.#panels[name] = panel;
    }

    /** @param {() => void} listener */
    onChange(listener) {
        this.#listeners.push(listener);
    }

    /** @param {PanelName} name */
    toggle(name) {
        if (this.open === name) this.close();
        else this.show(name);
    }

    /** @param {PanelName} name */
    show(name) {
        const panel = this.#panels[name];
        if (panel === undefined) return;
        if (this.open === null && document.activeElement instanceof HTMLElement) this.#returnTo = document.activeElement;
        this.open = name;
        if (name === "chat") this.unread = 0;
        this.slot.replaceChildren(panel.element);
        panel.opened();
        this.changed();
    }

    close() {
        if (this.open === null) return;
        const inside = this.slot.contains(document.activeElement);
        this.open = null;
        this.slot.replaceChildren();
        if (inside && this.#returnTo?.isConnected) this.#returnTo.focus();
        this.changed();
    }

    changed() {
        for (const listener of this.#listeners) listener();
    }
}

/**
 * @param {PanelName} name
 * @param {() => void} close
 * @param {HTMLElement} body @param {HTMLElement | null} footer
 * @returns {HTMLElement}
 */
export function panelFrame(name, close, body, footer) {
    const title = `panel-${name}`;
    return h("aside", { class: "panel", "aria-labelledby": title, "data-panel": name },
        h("header", {}, h("h2", { id: title, t: `${name}.title` }),
            h("button", { class: "btn btn-quiet btn-icon", type: "button", tLabel: "close", on: { click: close } }, icon("close"))),
        body, footer);
}

/**
 * What is drawn anew must not take the focus away; where its holder is gone, the next best has it.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
export function keepFocus(root, draw) {
    const active = document.activeElement;
    const key = active instanceof HTMLElement && root.contains(active) ? active.dataset.key : undefined;
    draw();
    if (key === undefined) return;
    if (active?.isConnected) return;
    const all = [...root.querySelectorAll("[data-key]")];
    const next = all.find((element) => element instanceof HTMLElement && element.dataset.key === key) ?? all[0] ?? root.closest("[tabindex]");
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {{label: string, icon?: import("../icons.js").IconName, style?: string, act: () => void} | {heading: string} | null | false} MenuItem */

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * Closes the open menu, if any.
 * @returns {boolean} whether one was open
 */
export function closeMenu() {
    const open = closeOpen !== null;
    closeOpen?.();
    return open;
}

/**
 * A menu by the usual keys: arrows, Home, End, Escape; focus returns to the button.
 * @param {HTMLElement} button
 * @param {string} label
 * @param {MenuItem[]} items
 * @param {string} [style]
 */
export function openMenu(button, label, items, style = "") {
    const menu = h("div", { class: `menu ${style}`, role: "menu", "aria-label": label });
    for (const item of items) {
        if (item === null || item === false) continue;
        if ("heading" in item) {
            menu.append(h("p", { class: "sect", role: "presentation" }, item.heading));
            continue;
        }
        const plain = item.icon === undefined;
        menu.append(h("button", {
            type: "button", role: "menuitem", tabindex: "-1", class: item.style ?? "", ...(plain && style !== "" ? { "aria-label": item.label } : {}),
            on: { click: () => { closeMenu(); item.act(); } },
        }, item.icon === undefined ? null : icon(item.icon), h("span", {}, plain && style !== "" ? emojiOf(item.label) : item.label)));
    }
    const entries = () => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role=menuitem]")]);
    // One of them is a stop of Tab, so that a menu that scrolls can be reached.
    entries()[0]?.setAttribute("tabindex", "0");
    const close = show(button, menu);
    if (close === null) return;
    menu.addEventListener("keydown", (event) => {
        const all = entries();
        const index = all.findIndex((entry) => entry === document.activeElement);
        const forward = event.key === "ArrowDown" || event.key === "ArrowRight";
        const backward = event.key === "ArrowUp" || event.key === "ArrowLeft";
        if (forward || backward) all[(index + (forward ? 1 : -1) + all.length) % all.length]?.focus();
        else if (event.key === "Home") all[0]?.focus();
        else if (event.key === "End") all.at(-1)?.focus();
        else if (event.key === "Tab") close();
        else return;
        event.preventDefault();
    });
    entries()[0]?.focus();
}

/**
 * "👍 Thumbs up" shows its first word and says the rest.
 * @param {string} label
 */
function emojiOf(label) {
    return label.split(" ")[0] ?? label;
}

/**
 * @param {HTMLElement} button @param {HTMLElement} box
 * @returns {(() => void) | null} closes it; null when pressing the button again closed it
 */
function show(button, box) {
    const again = button.getAttribute("aria-expanded") === "true";
    closeMenu();
    if (again) return null;
    const stop = new AbortController();
    const { signal } = stop;
    const close = () => {
        if (signal.aborted) return;
        stop.abort();
        closeOpen = null;
        const inside = box.contains(document.activeElement);
        box.remove();
        button.setAttribute("aria-expanded", "false");
        if (inside && button.isConnected) button.focus();
    };
    closeOpen = close;
    button.setAttribute("aria-expanded", "true");
    // Inside the landmark that asked, so that it is found there.
    (button.closest(".stage, .bar, .panel, .room-top") ?? document.body).append(box);
    place(button, box);
    box.addEventListener("keydown", (event) => {
        if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
    addEventListener("resize", close, { signal });
    document.addEventListener("pointerdown", (event) => {
        if (event.target instanceof Node && !box.contains(event.target) && !button.contains(event.target)) close();
    }, { signal, capture: true });
    return close;
}

/** @param {HTMLElement} button @param {HTMLElement} box */
function place(button, box) {
    const anchor = button.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const left = Math.min(Math.max(12, anchor.left + anchor.width / 2 - width / 2), innerWidth - width - 12);
    const above = anchor.top - height - 10;
    const top = above >= 12 ? above : Math.min(anchor.bottom + 10, innerHeight - height - 12);
    box.style.left = `${Math.round(left)}px`;
    box.style.top = `${Math.round(Math.max(12, top))}px`;
}

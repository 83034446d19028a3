// SPDX-License-Identifier: Apache-2.0
import { h } from "./dom.js";
import { t } from "./i18n.js";

/**
 * Opens a modal dialog; the browser returns the focus when it closes.
 * @param {{title: string, wide?: boolean, body?: (Node | string)[], buttons: HTMLElement[]}} content
 *   buttons: a `value` becomes the dialog's answer
 * @returns {{element: HTMLDialogElement, answer: Promise<string>}} answer: "" when dismissed
 */
export function openDialog({ title, wide = false, body = [], buttons }) {
    const heading = h("h2", { id: `dialog-${++count}` }, title);
    const element = h("dialog", { class: wide ? "dialog dialog-wide" : "dialog", "aria-labelledby": heading.id },
        heading, ...body, h("footer", {}, ...buttons));
    for (const button of buttons) {
        if (button instanceof HTMLButtonElement && button.type === "button") {
            button.addEventListener("click", () => element.close(button.value));
        }
    }
    element.addEventListener("click", (event) => { if (event.target === element) element.close(""); });
    document.body.append(element);
    /** @type {Promise<string>} */
    const answer = new Promise((resolve) => {
        element.addEventListener("close", () => {
            element.remove();
            resolve(element.returnValue);
        });
    });
    element.showModal();
    return { element, answer };
}

let count = 0;

/** @param {import("./strings/en.js").Key} key @param {string} value @param {string} [style] @returns {HTMLButtonElement} */
export function answerButton(key, value, style = "") {
    return h("button", { class: `btn ${style}`, type: "button", value }, t(key));
}

/**
 * Asks before something ends. Refusal has the same size as approval.
 * @param {string} title @param {string} lead @param {import("./strings/en.js").Key} action
 * @returns {Promise<boolean>}
 */
export async function confirmEnd(title, lead, action) {
    const { answer } = openDialog({
        title, body: [h("p", {}, lead)],
        buttons: [answerButton("cancel", ""), answerButton(action, "yes", "btn-end")],
    });
    return await answer === "yes";
}

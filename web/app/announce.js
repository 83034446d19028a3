// SPDX-License-Identifier: Apache-2.0
import { find } from "./dom.js";

/**
 * Tells a screen reader. Polite waits for a pause; assertive is for what breaks in, once.
 * @param {string} text
 * @param {"polite" | "assertive"} [urgency]
 */
export function announce(text, urgency = "polite") {
    const region = find(`#${urgency}`, HTMLElement);
    region.textContent = "";
    // A region that is emptied and filled in one go is often not read.
    setTimeout(() => { region.textContent = text; }, 60);
}

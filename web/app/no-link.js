// SPDX-License-Identifier: Apache-2.0
import { readInvitation } from "../crypto/link.js";
import { h, setAttribute, setText } from "./dom.js";
import { t } from "./i18n.js";
import { momentPage } from "./moments.js";
import { meetingPage, nodeOrigin } from "./place.js";

/**
 * The address has no meeting in it, or half of one: what to do, and a place to paste the whole link.
 * @returns {HTMLElement}
 */
export function noLinkPage() {
    const input = h("input", { class: "input input-lg", id: "whole-link", autocomplete: "off", autocapitalize: "none", spellcheck: "false", "aria-describedby": "whole-link-note" });
    const note = h("p", { class: "hint hint-no", id: "whole-link-note", role: "alert" });
    const form = h("form", { class: "field paste-link", novalidate: true, on: { submit: (event) => {
        event.preventDefault();
        const found = readInvitation(input.value);
        setAttribute(input, "aria-invalid", found === null ? "true" : null);
        if (found === null) {
            setText(note, t("landing.join.unreadable"));
            input.focus();
            return;
        }
        location.assign(meetingPage(found.node ?? nodeOrigin(), found.secret));
    } } }, h("label", { class: "label", for: input.id, t: "noLink.paste" }),
    h("div", { class: "row" }, input, h("button", { class: "btn btn-lg", type: "submit", t: "noLink.open" })), note);
    input.addEventListener("input", () => { setText(note, ""); setAttribute(input, "aria-invalid", null); });
    return momentPage(h("section", { class: "moment-text" }, h("h1", { t: "noLink.title" }), h("p", { class: "lead", t: "noLink.lead" }),
        h("ul", { class: "plain-list" }, h("li", { t: "noLink.copy" }), h("li", { t: "noLink.ask" }))), form);
}

// SPDX-License-Identifier: Apache-2.0
import { appearanceTools } from "./appearance.js";
import { candle } from "./candle.js";
import { h, setText } from "./dom.js";
import { followLanguage, t } from "./i18n.js";
import { mark } from "./icons.js";
import { firstPage } from "./place.js";

// The still pages around a meeting. Each says what happened, what it means, what comes next.

/** @param {...(Node | null)} content @returns {HTMLElement} */
export function momentPage(...content) {
    return h("div", { class: "moment-page" },
        h("header", { class: "site-top" }, h("a", { class: "brand", href: firstPage() }, mark(), "Vigil"), appearanceTools()),
        h("main", { class: "moment-body", id: "content" }, ...content));
}

/**
 * @param {{session: import("../types/meeting").Meeting, name: string, preview: HTMLElement | null, signal: AbortSignal}} context
 * @returns {HTMLElement}
 */
export function lobbyPage({ session, name, preview, signal }) {
    const title = h("h1", { tabindex: "-1", t: "lobby.title" });
    const lead = h("p", { class: "lead", role: "status" });
    const old = h("p", { class: "lead-note", hidden: true, t: "lobby.old" });
    const draw = () => {
        setText(lead, t(session.hostPresent ? "lobby.lead" : "lobby.lead.empty", { name }));
        old.hidden = !session.linkIsOld;
    };
    followLanguage(draw, signal);
    session.on("lobby", draw, signal);
    queueMicrotask(() => title.focus());
    return momentPage(candle(true),
        h("section", { class: "moment-text" }, title, lead, old, h("p", { class: "lead-note", t: "lobby.note" })),
        preview,
        h("div", { class: "row wrap" }, h("button", { class: "btn btn-lg", type: "button", t: "lobby.leave", on: { click: () => session.leave() } })));
}

// SPDX-License-Identifier: Apache-2.0
import { appearanceTools } from "./appearance.js";
import { h, setText } from "./dom.js";
import { followLanguage, t } from "./i18n.js";
import { mark } from "./icons.js";
import { firstPage, nodeHost } from "./place.js";

// The still pages around a meeting: the door, and the ways it can end. Each says what happened, what
// it means, what comes next.

/** @typedef {{reason: string, by: string | null}} Ending */

/** Reasons that trying again, as you are, can change. */
const retriable = new Set(["full", "locked", "notFound", "busy", "draining", "timeout", "unreachable", "name", "version"]);
const known = new Set(["left", "ended", "removed", "denied", "replaced", ...retriable]);

/** @param {...Node} content @returns {HTMLElement} */
export function momentPage(...content) {
    return h("div", { class: "moment-page" },
        h("header", { class: "site-top" }, h("a", { class: "brand", href: firstPage() }, mark(), "Vigil"), appearanceTools()),
        h("main", { class: "moment-body", id: "content" }, ...content));
}

/**
 * @param {Ending} ending
 * @param {() => void} again
 * @returns {HTMLElement}
 */
export function endingPage(ending, again) {
    const reason = /** @type {"left"} */ (known.has(ending.reason) ? ending.reason : "unreachable");
    const title = h("h1", { tabindex: "-1" }, t(`over.${reason}.title`));
    const lead = ending.reason === "ended" && ending.by !== null ? t("over.ended.by", { name: ending.by }) : t(`over.${reason}`, { host: nodeHost() });
    const actions = h("div", { class: "row wrap" });
    if (ending.reason === "left") actions.append(h("button", { class: "btn btn-go btn-lg", type: "button", t: "over.again", on: { click: again } }));
    else if (retriable.has(reason)) actions.append(h("button", { class: "btn btn-go btn-lg", type: "button", t: "over.retry", on: { click: again } }));
    actions.append(h("a", { class: "btn btn-lg", href: firstPage(), t: "back" }));
    queueMicrotask(() => title.focus());
    return momentPage(candle(false), h("section", { class: "moment-text" }, title, h("p", { class: "lead" }, lead)), actions);
}

/**
 * @param {{session: import("../meeting/session.js").Session, name: string, preview: HTMLElement | null, signal: AbortSignal}} context
 * @returns {HTMLElement}
 */
export function lobbyPage({ session, name, preview, signal }) {
    const title = h("h1", { tabindex: "-1", t: "lobby.title" });
    const lead = h("p", { class: "lead", role: "status" });
    const draw = () => setText(lead, t(session.hostPresent ? "lobby.lead" : "lobby.lead.empty", { name }));
    followLanguage(draw, signal);
    session.on("lobby", draw, signal);
    queueMicrotask(() => title.focus());
    return momentPage(candle(true),
        h("section", { class: "moment-text" }, title, lead),
        ...(preview === null ? [] : [preview]),
        h("div", { class: "row wrap" }, h("button", { class: "btn btn-lg", type: "button", t: "lobby.leave", on: { click: () => session.leave() } })));
}

/**
 * Lit: someone will answer. Unlit: it is over.
 * @param {boolean} lit
 * @returns {SVGSVGElement}
 */
function candle(lit) {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    svg.setAttribute("viewBox", "0 0 20 40");
    svg.setAttribute("class", lit ? "moment-candle is-lit" : "moment-candle");
    svg.setAttribute("aria-hidden", "true");
    for (const [style, d] of [
        ["body", "M7 17h6a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V19a2 2 0 0 1 2-2z"], ["wick", "M10 13.5V17"],
        ...(lit ? [["fire", "M10.3.6c1.9 2.9 3.6 5 3.6 7.900a3.9 3.9 0 0 1-7.8 0c0-2.9 2.5-4.9 4.2-7.900z"]] : []),
    ]) {
        const path = document.createElementNS(namespace, "path");
        path.setAttribute("class", style ?? "");
        path.setAttribute("d", d ?? "");
        svg.append(path);
    }
    return svg;
}

// SPDX-License-Identifier: Apache-2.0
import { candle } from "./candle.js";
import { h } from "./dom.js";
import { fact } from "./facts.js";
import { language, t } from "./i18n.js";
import { icon } from "./icons.js";
import { momentPage } from "./moments.js";
import { firstPage, nodeHost } from "./place.js";

/** @typedef {import("../types/meeting").Ending} Ending */

/** Reasons that trying again, as you are, can change. */
const retriable = new Set(["full", "locked", "notFound", "busy", "draining", "timeout", "unreachable", "name", "version", "interrupted", "broken"]);
const known = new Set(["left", "ended", "saidEnded", "removed", "denied", "replaced", "declined", "foreignRoom", ...retriable]);

/**
 * How it ended, in words that claim no more than this browser knows.
 * @param {Ending} ending
 * @param {() => void} again
 * @returns {HTMLElement}
 */
export function endingPage(ending, again) {
    if (ending.reason === "interrupted") return interruptedPage(again);
    const reason = /** @type {"left"} */ (known.has(ending.reason) ? ending.reason : "unreachable");
    const title = h("h1", { tabindex: "-1" }, t(`over.${reason}.title`));
    const lead = (ending.reason === "ended" || ending.reason === "removed") && ending.by !== null
        ? t(`over.${ending.reason}.by`, { name: ending.by }) : t(`over.${reason}`, { host: nodeHost() });
    const actions = h("div", { class: "row wrap" });
    if (ending.reason === "left") actions.append(h("button", { class: "btn btn-go btn-lg", type: "button", t: "over.again", on: { click: again } }));
    else if (retriable.has(reason)) actions.append(h("button", { class: "btn btn-go btn-lg", type: "button", t: "over.retry", on: { click: again } }));
    actions.append(h("a", { class: "btn btn-lg", href: firstPage(), t: "back" }));
    queueMicrotask(() => title.focus());
    return momentPage(candle(false), h("section", { class: "moment-text" }, title, h("p", { class: "lead" }, lead)), actions);
}

/**
 * Cut off, and no host signed for it. Whether an order stands behind it, this browser can't tell, so the page says nothing
 * of orders.
 * @param {() => void} again
 */
function interruptedPage(again) {
    const time = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" }).format(Date.now());
    const title = h("h1", { tabindex: "-1" }, t("interrupted.title"));
    queueMicrotask(() => title.focus());
    return momentPage(h("div", { class: "moment-two" },
        h("section", { class: "moment-text" },
            h("span", { class: "badge badge-no" }, icon("broken", "i-sm"), h("span", {}, t("interrupted.badge"))),
            title, h("p", { class: "lead", role: "alert" }, t("interrupted.lead", { host: nodeHost(), time })),
            h("div", { class: "row wrap moment-acts" },
                h("button", { class: "btn btn-go btn-lg", type: "button", t: "interrupted.again", on: { click: again } }),
                h("a", { class: "btn btn-lg", href: firstPage(), t: "back" }))),
        h("section", { class: "card", "aria-labelledby": "known-title" }, h("h2", { id: "known-title" }, t("interrupted.known")),
            h("ul", { class: "facts-list timeline" },
                fact("broken", t("interrupted.cut.title"), t("interrupted.cut", { host: nodeHost() })),
                fact("checked", t("interrupted.act.title"), t("interrupted.act")),
                fact("checked", t("interrupted.keys.title"), t("interrupted.keys")),
                fact("open", t("interrupted.why.title"), t("interrupted.why")),
                fact("open", t("interrupted.others.title"), t("interrupted.others"))))));
}

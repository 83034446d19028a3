// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "../dialog.js";
import { h, setAttribute, setText } from "../dom.js";
import { t } from "../i18n.js";

/**
 * By whose keys the log is judged.
 * @param {import("../../audit/auditor.js").Policy} policy
 * @param {boolean} isClaimed
 * @param {{ change: () => void, forget: () => void }} acts
 */
export function keysCard(policy, isClaimed, { change, forget }) {
    return h("section", { class: "card", "aria-labelledby": "keys-title" },
        h("div", { class: "row spread wrap" }, h("h2", { id: "keys-title" }, t("log.keys")),
            h("span", { class: "st", id: "keys-whose" }, t(isClaimed ? "log.keys.claimed" : "log.keys.own"))),
        h("ul", { class: "keys" }, policy.logs.map((log) => h("li", { class: "rule" }, log.key))),
        h("div", { class: "row wrap" },
            h("button", { class: "btn btn-sm", type: "button", id: "own-keys", on: { click: change } }, t("log.keys.change")),
            !isClaimed && h("button", { class: "btn btn-sm btn-quiet", type: "button", id: "forget-keys", on: { click: forget } }, t("log.keys.forget"))));
}

/**
 * @param {string} text what to begin with
 * @param {(text: string) => number | null} use takes the policy, or says in which line it is none
 */
export function askForPolicy(text, use) {
    const area = h("textarea", { class: "input rule", id: "policy", rows: "9", spellcheck: "false", "aria-describedby": "policy-note" });
    area.value = text;
    const note = h("p", { class: "hint hint-no", id: "policy-note", role: "alert" });
    const take = h("button", { class: "btn btn-go", type: "submit" }, t("log.keys.use"));
    const { element } = openDialog({
        title: t("log.keys.change"), wide: true,
        body: [h("p", {}, t("log.keys.lead")), h("label", { class: "label", for: "policy" }, t("log.keys.label")), area, note],
        buttons: [answerButton("cancel", ""), take],
    });
    take.addEventListener("click", () => {
        const line = use(area.value);
        setAttribute(area, "aria-invalid", line === null ? null : "true");
        if (line === null) element.close("taken");
        else setText(note, t("log.keys.wrong", { line }));
    });
}

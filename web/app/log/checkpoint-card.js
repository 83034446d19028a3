// SPDX-License-Identifier: Apache-2.0
import { hex } from "../../audit/auditor.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { ago, number } from "./moments.js";

/**
 * What the log signed, and which witnesses saw the same.
 * @param {import("../../audit/auditor.js").Checkpoint} checkpoint
 * @param {import("../../audit/auditor.js").Policy} policy
 * @param {number} now seconds
 * @returns {HTMLElement}
 */
export function checkpointCard(checkpoint, policy, now) {
    const count = policy.witnesses.length;
    const seen = new Map(checkpoint.cosignatures.map(({ witness, seconds }) => [witness, seconds]));
    return h("section", { class: "card", "aria-labelledby": "checkpoint-title" },
        h("h2", { id: "checkpoint-title" }, t("log.checkpoint", { count: number(checkpoint.size) })),
        h("p", { class: "small muted card-lead" }, count === 0 ? t("log.witnesses.none") : t("log.witnesses.some", { cosigned: seen.size, count })),
        count > 0 && h("ul", { class: "witnesses" }, policy.witnesses.map((name, index) => {
            const seconds = seen.get(index);
            return h("li", { class: seconds === undefined ? "late" : "" }, icon(seconds === undefined ? "open" : "checked"),
                h("b", {}, name), h("span", {}, seconds === undefined ? t("log.witness.missing") : ago(seconds, now)));
        })),
        h("dl", { class: "root" }, h("dt", {}, t("log.root")), h("dd", { class: "rule" }, hex(checkpoint.root)),
            h("dt", {}, t("log.origin")), h("dd", { class: "rule" }, checkpoint.origin)));
}

// SPDX-License-Identifier: Apache-2.0
import { isKey, t } from "../i18n.js";
import { namesOf } from "./names.js";

/** @typedef {import("./watch.js").Noticed} Noticed */

/**
 * What happened, and what it means, of one warning or of several of a kind.
 * @param {import("../../types/meeting").Meeting} session @param {[Noticed, ...Noticed[]]} some of one kind
 * @returns {{title: string, text: string, rule: string}} rule: empty when there is none to name
 */
export function warningWords(session, some) {
    const [{ kind }] = some;
    const name = namesOf(session, some.map(({ id }) => id));
    const rules = new Set(some.map(({ detail }) => rule(kind, detail)).filter((words) => words !== ""));
    return {
        title: kind === "differ" ? t("words.differ.title") : t(`warn.${kind}.title`, { name }),
        text: t(`warn.${kind}`, { name }),
        rule: rules.size === 0 ? "" : t("warn.rule", { detail: [...rules].join(", ") }),
    };
}

/** @param {Noticed["kind"]} kind @param {string} [name] of a rule, as the core calls it @returns {string} */
function rule(kind, name = "") {
    const key = `rule.${name}`;
    return kind === "refusedCommit" && isKey(key) ? t(key) : "";
}

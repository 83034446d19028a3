// SPDX-License-Identifier: Apache-2.0
import { BYTES_PER_ENTRY } from "../../audit/log-reading.js";
import { h } from "../dom.js";
import { fact } from "../facts.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { day, number, size } from "./moments.js";

/**
 * @typedef {object} Judged
 * @property {import("../../audit/log-reading.js").LogReading} reading
 * @property {import("../../audit/auditor.js").Policy} policy
 * @property {boolean} isClaimed the keys are those that the node names
 * @property {import("./kept.js").Seen | null} seen the last time
 * @property {string} prefix the log's address
 * @property {boolean} isFromNode this page came from the node whose log it shows
 */

/**
 * What was checked here, and what wasn't.
 * @param {Judged} judged
 * @returns {HTMLElement}
 */
export function checksCard(judged) {
    return h("section", { class: "card", "aria-labelledby": "checked-title" },
        h("h2", { id: "checked-title" }, t("log.checked")),
        h("ul", { class: "facts-list", id: "checks" }, signature(judged), newest(judged), quorum(judged), whole(judged), rules(judged), before(judged)),
        h("h3", { class: "sect" }, t("log.not.title")), notChecked(judged));
}

/** @param {Judged} judged */
function signature({ reading }) {
    if (reading.report === null) return null;
    return reading.report.checkpoint === null
        ? fact("broken", t("log.check.signature.no"))
        : fact("checked", t("log.check.signature"));
}

/** @param {Judged} judged */
function newest({ reading }) {
    if (reading.refused !== null) return fact("broken", t("log.check.newest.no"), reading.refused);
    return reading.shown.size > 0 ? fact("checked", t("log.check.newest")) : null;
}

/** @param {Judged} judged */
function quorum({ reading, policy }) {
    const checkpoint = reading.report?.checkpoint;
    if (!checkpoint) return null;
    if (!policy.asksWitnesses) return fact("open", t("log.check.quorum.open"));
    const values = { cosigned: checkpoint.cosignatures.length, count: policy.witnesses.length };
    return checkpoint.hasQuorum ? fact("checked", t("log.check.quorum", values)) : fact("broken", t("log.check.quorum.no", values));
}

/** @param {Judged} judged */
function whole({ reading }) {
    if (!reading.report?.checkpoint) return null;
    const count = number(reading.size);
    if (reading.isDone) {
        return reading.report.checkpoint.isReached ? fact("checked", t("log.check.all", { count })) : fact("broken", t("log.check.all.no"));
    }
    if (!reading.waitsToBeAsked) return fact("open", t("log.check.all.reading", { read: number(reading.progress.read), count }));
    return fact("open", t("log.check.all.open", { count }), "", h("button", {
        class: "btn btn-sm", type: "button", id: "read-all", on: { click: () => void reading.readWhole() },
    }, t("log.check.all.read", { size: size(reading.size * BYTES_PER_ENTRY) })));
}

/** @param {Judged} judged */
function rules({ reading }) {
    const report = reading.report;
    if (!report?.checkpoint) return null;
    const count = report.findings.filter((finding) => finding.isFault).length + report.unlisted;
    if (count > 0) return fact("broken", t("log.check.rules.no", { count }));
    return reading.isDone ? fact("checked", t("log.check.rules")) : fact("open", t("log.check.rules.open"));
}

/** @param {Judged} judged */
function before({ reading, seen }) {
    if (seen === null) return fact("open", t("log.check.before.first"));
    const since = t("log.check.since", { count: number(seen.size), date: day(seen.seconds) });
    if (!reading.isDone) return fact("open", t("log.check.before.open"), since);
    // What contradicts it is among the faults.
    return reading.report?.isSound ? fact("checked", t("log.check.before"), since) : null;
}

/** @param {Judged} judged */
function notChecked({ isClaimed, policy, prefix, isFromNode }) {
    const host = location.host;
    /** @type {[import("../icons.js").IconName, string][]} */
    const lines = [
        ["eye", t("log.not.true")],
        ["edit", isFromNode ? t("log.not.page", { host, url: prefix }) : t("log.not.elsewhere", { host })],
    ];
    if (isClaimed) lines.push(["seal", t("log.not.claimed")]);
    if (policy.witnesses.length > 0) lines.push(["people", t("log.not.witnesses")]);
    return h("ul", { class: "small-list", id: "unchecked" }, lines.map(([name, text]) => h("li", {}, icon(name, "i-sm"), h("span", {}, text))));
}

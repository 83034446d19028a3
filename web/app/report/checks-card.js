// SPDX-License-Identifier: Apache-2.0
import { BYTES_PER_ENTRY } from "../../audit/log-reading.js";
import { h } from "../dom.js";
import { fact } from "../facts.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { number, size } from "../log/moments.js";
import { logPage } from "../place.js";

/**
 * What the figures rest on, and what nobody checked.
 * @param {import("../log/checks-card.js").Judged} judged
 * @param {{ json: Uint8Array, text: string, hash: string } | null} made
 */
export function checksCard({ reading, policy, isClaimed, prefix, isFromNode }, made) {
    const count = number(reading.size);
    const checkpoint = reading.report?.checkpoint ?? null;
    const values = { cosigned: checkpoint?.cosignatures.length ?? 0, count: policy.witnesses.length };
    return h("section", { class: "card", "aria-labelledby": "checked-title" },
        h("h2", { id: "checked-title" }, t("log.checked")),
        h("ul", { class: "facts-list", id: "checks" },
            made !== null ? fact("checked", t("report.check.counted", { count })) : uncounted(reading),
            made !== null && fact("checked", t("log.check.rules")),
            checkpoint !== null && (policy.asksWitnesses
                ? fact(checkpoint.hasQuorum ? "checked" : "broken", t(checkpoint.hasQuorum ? "log.check.quorum" : "log.check.quorum.no", values))
                : fact("open", t("log.check.quorum.open")))),
        h("h3", { class: "sect" }, t("log.not.title")),
        h("ul", { class: "small-list", id: "unchecked" },
            h("li", {}, icon("eye", "i-sm"), h("span", {}, t("log.not.true"))),
            h("li", {}, icon("edit", "i-sm"), h("span", {}, isFromNode ? t("report.not.page", { host: location.host, url: prefix }) : t("log.not.elsewhere", { host: location.host }))),
            isClaimed && h("li", {}, icon("seal", "i-sm"), h("span", {}, t("report.not.claimed"), " ", h("a", { href: logPage() }, t("log.title"))))),
        made !== null && files(made, reading.size));
}

/** @param {import("../../audit/log-reading.js").LogReading} reading */
function uncounted(reading) {
    if (reading.isDone) return fact("broken", t("report.check.disorder"));
    const text = t("log.check.all.reading", { read: number(reading.progress.read), count: number(reading.size) });
    return reading.waitsToBeAsked
        ? fact("open", text, "", h("button", { class: "btn btn-sm", type: "button", id: "read-all", on: { click: () => void reading.readWhole() } },
            t("log.check.all.read", { size: size(reading.size * BYTES_PER_ENTRY) })))
        : fact("open", text);
}

/**
 * The report to take along: the same bytes for everybody.
 * @param {{ json: Uint8Array, text: string, hash: string }} made
 * @param {number} count
 */
function files({ json, text, hash }, count) {
    return h("div", { class: "stack-sm report-files" },
        h("h3", { class: "sect" }, t("report.files")), h("p", { class: "small muted" }, t("report.files.text")),
        h("div", { class: "row wrap" }, file("report.json", `vigil-report-${count}.json`, "application/json", json), file("report.text", `vigil-report-${count}.txt`, "text/plain", text)),
        hash !== "" && h("p", { class: "small muted" }, "SHA-256 ", h("code", { class: "rule", id: "report-hash" }, hash)));
}

/** @param {"report.json" | "report.text"} key @param {string} name @param {string} type @param {BlobPart} content */
function file(key, name, type, content) {
    return h("button", {
        class: "btn btn-sm", type: "button", id: key.replace(".", "-"), on: {
            click: () => {
                const url = URL.createObjectURL(new Blob([content], { type }));
                const link = h("a", { href: url, download: name, hidden: true });
                document.body.append(link);
                link.click();
                link.remove();
                setTimeout(() => URL.revokeObjectURL(url), 60_000);
            },
        },
    }, t(key));
}

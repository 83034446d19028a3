// SPDX-License-Identifier: Apache-2.0
import { Auditor, hex } from "../../audit/auditor.js";
import { LogReading } from "../../audit/log-reading.js";
import { LogSource, UnreadableLog } from "../../audit/log-source.js";
import { CoreRefusal } from "../../crypto/core.js";
import { appearanceTools, applyTheme } from "../appearance.js";
import { fill, find, h, setText } from "../dom.js";
import { followLanguage, t, translate } from "../i18n.js";
import { icon, mark } from "../icons.js";
import { keepSeen, lastSeen, ownPolicy } from "../log/kept.js";
import { day, number } from "../log/moments.js";
import { firstPage, logPage, nodeOrigin } from "../place.js";
import { checksCard } from "./checks-card.js";
import { headline } from "./headline.js";
import { plotCards } from "./plots.js";
import { tableCards } from "./tables.js";

const prefix = `${nodeOrigin()}/log`;
const source = new LogSource(prefix);
const seen = lastSeen(prefix);
const encoder = new TextEncoder();

/**
 * @typedef {{ json: Uint8Array, text: string, hash: string, counted: import("./counted.js").Counted }} Made
 * @typedef {{ audit: import("../../audit/auditor.js").Audit, policy: import("../../audit/auditor.js").Policy, isClaimed: boolean, reading: LogReading }} Judged
 */

/** @type {Judged | null} */
let judged = null;
/** @type {Made | null} */
let made = null;
/** @type {string | null} */
let unreadable = null;
let isDrawing = false;
/** Tables that are unfolded; they stay so when the page is drawn again. */
const opened = new Set();

const lead = h("p", { class: "muted", id: "lead" });
const alerts = h("div", { class: "stack", id: "alerts" });
const heads = h("div", {});
const plots = h("div", { class: "plots" });
const left = h("div", { class: "stack" });
const right = h("div", { class: "stack" });
const from = h("input", { class: "input", id: "from", inputmode: "numeric", autocomplete: "off", placeholder: "0" });
const to = h("input", { class: "input", id: "to", inputmode: "numeric", autocomplete: "off" });
const note = h("p", { class: "hint hint-no", id: "period-note", role: "alert" });

applyTheme();
fill(find("#page", HTMLElement), shell());
translate();
followLanguage(() => {
    document.title = t("title.report");
    draw();
});
const asked = new URLSearchParams(location.hash.slice(1));
from.value = asked.get("from") ?? "";
to.value = asked.get("to") ?? "";
void open();

function shell() {
    const form = h("form", { class: "period", novalidate: true, on: { submit: (event) => { event.preventDefault(); void open(); } } },
        h("label", { class: "label", for: "from", t: "report.from" }), h("label", { class: "label", for: "to", t: "report.to" }), h("span", {}),
        from, to, h("button", { class: "btn", type: "submit", t: "report.count" }), note);
    return h("div", { class: "log-page" },
        h("header", { class: "site-top" }, h("a", { class: "brand", href: firstPage() }, mark(), "Vigil"),
            h("nav", { class: "row", tLabel: "report.nav" }, h("a", { class: "btn btn-quiet", href: logPage(), t: "log.title" }), appearanceTools())),
        h("main", { class: "log-main report-main", id: "content" },
            h("div", { class: "row spread wrap log-head" }, h("div", {}, h("h1", { t: "report.title" }), lead), form),
            alerts, heads, plots, h("div", { class: "logs" }, left, right)));
}

/** @param {HTMLInputElement} input @returns {number | null} what was asked for; null for nothing */
function bound(input) {
    const text = input.value.trim();
    if (text === "") return null;
    if (!/^[0-9]{1,15}$/.test(text)) throw new RangeError(text);
    return Number(text);
}

/** Fetches the policy, reads the log and has it counted. */
async function open() {
    unreadable = null;
    judged = null;
    made = null;
    setText(note, "");
    scheduleDraw();
    try {
        const period = { from: bound(from) ?? 0, to: bound(to) };
        const auditor = await Auditor.load();
        const own = ownPolicy(prefix);
        const text = own === "" ? (await source.fetch(["policy"]))[0] : encoder.encode(own);
        if (text === null) throw new UnreadableLog("policy");
        const policy = auditor.readPolicy(text);
        if ("line" in policy) throw new UnreadableLog("policy");
        const audit = auditor.begin(text, seen?.note ?? "", Math.floor(Date.now() / 1000));
        audit.beginReport(period.from, period.to);
        /** @type {LogReading} */
        const reading = new LogReading(audit, source, { changed: () => void counted(audit, reading), sound: keep });
        judged = { audit, policy, isClaimed: own === "", reading };
        await reading.begin();
        history.replaceState(history.state, "", period.from === 0 && period.to === null ? location.pathname + location.search : `#from=${period.from}${period.to === null ? "" : `&to=${period.to}`}`);
    } catch (error) {
        if (error instanceof RangeError) setText(note, t("report.period.wrong"));
        else if (error instanceof UnreadableLog) unreadable = error.message;
        else throw error;
    }
    scheduleDraw();
}

/**
 * Takes the report once the log was read whole and is in order.
 * @param {import("../../audit/auditor.js").Audit} audit
 * @param {LogReading} reading
 */
async function counted(audit, reading) {
    scheduleDraw();
    if (made !== null || judged?.audit !== audit || !reading.isDone || !reading.report?.isSound) return;
    try {
        const { json, text } = audit.transparencyReport();
        made = { json, text, hash: "", counted: JSON.parse(new TextDecoder().decode(json)) };
        const own = made;
        // Pages without a secure origin have no hashes; the files are there all the same.
        if (crypto.subtle !== undefined) own.hash = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", json)));
    } catch (error) {
        if (!(error instanceof CoreRefusal)) throw error;
        setText(note, error.reason === "report.period" ? t("report.period.outside", { count: number(reading.size) }) : error.reason);
    }
    scheduleDraw();
}

/** @param {import("../../audit/auditor.js").Checkpoint} checkpoint */
function keep(checkpoint) {
    keepSeen(prefix, { note: checkpoint.note, size: checkpoint.size, seconds: Math.floor(Date.now() / 1000) });
}

function scheduleDraw() {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => { isDrawing = false; draw(); });
}

function draw() {
    drawAlerts();
    const focused = document.activeElement?.id ?? "";
    setText(lead, leadText());
    fill(right, judged !== null && checksCard({ ...judged, seen, prefix, isFromNode: nodeOrigin() === location.origin }, made));
    fill(heads, made !== null && headline(made.counted));
    fill(plots, ...(made === null ? [] : plotCards(made.counted, opened)));
    fill(left, ...(made === null ? [] : tableCards(made.counted, opened)));
    if (focused !== "" && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function leadText() {
    if (made === null) return judged === null || judged.reading.isDone ? "" : t("log.loading");
    const { time, "from-size": first, "to-size": size } = made.counted;
    return t("report.lead", { from: number(first), to: number(size), date: time === null ? "–" : day(Date.parse(time) / 1000) });
}

function drawAlerts() {
    const reading = judged?.reading ?? null;
    const what = unreadable ?? reading?.unreadable ?? null;
    const faults = reading?.report?.findings.filter((finding) => finding.isFault) ?? [];
    fill(alerts,
        what !== null && h("div", { class: "banner banner-dashed", role: "alert", id: "unreadable" }, icon("open"),
            h("div", { class: "grow" }, h("strong", {}, t("log.unreadable")), h("p", {}, t("log.unreadable.text", { what }))),
            h("button", { class: "btn btn-sm", type: "button", on: { click: () => void open() } }, t("log.again"))),
        faults.length > 0 && h("div", { class: "banner banner-no", role: "alert", id: "faults" }, icon("broken"),
            h("div", { class: "grow" }, h("strong", {}, t("log.fault")), h("p", {}, t("report.fault.text")),
                h("ul", { class: "fault-list" }, faults.slice(0, 20).map((fault) => h("li", { class: "rule" }, fault.text))))));
}

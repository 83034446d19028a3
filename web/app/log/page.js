// SPDX-License-Identifier: Apache-2.0
import { Auditor } from "../../audit/auditor.js";
import { LogReading } from "../../audit/log-reading.js";
import { LogSource, UnreadableLog } from "../../audit/log-source.js";
import { appearanceTools, applyTheme } from "../appearance.js";
import { fill, find, h, setText } from "../dom.js";
import { followLanguage, t, translate } from "../i18n.js";
import { icon, mark } from "../icons.js";
import { firstPage, nodeHost, nodeOrigin } from "../place.js";
import { caseCard } from "./case-card.js";
import { checkpointCard } from "./checkpoint-card.js";
import { checksCard } from "./checks-card.js";
import { entriesTable, openEntry } from "./entries-table.js";
import { growthCard } from "./growth-card.js";
import { keepPolicy, keepSeen, lastSeen, ownPolicy } from "./kept.js";
import { askForPolicy, keysCard } from "./keys-card.js";

/** Older entries that are shown at once. */
const OLDER = 40;

const prefix = `${nodeOrigin()}/log`;
const source = new LogSource(prefix);
const seen = lastSeen(prefix);
const encoder = new TextEncoder();

/** @type {{ auditor: Auditor, text: Uint8Array, policy: import("../../audit/auditor.js").Policy, isClaimed: boolean, reading: LogReading } | null} */
let judged = null;
let chosenCase = "";
/** @type {string | null} */
let unreadable = null;
let isDrawing = false;

const left = h("div", { class: "stack" });
const right = h("div", { class: "stack" });
const alerts = h("div", { class: "stack", id: "alerts" });
const query = h("input", { class: "input", id: "find", autocomplete: "off", spellcheck: "false", tLabel: "log.find.label", tPlaceholder: "log.find.placeholder", "aria-describedby": "find-note" });
const note = h("p", { class: "hint hint-no", id: "find-note", role: "alert" });

applyTheme();
fill(find("#page", HTMLElement), shell());
translate();
followLanguage(() => {
    document.title = t("title.log");
    draw();
});
void open();

function shell() {
    const form = h("form", { class: "finder", novalidate: true, on: { submit: (event) => { event.preventDefault(); void look(query.value.trim()); } } },
        query, h("button", { class: "btn", type: "submit", t: "log.find" }), note);
    return h("div", { class: "log-page" },
        h("header", { class: "site-top" }, h("a", { class: "brand", href: firstPage() }, mark(), "Vigil"), appearanceTools()),
        h("main", { class: "log-main", id: "content" },
            h("div", { class: "row spread wrap log-head" },
                h("div", {}, h("h1", { t: "log.title" }), h("p", { class: "muted", t: "log.lead" }), h("p", { class: "small muted" }, nodeHost())), form),
            alerts, h("div", { class: "logs" }, left, right)));
}

/** Fetches the policy and begins to read. */
async function open() {
    unreadable = null;
    judged = null;
    scheduleDraw();
    try {
        // A new one each time, so that a reading that is under way has its own to itself.
        const auditor = await Auditor.load();
        const own = ownPolicy(prefix);
        const text = own === "" ? (await source.fetch(["policy"]))[0] : encoder.encode(own);
        if (text === null) throw new UnreadableLog("policy");
        const policy = auditor.readPolicy(text);
        if ("line" in policy) throw new UnreadableLog("policy");
        const audit = auditor.begin(text, seen?.note ?? "", now());
        const reading = new LogReading(audit, source, { changed: scheduleDraw, sound: keep });
        judged = { auditor, text, policy, isClaimed: own === "", reading };
        await reading.begin();
        await opened();
    } catch (error) {
        if (!(error instanceof UnreadableLog)) throw error;
        unreadable = error.message;
    }
    scheduleDraw();
}

/** What the address asks for, once there is something to show: `#entry=7` or `#case=…`. */
async function opened() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const asked = wanted.get("entry") ?? wanted.get("case");
    if (asked !== null) await look(asked);
}

function now() {
    return Math.floor(Date.now() / 1000);
}

/** @param {string} asked */
async function look(asked) {
    setText(note, "");
    const reading = judged?.reading;
    if (reading === undefined || asked === "") return;
    if (/^[0-9]{1,15}$/.test(asked)) {
        const index = Number(asked);
        if (index < reading.size) {
            await reading.show(index).catch(fail);
            const entry = reading.shown.get(index);
            if (entry !== undefined) openEntry(entry, reading.size);
            return;
        }
    }
    const id = [...reading.cases.keys()].find((name) => asked.length >= 4 && name.startsWith(asked.toLowerCase()));
    if (id !== undefined) choose(id);
    else setText(note, t(reading.isDone || /^[0-9]+$/.test(asked) ? "log.find.none" : "log.find.unread"));
}

/** @param {string} id */
function choose(id) {
    chosenCase = id;
    history.replaceState(history.state, "", id === "" ? location.pathname + location.search : `#case=${id}`);
    draw();
    document.querySelector("#case-title")?.scrollIntoView({ block: "nearest" });
}

/** @param {unknown} error */
function fail(error) {
    if (!(error instanceof UnreadableLog)) throw error;
    unreadable = error.message;
    scheduleDraw();
}

function scheduleDraw() {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => { isDrawing = false; draw(); });
}

function draw() {
    if (judged === null) {
        fill(left, unreadable === null ? h("p", { class: "muted" }, t("log.loading")) : null);
        fill(right);
        drawAlerts(null);
        return;
    }
    const { reading, policy, isClaimed } = judged;
    const checkpoint = reading.report?.checkpoint ?? null;
    const focused = document.activeElement?.id ?? "";
    fill(left,
        entriesTable(reading, { openCase: choose, older: () => void showOlder(reading) }),
        growthCard(reading));
    fill(right,
        checksCard({ reading, policy, isClaimed, seen, prefix, isFromNode: nodeOrigin() === location.origin }),
        caseCard(reading, chosenCase, choose),
        checkpoint !== null && checkpointCard(checkpoint, policy, now()),
        keysCard(policy, isClaimed, { change: changeKeys, forget: () => { keepPolicy(prefix, ""); void open(); } }));
    drawAlerts(reading);
    if (focused !== "") document.getElementById(focused)?.focus({ preventScroll: true });
}

/** @param {LogReading | null} reading */
function drawAlerts(reading) {
    const what = unreadable ?? reading?.unreadable ?? null;
    const faults = reading?.report?.findings.filter((finding) => finding.isFault) ?? [];
    const unlisted = reading?.report?.unlisted ?? 0;
    fill(alerts,
        what !== null && h("div", { class: "banner banner-dashed", role: "alert", id: "unreadable" }, icon("open"),
            h("div", { class: "grow" }, h("strong", {}, t("log.unreadable")), h("p", {}, t("log.unreadable.text", { what }))),
            h("button", { class: "btn btn-sm", type: "button", on: { click: () => void open() } }, t("log.again"))),
        faults.length > 0 && h("div", { class: "banner banner-no", role: "alert", id: "faults" }, icon("broken"),
            h("div", { class: "grow" }, h("strong", {}, t("log.fault")), h("p", {}, t("log.fault.text")),
                h("ul", { class: "fault-list" }, faults.slice(0, 20).map((fault) => h("li", { class: "rule" }, fault.text)),
                    faults.length + unlisted > 20 && h("li", {}, t("log.fault.more", { count: faults.length + unlisted - 20 }))))));
}

/** @param {import("../../audit/auditor.js").Checkpoint} checkpoint of a log that is in order: what the next reading is compared with */
function keep(checkpoint) {
    keepSeen(prefix, { note: checkpoint.note, size: checkpoint.size, seconds: now() });
}

/** @param {LogReading} reading */
async function showOlder(reading) {
    const oldest = Math.min(...reading.shown.keys());
    const count = Math.min(OLDER, oldest);
    if (count > 0) await reading.show(oldest - count, count).catch(fail);
}

function changeKeys() {
    if (judged === null) return;
    const { auditor, text } = judged;
    askForPolicy(new TextDecoder().decode(text), (own) => {
        const read = auditor.readPolicy(encoder.encode(own));
        if ("line" in read) return read.line;
        keepPolicy(prefix, own);
        void open();
        return null;
    });
}

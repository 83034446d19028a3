// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "../dialog.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";

/** @typedef {import("../../types/meeting").Meeting} Meeting */

/**
 * The meeting's rules: each change goes out at once, signed.
 * @param {Meeting} session
 */
export function openRules(session) {
    const stop = new AbortController();
    const lobby = checkbox("rules.lobby", (on) => session.setLobby(on));
    const locked = checkbox("rules.locked", (on) => session.lock(on));
    const history = choice("rules.history", [["chat", "rules.history.chat"], ["nothing", "rules.history.nothing"]], (value) => session.setHistory(value));
    const absence = choice("rules.absence", [["wait", "rules.absence.wait"], ["membersAdmit", "rules.absence.membersAdmit"]], (value) => session.setAbsence(value));
    const draw = () => {
        lobby.input.checked = session.meeting.lobby;
        locked.input.checked = session.meeting.locked;
        history.set(session.meeting.history, session.role !== "host");
        absence.set(session.meeting.absence, session.role !== "host");
    };
    session.on("meeting", draw, stop.signal);
    session.on("role", draw, stop.signal);
    draw();
    const { answer } = openDialog({
        title: t("rules.title"), wide: true,
        body: [h("p", {}, t("rules.lead")), h("div", { class: "rules" }, lobby.element, locked.element, history.element, absence.element,
            session.role === "host" ? null : h("p", { class: "hint" }, t("rules.hostOnly"))),
        h("p", { class: "rules-fixed" }, t(session.meeting.accountable ? "rules.accountable.yes" : "rules.accountable.no"))],
        buttons: [answerButton("dialog.done", "", "btn-go")],
    });
    void answer.then(() => stop.abort());
}

/** @param {"rules.lobby" | "rules.locked"} key @param {(on: boolean) => void} change */
function checkbox(key, change) {
    const input = h("input", { type: "checkbox", class: "check", id: key.replace(".", "-") });
    input.addEventListener("change", () => change(input.checked));
    return { input, element: h("label", { class: "check-row", for: input.id }, input, h("span", {}, t(key))) };
}

/**
 * @template {string} Value
 * @param {"rules.history" | "rules.absence"} key @param {[Value, import("../strings/en.js").Key][]} options @param {(value: Value) => void} change
 */
function choice(key, options, change) {
    const inputs = options.map(([value, words]) => {
        const input = h("input", { type: "radio", class: "check", name: key, id: `${key.replace(".", "-")}-${value}` });
        input.addEventListener("change", () => { if (input.checked) change(value); });
        return { value, input, element: h("label", { class: "check-row", for: input.id }, input, h("span", {}, t(words))) };
    });
    const element = h("fieldset", { class: "choice" }, h("legend", { class: "label" }, t(key)), inputs.map((one) => one.element));
    /** @param {Value} current @param {boolean} fixed */
    const set = (current, fixed) => {
        for (const { value, input } of inputs) {
            input.checked = value === current;
            input.disabled = fixed;
        }
    };
    return { element, set };
}

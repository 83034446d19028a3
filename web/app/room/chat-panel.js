// SPDX-License-Identifier: Apache-2.0
import { announce } from "../announce.js";
import { h, setAttribute, setText } from "../dom.js";
import { followLanguage, language, t } from "../i18n.js";
import { icon } from "../icons.js";
import { linkify } from "./linkify.js";
import { panelFrame } from "./panels.js";

/** @typedef {import("../../meeting/chat-log.js").LoggedMessage} LoggedMessage */

const LONGEST = 4_000;
const FOLLOWS_WITHIN = 120_000;

/**
 * @param {import("./room-view.js").Room} room
 * @returns {import("./panels.js").Panel & {writeTo: (id: string) => void}}
 */
export function chatPanel(room) {
    const { session, panels, signal } = room;
    const log = h("div", { class: "chat-log", role: "log", "aria-live": "off", "aria-labelledby": "panel-chat" });
    const note = h("p", { class: "chat-note" });
    const body = h("div", { class: "panel-body", tabindex: "0", tLabel: "chat.title" }, note, log);
    const to = h("select", { class: "select", id: "chat-to" });
    const text = h("textarea", { class: "input", id: "chat-text", rows: "1", maxlength: String(LONGEST), tPlaceholder: "chat.placeholder", tLabel: "chat.placeholder", enterkeyhint: "send" });
    const form = h("form", { class: "chat-form", novalidate: true },
        h("div", { class: "chat-to" }, h("label", { class: "label", for: "chat-to", t: "chat.to" }), to),
        h("div", { class: "row" }, text, h("button", { class: "btn btn-icon", type: "submit", tLabel: "chat.send" }, icon("send"))));

    const draw = () => {
        const atEnd = body.scrollHeight - body.scrollTop - body.clientHeight < 60;
        drawMessages(log, room);
        if (atEnd) body.scrollTop = body.scrollHeight;
    };
    const drawNote = () => setText(note, `${t("chat.note")} ${t(`chat.note.${session.meeting.history}`)}`);
    const drawReceivers = () => {
        const chosen = to.value;
        to.replaceChildren(h("option", { value: "" }, t("chat.everyone")),
            ...[...session.roster.people.values()].filter((person) => person.id !== session.self).map((person) => h("option", { value: person.id }, person.name || t("people.nameless"))));
        to.value = chosen;
        if (to.selectedIndex < 0) to.value = "";
    };
    const grow = () => {
        text.style.height = "auto";
        text.style.height = `${Math.min(132, text.scrollHeight + 2)}px`;
    };

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const words = text.value.trim();
        if (words === "") return;
        session.say(words, to.value === "" ? undefined : to.value);
        text.value = "";
        grow();
        body.scrollTop = body.scrollHeight;
    });
    text.addEventListener("input", grow);
    text.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        form.requestSubmit();
    });

    session.on("chat", (message) => {
        if (message !== null) {
            announce(t("chat.new", { name: message.name, text: message.text.slice(0, 200) }));
            if (panels.open !== "chat") {
                panels.unread += 1;
                panels.changed();
            }
        }
        draw();
    }, signal);
    session.on("people", drawReceivers, signal);
    session.on("meeting", drawNote, signal);
    followLanguage(() => { drawNote(); drawReceivers(); draw(); }, signal);

    return {
        element: panelFrame("chat", () => panels.close(), body, h("footer", {}, form)),
        opened: () => {
            draw();
            body.scrollTop = body.scrollHeight;
            text.focus();
        },
        writeTo: (id) => {
            panels.show("chat");
            to.value = id;
            text.focus();
        },
    };
}

/** @param {HTMLElement} log @param {import("./room-view.js").Room} room */
function drawMessages(log, { session }) {
    const { messages } = session.chat;
    if (messages.length === 0) {
        log.replaceChildren(h("p", { class: "muted small" }, t("chat.empty")));
        return;
    }
    const clock = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" });
    /** @type {LoggedMessage | null} */
    let previous = null;
    log.replaceChildren(...messages.map((message) => {
        const follows = previous !== null && previous.from === message.from && previous.private === message.private
            && previous.to === message.to && message.at - previous.at < FOLLOWS_WITHIN;
        previous = message;
        return messageView(message, session, clock, follows);
    }));
}

/**
 * @param {LoggedMessage} message @param {import("../../types/meeting").Meeting} session
 * @param {Intl.DateTimeFormat} clock @param {boolean} follows the same person just wrote
 */
function messageView(message, session, clock, follows) {
    const mine = message.from === session.self;
    const when = new Date(message.at);
    const article = h("article", { class: `msg${follows ? " msg-follows" : ""}${message.private ? " msg-private" : ""} msg-${message.state}` },
        h("header", {}, h("b", {}, mine ? t("room.you") : message.name),
            message.private && h("span", { class: "private" }, mine ? t("chat.private.to", { name: session.roster.name(message.to) ?? "" }) : t("chat.private.you")),
            h("time", { datetime: when.toISOString() }, clock.format(when))),
        h("p", {}, ...linkify(message.text)));
    if (message.state === "pending") article.append(h("span", { class: "msg-state" }, t("chat.unsent")));
    if (message.state === "failed") {
        const key = message.failure === "rate" ? "chat.slow" : message.failure === "noSuchParticipant" ? "chat.gone" : "chat.refused";
        article.append(h("span", { class: "msg-state" }, t("chat.failed", { reason: t(key) })));
    }
    setAttribute(article, "data-from", message.from);
    return article;
}

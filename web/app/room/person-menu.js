// SPDX-License-Identifier: Apache-2.0
import { confirmEnd } from "../dialog.js";
import { t } from "../i18n.js";
import { openMenu } from "./menu.js";

/**
 * What a host or co-host may do about one person; others get what concerns only themselves.
 * @param {HTMLElement} button
 * @param {import("../../meeting/session.js").Session} session
 * @param {string} id
 * @param {(() => void) | null} [write] opens the chat to this person
 */
export function personMenu(button, session, id, write = null) {
    const person = session.roster.people.get(id);
    if (person === undefined || id === session.self) return;
    const { name } = person;
    const keeper = session.isKeeper;
    openMenu(button, t("tile.menu", { name }), [
        write !== null && { label: t("people.message"), icon: "chat", act: write },
        keeper && person.microphone && { label: t("people.mute"), icon: "micOff", act: () => session.mute(id) },
        keeper && person.hand && { label: t("people.lowerHand"), icon: "hand", act: () => session.lowerHand(id) },
        session.role === "host" && person.role === "guest" && { label: t("people.makeCohost"), icon: "people", act: () => session.setRole(id, "cohost") },
        session.role === "host" && person.role === "cohost" && { label: t("people.makeGuest"), icon: "people", act: () => session.setRole(id, "guest") },
        keeper && person.role !== "host" && { label: t("people.remove"), icon: "leave", style: "menu-end", act: async () => {
            if (await confirmEnd(t("dialog.remove.title", { name }), t("dialog.remove.lead"), "dialog.remove")) session.remove(id);
        } },
    ]);
}

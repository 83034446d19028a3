// SPDX-License-Identifier: Apache-2.0
import { confirmEnd } from "../dialog.js";
import { t } from "../i18n.js";
import { openMenu } from "./menu.js";

/**
 * What one may do about a person: first what concerns only one's own view, then, for hosts and
 * co-hosts, what concerns everyone.
 * @param {HTMLElement} button
 * @param {import("../../types/meeting").Meeting} session
 * @param {string} id
 * @param {import("./menu.js").MenuItem[]} own
 */
export function personMenu(button, session, id, own) {
    const person = session.roster.people.get(id);
    if (person === undefined) return;
    const name = person.name || t("people.nameless");
    const other = id !== session.self;
    const keeper = session.isKeeper && other;
    openMenu(button, t("tile.menu", { name }), [
        ...own,
        keeper && person.microphone && { label: t("people.mute"), icon: "micOff", act: () => session.mute(id) },
        keeper && person.hand && { label: t("people.lowerHand"), icon: "hand", act: () => session.lowerHand(id) },
        other && session.role === "host" && person.role === "guest" && { label: t("people.makeCohost"), icon: "people", act: () => session.setRole(id, "cohost") },
        other && session.role === "host" && person.role === "cohost" && { label: t("people.makeGuest"), icon: "people", act: () => session.setRole(id, "guest") },
        keeper && (person.role === "guest" || session.role === "host") && { label: t("people.remove"), icon: "leave", style: "menu-end", act: async () => {
            if (await confirmEnd(t("dialog.remove.title", { name }), t("dialog.remove.lead"), "dialog.remove")) session.remove(id);
        } },
    ]);
}

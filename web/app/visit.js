// SPDX-License-Identifier: Apache-2.0
import { Session } from "../meeting/session.js";
import { announce } from "./announce.js";
import { fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { endingPage, lobbyPage } from "./moments.js";
import { nodeOrigin } from "./place.js";
import { keepPlace } from "./return.js";
import { closeMenu } from "./room/menu.js";
import { Room } from "./room/room-view.js";

/**
 * One visit to a meeting, page by page: the door, the room, the end.
 * @param {{
 *   page: HTMLElement, secret: string, alias: string, name: string, media: import("../meeting/local-media.js").LocalMedia,
 *   hostToken: string | null, again: () => void, place?: import("./return.js").Place, ready?: Promise<void>,
 * }} visit place: kept by the page before; ready: when to go in
 */
export function attend({ page, secret, alias, name, media, hostToken, again, place, ready = Promise.resolve() }) {
    const session = new Session({ node: nodeOrigin(), meeting: alias, name, hostToken, resume: place?.resume, media });
    const stop = new AbortController();
    const { signal } = stop;

    const show = () => {
        if (session.phase === "waiting") {
            fill(page, lobbyPage({ session, name, preview: preview(media, signal), signal }));
            announce(t("lobby.wait"));
        } else if (session.phase === "inside") {
            const room = new Room({ session, media, secret, signal });
            fill(page, room.element);
            room.stage.element.focus({ preventScroll: true });
        } else if (session.phase === "over") {
            closeMenu();
            for (const dialog of document.querySelectorAll("dialog")) dialog.close("");
            fill(page, endingPage(session.ending ?? { reason: "left", by: null }, again));
            stop.abort();
        }
    };
    session.on("phase", show, signal);
    // Reloading and closing look alike from in here. The node waits a little for whoever may come back.
    addEventListener("pagehide", (event) => {
        if (event.persisted) return;
        if (keepPlace(placeOf(session, media, alias, place))) session.away();
        else session.leave();
    }, { signal });
    // A link pasted over this one is another meeting.
    addEventListener("hashchange", () => session.leave(), { signal });
    show();
    void ready.then(() => { if (!signal.aborted) session.start(); });
}

/**
 * @param {Session} session @param {import("../meeting/local-media.js").LocalMedia} media @param {string} alias
 * @param {import("./return.js").Place | undefined} before
 * @returns {import("./return.js").Place | null} null: nobody is inside
 */
function placeOf(session, media, alias, before) {
    if (session.resume === "") return null;
    if (session.phase === "joining" && before !== undefined) return before;
    return {
        meeting: alias, resume: session.resume, name: session.name, unmuted: media.unmuted, camera: media.cameraWanted,
        deviceIds: media.deviceIds, at: Date.now(),
    };
}

/** @param {import("../meeting/local-media.js").LocalMedia} media @param {AbortSignal} signal @returns {HTMLElement | null} */
function preview(media, signal) {
    const track = media.tracks.camera;
    if (track === null) return null;
    const video = h("video", { playsinline: true, autoplay: true, "aria-hidden": "true" });
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    signal.addEventListener("abort", () => { video.srcObject = null; });
    return h("div", { class: "preview door-preview" }, video);
}

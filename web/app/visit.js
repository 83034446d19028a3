// SPDX-License-Identifier: Apache-2.0
import { Session } from "../meeting/session.js";
import { agreeTo } from "./agree.js";
import { announce } from "./announce.js";
import { fill, h } from "./dom.js";
import { endingPage } from "./endings.js";
import { keepHosting } from "./hosting.js";
import { t } from "./i18n.js";
import { lobbyPage } from "./moments.js";
import { nodeOrigin, setSecretHere } from "./place.js";
import { keepPlace } from "./return.js";
import { closeMenu } from "./room/menu.js";
import { Room } from "./room/room-view.js";

/** @typedef {import("../types/meeting").Meeting} Meeting */
/** @typedef {import("../meeting/local-media.js").LocalMedia} LocalMedia */

/**
 * Goes to a meeting.
 * @param {{
 *   page: HTMLElement, secret: string, name: string, media: LocalMedia, identity?: string,
 *   founding?: import("./prejoin.js").Founding, again: () => void, place?: import("./return.js").Place, ready?: Promise<void>,
 * }} visit identity: of its host, or kept by the page before; founding: decided by whoever starts it; place: kept by the
 *   page before; ready: when to go in
 */
export function attend({ page, secret, name, media, identity, founding, again, place, ready = Promise.resolve() }) {
    const session = new Session({
        node: nodeOrigin(), secret, identity, isReturning: place !== undefined, handRaised: place?.hand, name, founding, media,
        // Whoever comes back after a reload has agreed already, and whoever founds the meeting has decided it.
        agree: place === undefined && identity === undefined ? agreeTo : undefined,
    });
    showVisit({ page, session, secret, name, media, again, place });
    void ready.then(() => { if (session.phase !== "over") session.start(); });
}

/**
 * One visit to a meeting, page by page: the door, the room, the end.
 * @param {{page: HTMLElement, session: Meeting, secret: string, name: string, media: LocalMedia, again: () => void, place?: import("./return.js").Place}} visit
 */
export function showVisit({ page, session, secret, name, media, again, place }) {
    const stop = new AbortController();
    const { signal } = stop;

    const show = () => {
        if (session.phase === "waiting") {
            fill(page, lobbyPage({ session, name, preview: preview(media, signal), signal }));
            announce(t("lobby.wait"));
        } else if (session.phase === "inside") {
            const room = new Room({ session, media, signal });
            fill(page, room.element);
            room.stage.element.focus({ preventScroll: true });
        } else if (session.phase === "over") {
            closeMenu();
            for (const dialog of document.querySelectorAll("dialog")) dialog.close("");
            // Before the page goes: a recording that runs is saved.
            stop.abort();
            fill(page, endingPage(session.ending ?? { reason: "left", by: null }, again));
        }
    };
    session.on("phase", show, signal);
    session.on("link", (current) => setSecretHere(current), signal);
    // By the link that this browser came by, which may be a bookmark, and by the current one.
    session.on("identity", () => keepHosting([secret, session.security.linkSecret], session.identity), signal);
    // Reloading and closing look alike from in here. The node waits a little for whoever may come back.
    addEventListener("pagehide", (event) => {
        if (event.persisted) return;
        if (keepPlace(placeOf(session, media, place))) session.away();
        else session.leave();
    }, { signal });
    // A link pasted over this one is another meeting.
    addEventListener("hashchange", () => session.leave(), { signal });
    show();
}

/**
 * @param {Meeting} session @param {LocalMedia} media
 * @param {import("./return.js").Place | undefined} before
 * @returns {import("./return.js").Place | null} null: nobody is inside
 */
function placeOf(session, media, before) {
    if (session.identity === "") return session.phase === "joining" && before !== undefined ? before : null;
    return {
        secret: session.security.linkSecret, identity: session.identity, name: session.name, unmuted: media.unmuted, camera: media.cameraWanted,
        hand: session.handRaised, deviceIds: media.deviceIds, at: Date.now(),
    };
}

/** @param {LocalMedia} media @param {AbortSignal} signal @returns {HTMLElement | null} */
function preview(media, signal) {
    const track = media.tracks.camera;
    if (track === null) return null;
    const video = h("video", { playsinline: true, autoplay: true, "aria-hidden": "true" });
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    signal.addEventListener("abort", () => { video.srcObject = null; });
    return h("div", { class: "preview door-preview" }, video);
}

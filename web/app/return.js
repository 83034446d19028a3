// SPDX-License-Identifier: Apache-2.0

// The way back after a reload. Who this page is in the meeting (its signature key, the link, the host key if it hosts) is
// written when the page goes, and taken out when the next one comes; in between it lies in this tab's storage, and at no
// other time. So a duplicated tab finds nothing to copy, and nothing is left over after leaving. In between, whoever can run
// script of this origin in this tab, or reads the memory of the browser's profile, could be this person in this meeting.

/**
 * @typedef {{
 *   secret: string, identity: string, name: string, unmuted: boolean, camera: boolean, hand: boolean,
 *   deviceIds: Record<"microphone" | "camera", string>, at: number,
 * }} Place secret: the link's; identity: with its keys; at: when the page went, milliseconds
 */

const KEY = "vigil.return";
/** The node keeps a place for 10 seconds; later one would come in as a newcomer, without being asked. */
const FRESH = 9_000;

/** @param {Place | null} place @returns {boolean} whether there is one that the next page will find */
export function keepPlace(place) {
    if (place === null) return false;
    try {
        sessionStorage.setItem(KEY, JSON.stringify(place));
        return true;
    } catch {
        return false;
    }
}

/**
 * Takes the place out of the storage, wherever it leads.
 * @param {string} secret the link's
 * @returns {Place | null} null: this is a first visit, or too long ago
 */
export function takePlace(secret) {
    try {
        const text = sessionStorage.getItem(KEY);
        sessionStorage.removeItem(KEY);
        const place = JSON.parse(text ?? "null");
        if (place?.secret !== secret || typeof place.identity !== "string" || typeof place.name !== "string") return null;
        const age = Date.now() - place.at;
        if (!(age >= 0 && age < FRESH)) return null;
        const { microphone, camera } = place.deviceIds ?? {};
        return {
            secret, identity: place.identity, name: place.name, unmuted: place.unmuted === true, camera: place.camera === true, hand: place.hand === true,
            deviceIds: { microphone: String(microphone ?? ""), camera: String(camera ?? "") }, at: place.at,
        };
    } catch {
        return null;
    }
}

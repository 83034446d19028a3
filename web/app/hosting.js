// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from "../crypto/base64url.js";
import { hostingPart } from "../crypto/member.js";

// What makes this browser the organiser of a meeting: the card's host key, under the secret of each link to it. Whoever
// can read this browser's storage for this origin can read it: the person's own profile, and any script that this origin
// serves. It is never sent anywhere; the node learns nothing but signatures made with it.

const PREFIX = "vigil.host.";
const LIMIT = 50;

/** @param {string} secret the link's @returns {string | null} the identity to found or host its meeting with */
export function hostingOf(secret) {
    try {
        return localStorage.getItem(PREFIX + secret)?.split(" ")[0] ?? null;
    } catch {
        return null;
    }
}

/**
 * Keeps the host key under every link that this browser may come by.
 * @param {string[]} secrets
 * @param {string} identity as the meeting has it now; of a guest nothing is kept
 */
export function keepHosting(secrets, identity) {
    const bytes = decode(identity);
    const part = bytes === null ? null : hostingPart(bytes);
    if (part === null) return;
    try {
        forgetOldest();
        for (const secret of new Set(secrets)) localStorage.setItem(PREFIX + secret, `${encode(part)} ${Date.now()}`);
    } catch { /* no storage: host for as long as this page lives */ }
}

/** Keeps the newest few, so that old meetings don't pile up on the device. */
function forgetOldest() {
    const kept = Object.keys(localStorage)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => ({ key, at: Number(localStorage.getItem(key)?.split(" ")[1] ?? 0) }))
        .sort((a, b) => b.at - a.at);
    for (const { key } of kept.slice(LIMIT - 2)) localStorage.removeItem(key);
}

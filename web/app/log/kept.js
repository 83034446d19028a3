// SPDX-License-Identifier: Apache-2.0

// What this browser keeps of a log, by the log's address: the last checkpoint that was in order, and the person's own policy.

/**
 * @typedef {{ note: string, size: number, seconds: number }} Seen a checkpoint and when it was seen
 */

/** @param {string} kind @param {string} prefix */
const key = (kind, prefix) => `vigil.log.${kind}.${prefix}`;

/** @param {string} name @returns {string | null} */
function read(name) {
    try {
        return localStorage.getItem(name);
    } catch {
        return null;
    }
}

/** @param {string} name @param {string | null} value */
function write(name, value) {
    try {
        if (value === null) localStorage.removeItem(name);
        else localStorage.setItem(name, value);
    } catch { /* a private window forgets */ }
}

/** @param {string} prefix @returns {Seen | null} */
export function lastSeen(prefix) {
    try {
        const { note, size, seconds } = JSON.parse(read(key("seen", prefix)) ?? "null") ?? {};
        return typeof note === "string" && Number.isSafeInteger(size) && Number.isSafeInteger(seconds) ? { note, size, seconds } : null;
    } catch {
        return null;
    }
}

/** @param {string} prefix @param {Seen} seen */
export function keepSeen(prefix, seen) {
    write(key("seen", prefix), JSON.stringify(seen));
}

/** @param {string} prefix @returns {string | null} the person's own policy */
export function ownPolicy(prefix) {
    return read(key("policy", prefix));
}

/** @param {string} prefix @param {string | null} policy */
export function keepPolicy(prefix, policy) {
    write(key("policy", prefix), policy);
}

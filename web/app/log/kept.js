// SPDX-License-Identifier: Apache-2.0
import { preferences } from "../preferences.js";

// What this browser keeps of a log, by the log's address: the last checkpoint that was in order, and the person's own policy.

/**
 * @typedef {{ note: string, size: number, seconds: number }} Seen a checkpoint and when it was seen
 */

/** @param {string} prefix @returns {Seen | null} */
export function lastSeen(prefix) {
    try {
        const { note, size, seconds } = JSON.parse(preferences.get(`log.seen.${prefix}`));
        return typeof note === "string" && Number.isSafeInteger(size) && Number.isSafeInteger(seconds) ? { note, size, seconds } : null;
    } catch {
        return null;
    }
}

/** @param {string} prefix @param {Seen} seen */
export function keepSeen(prefix, seen) {
    preferences.set(`log.seen.${prefix}`, JSON.stringify(seen));
}

/** @param {string} prefix @returns {string} the person's own policy, or nothing */
export function ownPolicy(prefix) {
    return preferences.get(`log.policy.${prefix}`);
}

/** @param {string} prefix @param {string} policy nothing: the node's counts again */
export function keepPolicy(prefix, policy) {
    preferences.set(`log.policy.${prefix}`, policy);
}

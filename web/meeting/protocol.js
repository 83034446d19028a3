// SPDX-License-Identifier: Apache-2.0
// The shapes of docs/protocol.md as this client uses them.

export const PROTOCOL_VERSION = 2;

/** @typedef {"host" | "cohost" | "guest"} Role */
/** @typedef {"microphone" | "camera" | "screen" | "screenAudio"} Source */
/** @typedef {"off" | "low" | "medium" | "high"} Layer */
/** @typedef {"good" | "fair" | "poor" | "lost"} Quality */
/** @typedef {{mid: string, participant: string, source: Source}} SubscribedTrack */
/** @typedef {{participant: string, source: "camera" | "screen", layer: Layer}} LayerWish */
/** @typedef {{type: string, [member: string]: any}} Message a message of either direction; members are checked where they are used */

/**
 * Reads one text frame.
 * @param {unknown} data
 * @returns {Message | null} null when it is not a protocol message
 */
export function readMessage(data) {
    if (typeof data !== "string") return null;
    try {
        const value = JSON.parse(data);
        return typeof value === "object" && value !== null && typeof value.type === "string" ? value : null;
    } catch {
        return null;
    }
}

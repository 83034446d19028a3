// SPDX-License-Identifier: Apache-2.0
// The shapes of docs/protocol.md as this client uses them.

export const PROTOCOL_VERSION = 1;

/** @typedef {"host" | "cohost" | "guest"} Role */
/** @typedef {"microphone" | "camera" | "screen" | "screenAudio"} Source */
/** @typedef {"off" | "low" | "medium" | "high"} Layer */
/** @typedef {"good" | "fair" | "poor" | "lost"} Quality */
/** @typedef {{id: string, name: string, role: Role, microphone: boolean, camera: boolean, screen: boolean, hand: boolean, connected: boolean}} Participant */
/** @typedef {{participant: string, name: string}} Knock */
/** @typedef {{id: string, from: string, name: string, text: string, private: boolean, to?: string, at: number}} ChatMessage */
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

/**
 * What a node sends is data, not truth: a participant without the members we rely on is dropped.
 * @param {any} value
 * @returns {Participant | null}
 */
export function readParticipant(value) {
    if (typeof value?.id !== "string" || typeof value.name !== "string") return null;
    return {
        id: value.id, name: value.name,
        role: value.role === "host" || value.role === "cohost" ? value.role : "guest",
        microphone: value.microphone === true, camera: value.camera === true, screen: value.screen === true,
        hand: value.hand === true, connected: value.connected !== false,
    };
}

/**
 * @param {any} value
 * @returns {ChatMessage | null}
 */
export function readChat(value) {
    if (typeof value?.id !== "string" || typeof value.from !== "string" || typeof value.text !== "string") return null;
    return {
        id: value.id, from: value.from, name: String(value.name ?? ""), text: value.text,
        private: value.private === true, to: typeof value.to === "string" ? value.to : undefined, at: Number(value.at) || 0,
    };
}

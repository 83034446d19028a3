// SPDX-License-Identifier: Apache-2.0

// Which bytes of a frame stay in the clear, and which streams there are.

/** @typedef {"microphone" | "camera" | "screen" | "screenAudio"} Source */

/**
 * One member's streams in the key identifier (docs/sframe.md): each has its own key and counter.
 * @type {Readonly<Record<Source, bigint>>}
 */
export const CONTEXTS = Object.freeze({ microphone: 0n, camera: 1n, screen: 2n, screenAudio: 3n });

/**
 * What the node and the depacketizer read of a VP8 frame: frame tag, and for a key frame start code and size as well
 * (RFC 6386 §9.1). They are authenticated as metadata, so that they can be read but not changed.
 */
const VP8_KEY = 10;
const VP8_DELTA = 3;

/**
 * @param {string | undefined} mimeType of the frame's metadata, e.g. "video/VP8"
 * @param {Uint8Array} frame plain or sealed: the clear bytes are the same
 * @returns {number | null} how many bytes in front stay clear; nothing for a frame that isn't carried at all
 */
export function clearLength(mimeType, frame) {
    switch (mimeType?.toLowerCase()) {
    case "audio/opus":
    case "video/vp9":
        return 0;
    case "video/vp8": {
        const first = frame[0];
        if (first === undefined) return null;
        const length = (first & 1) === 0 ? VP8_KEY : VP8_DELTA;
        return frame.length < length ? null : length;
    }
    default:
        return null;
    }
}

// SPDX-License-Identifier: Apache-2.0

/**
 * Camera: three sizes at once, low to high; the node forwards the one each viewer asks for.
 * @returns {RTCRtpEncodingParameters[]}
 */
export function cameraEncodings() {
    return [
        { rid: "l", scaleResolutionDownBy: 4, maxBitrate: 150_000, maxFramerate: 15 },
        { rid: "m", scaleResolutionDownBy: 2, maxBitrate: 500_000 },
        { rid: "h", scaleResolutionDownBy: 1, maxBitrate: 1_700_000 },
    ];
}

/**
 * A screen: one picture, sharp rather than smooth.
 * @returns {RTCRtpEncodingParameters[]}
 */
export function screenEncodings() {
    return [{ maxBitrate: 3_500_000, maxFramerate: 15 }];
}

// SPDX-License-Identifier: Apache-2.0

/**
 * What a browser's Opus encoder does is set by the answer it is given: forward error correction and
 * silence without packets for speech, stereo and no silence tricks for a shared screen's sound.
 * @param {string} sdp the node's answer
 * @param {Set<string>} stereoMids mids that carry a screen's sound
 * @returns {string}
 */
export function tuneOpus(sdp, stereoMids) {
    return sdp.split(/(?=^m=)/m).map((section) => {
        const payloadType = /^a=rtpmap:(\d+) opus\/48000/im.exec(section)?.[1];
        if (payloadType === undefined) return section;
        const mid = /^a=mid:(\S+)/m.exec(section)?.[1] ?? "";
        const wanted = stereoMids.has(mid)
            ? { stereo: "1", "sprop-stereo": "1", useinbandfec: "1", maxaveragebitrate: "128000" }
            : { usedtx: "1", useinbandfec: "1", maxaveragebitrate: "40000" };
        const line = new RegExp(`^a=fmtp:${payloadType} (.*?)\\r?$`, "m");
        const existing = line.exec(section)?.[1] ?? "";
        const parameters = new Map(existing.split(";").map((part) => part.trim()).filter((part) => part !== "")
            .map((part) => /** @type {[string, string]} */ (part.split("=").length === 2 ? part.split("=") : [part, ""])));
        for (const [name, value] of Object.entries(wanted)) parameters.set(name, value);
        const written = `a=fmtp:${payloadType} ${[...parameters].map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join(";")}`;
        if (line.test(section)) return section.replace(line, `${written}\r`);
        return section.replace(/^(a=rtpmap:\d+ opus\/48000.*?)\r?$/im, `$1\r\n${written}\r`);
    }).join("");
}

/** What survives being encrypted frame by frame, best first; retransmissions come along. */
const CARRIED = ["audio/opus", "video/vp8", "video/vp9", "video/rtx"];

/**
 * Leaves the codecs in the negotiation whose frames can be sealed, VP8 before VP9.
 * @param {RTCRtpTransceiver} transceiver
 */
export function carryOnly(transceiver) {
    const codecs = RTCRtpReceiver.getCapabilities?.(transceiver.receiver.track.kind)?.codecs ?? [];
    /** @param {{mimeType: string}} codec */
    const rank = ({ mimeType }) => CARRIED.indexOf(mimeType.toLowerCase());
    const carried = codecs.filter((codec) => rank(codec) >= 0 && /profile-id=[1-3]/.test(codec.sdpFmtpLine ?? "") === false);
    try {
        transceiver.setCodecPreferences?.(carried.sort((one, other) => rank(one) - rank(other)));
    } catch { /* whatever is negotiated then: the worker seals and opens no other codec */ }
}

/**
 * Firefox keeps feedback lines of codecs that were taken out, and others refuse such a description.
 * @param {string} sdp @returns {string}
 */
export function withoutOrphans(sdp) {
    return sdp.split(/(?=^m=)/m).map((section) => {
        const offered = /^m=(?:audio|video) \S+ \S+ (.*?)\r?$/m.exec(section)?.[1]?.split(" ");
        if (offered === undefined) return section;
        return section.replace(/^a=(?:rtcp-fb|fmtp|rtpmap):(\d+) .*\r?\n/gm, (line, format) => (offered.includes(format) ? line : ""));
    }).join("");
}

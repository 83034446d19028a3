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

/**
 * Puts one codec first. Never drops the others: Firefox then leaves feedback lines of removed
 * codecs in its offer, which others refuse.
 * @param {RTCRtpTransceiver} transceiver
 * @param {string} mimeType
 */
export function preferCodec(transceiver, mimeType) {
    const codecs = RTCRtpSender.getCapabilities?.("video")?.codecs;
    if (codecs === undefined || typeof transceiver.setCodecPreferences !== "function") return;
    const wanted = mimeType.toLowerCase();
    const first = codecs.filter((codec) => codec.mimeType.toLowerCase() === wanted);
    const rest = codecs.filter((codec) => codec.mimeType.toLowerCase() !== wanted);
    try {
        transceiver.setCodecPreferences([...first, ...rest]);
    } catch { /* an old browser keeps its own order */ }
}

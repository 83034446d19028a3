// SPDX-License-Identifier: Apache-2.0
import { h } from "./dom.js";

/** @typedef {"unsupported.webrtc" | "unsupported.websocket" | "unsupported.crypto" | "unsupported.media" | "unsupported.insecure"} Missing */

/**
 * What this browser lacks for a meeting; empty when it has all.
 * @returns {Missing[]}
 */
export function missingPieces() {
    if (!globalThis.isSecureContext) return ["unsupported.insecure"];
    /** @type {Missing[]} */
    const missing = [];
    if (typeof RTCPeerConnection === "undefined" || !("addTransceiver" in RTCPeerConnection.prototype)
        || typeof RTCRtpScriptTransform === "undefined") missing.push("unsupported.webrtc");
    if (typeof WebSocket === "undefined") missing.push("unsupported.websocket");
    if (globalThis.crypto?.subtle === undefined) missing.push("unsupported.crypto");
    if (navigator.mediaDevices?.getUserMedia === undefined) missing.push("unsupported.media");
    return missing;
}

/** @param {Missing[]} missing @returns {HTMLElement} */
export function unsupportedView(missing) {
    const pieces = missing.includes("unsupported.insecure")
        ? [h("p", { class: "lead", t: "unsupported.insecure" })]
        : [
            h("p", { class: "lead", t: "unsupported.lead" }),
            h("ul", { class: "plain-list" }, missing.map((key) => h("li", { t: key }))),
            h("p", { class: "lead", t: "unsupported.next" }),
        ];
    return h("section", { class: "moment-text" }, h("h1", { t: "unsupported.title" }), ...pieces);
}

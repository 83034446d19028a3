// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";

const ADDRESS = /https?:\/\/[^\s<>"“”「」]+/gi;
// A sentence's own marks after an address don't belong to it.
const TRAILING = /[.,;:!?)\]}'’”。，；：！？）】》]+$/u;

/**
 * Text with its web addresses as links: http and https only, opened apart, without telling where from.
 * @param {string} text
 * @returns {(string | HTMLAnchorElement)[]}
 */
export function linkify(text) {
    /** @type {(string | HTMLAnchorElement)[]} */
    const pieces = [];
    let at = 0;
    for (const match of text.matchAll(ADDRESS)) {
        const address = match[0].replace(TRAILING, "");
        const start = match.index ?? 0;
        if (!isWeb(address)) continue;
        pieces.push(text.slice(at, start), h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address));
        at = start + address.length;
    }
    pieces.push(text.slice(at));
    return pieces.filter((piece) => piece !== "");
}

/** @param {string} address */
function isWeb(address) {
    try {
        const { protocol, username, password } = new URL(address);
        // A name before the host makes an address look like another's.
        return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
    } catch {
        return false;
    }
}

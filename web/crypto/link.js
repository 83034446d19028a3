// SPDX-License-Identifier: Apache-2.0
import { decode } from "./base64url.js";

// A meeting's link is https://NODE/m#SECRET. The secret never leaves the browser: a fragment is not sent with a request,
// and the node is told only an alias that the core derives from it (docs/protocol.md).

const SECRET_BYTES = 16;

/**
 * @param {string} text
 * @returns {boolean} whether this is a well-formed meeting secret
 */
export function isSecret(text) {
    return decode(text)?.length === SECRET_BYTES;
}

/**
 * Reads what a person typed or pasted: a whole link, a link without its scheme, or the bare code.
 * @param {string} text
 * @returns {{secret: string, node: string | null} | null} node: origin of the link, null for a bare code
 */
export function readInvitation(text) {
    const trimmed = text.trim();
    if (isSecret(trimmed)) return { secret: trimmed, node: null };
    const hash = trimmed.lastIndexOf("#");
    if (hash < 0) return null;
    const secret = trimmed.slice(hash + 1);
    if (!isSecret(secret)) return null;
    const address = trimmed.slice(0, hash);
    if (address === "") return { secret, node: null };
    const node = readNode(address);
    return node === null ? null : { secret, node };
}

/**
 * The origin a link or a `?node=` names. A client served by one origin may use another as its node.
 * @param {string} text
 * @returns {string | null}
 */
export function readNode(text) {
    try {
        const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
        if (url.protocol !== "https:" && url.protocol !== "http:") return null;
        const inner = url.searchParams.get("node");
        return inner === null ? url.origin : readNode(inner);
    } catch {
        return null;
    }
}

// SPDX-License-Identifier: Apache-2.0
import { isSecret, readNode } from "../crypto/link.js";

// Where things are. The bundle runs from any origin: the node is this page's own origin unless the
// address says `?node=…`.

/** @returns {string} the origin of the node this page speaks to */
export function nodeOrigin() {
    const named = new URLSearchParams(location.search).get("node");
    return (named === null ? null : readNode(named)) ?? location.origin;
}

/** @returns {string} the node's name as a person reads it */
export function nodeHost() {
    return new URL(nodeOrigin()).host;
}

/** @returns {string | null} the secret in this page's address */
export function secretHere() {
    const secret = location.hash.slice(1);
    return isSecret(secret) ? secret : null;
}

/**
 * The link has changed: the address of this page follows, so that copying or loading it again uses the current one.
 * @param {string} secret
 */
export function setSecretHere(secret) {
    history.replaceState(history.state, "", `#${secret}`);
}

/**
 * The meeting page of this bundle. The node serves it at /m; any other static server as m.html.
 * @param {string} node
 * @param {string} secret
 * @returns {string}
 */
export function meetingPage(node, secret) {
    const ours = node === location.origin;
    const page = new URL(ours && !location.pathname.endsWith(".html") ? "m" : "m.html", location.href);
    page.search = ours ? "" : `?node=${encodeURIComponent(node)}`;
    page.hash = secret;
    return page.href;
}

/**
 * What people pass on: the node's own page.
 * @param {string} secret
 * @returns {string}
 */
export function invitation(secret) {
    return `${nodeOrigin()}/m#${secret}`;
}

/** @returns {string} the page of the node's log; the node serves it at /log */
export function logPage() {
    return publicPage("log");
}

/** @returns {string} the page of the transparency report; the node serves it at /report */
export function reportPage() {
    return publicPage("report");
}

/** @param {string} name */
function publicPage(name) {
    const ours = nodeOrigin() === location.origin;
    const page = new URL(ours && !location.pathname.endsWith(".html") ? name : `${name}.html`, location.href);
    page.search = location.search;
    page.hash = "";
    return page.href;
}

/** @returns {string} the first page of this bundle */
export function firstPage() {
    const page = new URL(location.pathname.endsWith(".html") ? "index.html" : "./", location.href);
    page.search = location.search;
    page.hash = "";
    return page.href;
}

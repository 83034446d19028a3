// SPDX-License-Identifier: Apache-2.0

// Choices stay on this device. Nothing here is ever sent, except the name a person joins with.

/** @type {{[name: string]: string}} */
const defaults = {
    name: "", microphone: "", camera: "", speaker: "", language: "", theme: "",
    microphoneOn: "yes", cameraOn: "yes", selfView: "yes", layout: "grid",
};
const PREFIX = "vigil.";
const HOST_PREFIX = "vigil.host.";
const HOST_LIMIT = 50;

/**
 * A private window or a strict browser may refuse storage; then choices last as long as the page.
 * @type {Map<string, string>}
 */
const fallback = new Map();

/** @param {string} key @returns {string | null} */
function read(key) {
    try {
        return localStorage.getItem(key) ?? fallback.get(key) ?? null;
    } catch {
        return fallback.get(key) ?? null;
    }
}

/** @param {string} key @param {string} value */
function write(key, value) {
    fallback.set(key, value);
    try {
        localStorage.setItem(key, value);
    } catch { /* the fallback holds it */ }
}

export const preferences = {
    /** @param {string} name @returns {string} */
    get(name) {
        return read(PREFIX + name) ?? defaults[name] ?? "";
    },
    /** @param {string} name @param {string} value */
    set(name, value) {
        write(PREFIX + name, value);
    },
};

/**
 * The token of a meeting that this browser started, or null.
 * @param {string} alias
 * @returns {string | null}
 */
export function hostToken(alias) {
    return read(HOST_PREFIX + alias)?.split(" ")[0] ?? null;
}

/** @param {string} alias @param {string} token */
export function keepHostToken(alias, token) {
    forgetOldTokens();
    write(HOST_PREFIX + alias, `${token} ${Date.now()}`);
}

/**
 * The meeting is known by another alias now; who hosts it stays its host.
 * @param {string} before @param {string} after aliases
 */
export function moveHostToken(before, after) {
    const token = hostToken(before);
    if (token !== null && before !== after) keepHostToken(after, token);
}

/** Keeps the newest few, so that old meetings don't pile up on the device. */
function forgetOldTokens() {
    try {
        const kept = Object.keys(localStorage)
            .filter((key) => key.startsWith(HOST_PREFIX))
            .map((key) => ({ key, at: Number(localStorage.getItem(key)?.split(" ")[1] ?? 0) }))
            .sort((a, b) => b.at - a.at);
        for (const { key } of kept.slice(HOST_LIMIT - 1)) localStorage.removeItem(key);
    } catch { /* no storage, nothing to forget */ }
}

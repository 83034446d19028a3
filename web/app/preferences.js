// SPDX-License-Identifier: Apache-2.0

// Choices stay on this device. Nothing here is ever sent, except the name a person joins with.

/** @type {{[name: string]: string}} */
const defaults = {
    name: "", microphone: "", camera: "", speaker: "", language: "", theme: "",
    microphoneOn: "yes", cameraOn: "yes", selfView: "yes", layout: "grid",
};
const PREFIX = "vigil.";

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

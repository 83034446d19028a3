// SPDX-License-Identifier: Apache-2.0

/** Why a log can't be read; says nothing about whether it is in order. */
export class UnreadableLog extends Error {
    /** @param {string} path */
    constructor(path) {
        super(`${path} can't be fetched`);
        this.name = "UnreadableLog";
    }
}

const MOST_BYTES = 256 * (2 + 65_535); // a bundle of the longest entries (C2SP tlog-tiles)
const AT_ONCE = 8;

/** A log somewhere on the web, read by its prefix (C2SP tlog-tiles). */
export class LogSource {
    /** @param {string} prefix without a slash at its end */
    constructor(prefix) {
        this.prefix = prefix;
    }

    /**
     * A few at a time, in their order.
     * @param {string[]} paths
     * @returns {Promise<(Uint8Array | null)[]>} null for what the server says it doesn't have
     * @throws {UnreadableLog}
     */
    async fetch(paths) {
        /** @type {(Uint8Array | null)[]} */
        const files = new Array(paths.length).fill(null);
        let next = 0;
        const work = async () => {
            while (next < paths.length) {
                const place = next;
                next += 1;
                files[place] = await this.#file(paths[place]);
            }
        };
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, paths.length) }, work));
        return files;
    }

    /** @param {string} path */
    async #file(path) {
        let response;
        try {
            response = await fetch(`${this.prefix}/${path}`, {
                cache: path.startsWith("tile/") ? "default" : "no-cache", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
            });
        } catch {
            throw new UnreadableLog(path);
        }
        if (response.status === 404 || response.status === 410) return null;
        if (!response.ok || response.body === null) throw new UnreadableLog(path);
        return bounded(response.body, path);
    }
}

/**
 * No server gets to fill the memory.
 * @param {ReadableStream<Uint8Array>} body
 * @param {string} path
 */
async function bounded(body, path) {
    const reader = body.getReader();
    /** @type {Uint8Array[]} */
    const parts = [];
    let length = 0;
    for (;;) {
        let piece;
        try {
            piece = await reader.read();
        } catch {
            throw new UnreadableLog(path);
        }
        if (piece.done) break;
        length += piece.value.length;
        if (length > MOST_BYTES) {
            void reader.cancel();
            throw new UnreadableLog(path);
        }
        parts.push(piece.value);
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
    }
    return bytes;
}

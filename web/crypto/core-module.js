// SPDX-License-Identifier: Apache-2.0

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/**
 * The core, fetched and compiled once a page: instances of it run here and in the worker that seals frames.
 * @returns {Promise<WebAssembly.Module>}
 */
export function coreModule() {
    compiled ??= WebAssembly.compileStreaming(fetch(new URL("./vigil-core.wasm", import.meta.url))).catch((error) => {
        // Another try may find the network back.
        compiled = null;
        throw error;
    });
    return compiled;
}

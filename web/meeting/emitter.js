// SPDX-License-Identifier: Apache-2.0

/**
 * Typed events without the DOM's EventTarget.
 * @template {Record<string, any>} Events event name → what its listeners are given
 */
export class Emitter {
    /** @type {Map<keyof Events, Set<(detail: any) => void>>} */
    #listeners = new Map();

    /**
     * @template {keyof Events} K
     * @param {K} name
     * @param {(detail: Events[K]) => void} listener
     * @param {AbortSignal} [signal] stops listening
     * @returns {() => void} stops listening
     */
    on(name, listener, signal) {
        const set = this.#listeners.get(name) ?? new Set();
        this.#listeners.set(name, set);
        set.add(listener);
        const stop = () => { set.delete(listener); };
        signal?.addEventListener("abort", stop);
        return stop;
    }

    /**
     * @template {keyof Events} K
     * @param {K} name
     * @param {Events[K]} detail
     */
    emit(name, detail) {
        for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(detail);
    }
}

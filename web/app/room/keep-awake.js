// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps a phone's screen on during a meeting, where the browser can.
 * @param {AbortSignal} signal
 */
export function keepAwake(signal) {
    const { wakeLock } = navigator;
    if (wakeLock === undefined) return;
    /** @type {WakeLockSentinel | null} */
    let lock = null;
    const ask = async () => {
        if (document.hidden || signal.aborted) return;
        try {
            lock = await wakeLock.request("screen");
        } catch { /* low battery, or the person's own setting */ }
    };
    // The lock goes when the page is hidden.
    document.addEventListener("visibilitychange", ask, { signal });
    signal.addEventListener("abort", () => { void lock?.release(); });
    void ask();
}

// SPDX-License-Identifier: Apache-2.0
import { h } from "../dom.js";
import { preferences } from "../preferences.js";

/**
 * Plays what others say, one element for each voice and each shared sound.
 * @param {import("../../types/meeting").Meeting} session
 * @param {AbortSignal} signal
 * @param {(blocked: boolean, play: () => void) => void} onBlocked the browser wants a click first
 * @returns {HTMLElement}
 */
export function soundBox(session, signal, onBlocked) {
    const box = h("div", { hidden: true });
    /** @type {Map<string, HTMLAudioElement>} */
    const players = new Map();

    const play = () => {
        void Promise.allSettled([...players.values()].map((player) => player.play())).then((results) => {
            const blocked = results.some((result) => result.status === "rejected" && result.reason?.name === "NotAllowedError");
            if (!signal.aborted) onBlocked(blocked, play);
        });
    };
    const route = () => {
        const speaker = preferences.get("speaker");
        for (const player of players.values()) void player.setSinkId?.(speaker).catch(() => undefined);
    };
    const draw = () => {
        /** @type {Map<string, MediaStreamTrack>} */
        const wanted = new Map();
        for (const id of session.roster.people.keys()) {
            if (id === session.self) continue;
            for (const source of /** @type {const} */ (["microphone", "screenAudio"])) {
                const track = session.track(id, source);
                if (track !== null) wanted.set(`${id}/${source}`, track);
            }
        }
        for (const [key, player] of players) {
            if (wanted.has(key)) continue;
            player.srcObject = null;
            player.remove();
            players.delete(key);
        }
        let added = false;
        for (const [key, track] of wanted) {
            let player = players.get(key);
            if (player === undefined) {
                player = h("audio", { autoplay: true, "data-sound": key });
                players.set(key, player);
                box.append(player);
                added = true;
            }
            const current = player.srcObject instanceof MediaStream ? player.srcObject.getAudioTracks()[0] : undefined;
            if (current !== track) {
                player.srcObject = new MediaStream([track]);
                added = true;
            }
        }
        if (added) {
            route();
            play();
        }
    };
    session.on("tracks", draw, signal);
    session.on("people", draw, signal);
    document.addEventListener("vigil-speaker", route, { signal });
    signal.addEventListener("abort", () => { for (const player of players.values()) player.srcObject = null; });
    return box;
}

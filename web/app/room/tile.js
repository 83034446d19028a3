// SPDX-License-Identifier: Apache-2.0
import { fill, h, setAttribute, setText } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { initials, tint } from "./avatar.js";

/**
 * @typedef {{
 *   name: string, microphone: boolean, video: MediaStreamTrack | null, speaking: boolean, hand: boolean,
 *   quality: import("../../meeting/protocol.js").Quality, away: boolean, pinned: boolean, recording: boolean,
 *   key: "compared" | "open" | null,
 * }} TileState key: null where there is nothing to compare
 */

const BARS = { good: 3, fair: 2, poor: 1, lost: 0 };
const EMOJI_STAYS = 4_000;

/** One person's picture, or one shared screen. */
export class Tile {
    element;
    participant;
    source;
    isSelf;

    #video = h("video", { playsinline: true, autoplay: true, "aria-hidden": "true" });
    #avatar;
    #face;
    #name = h("span", { class: "plate-name" });
    #muted = h("span", { class: "row" });
    #key = h("span", { class: "plate-key", role: "img", hidden: true });
    #bars = h("span", { class: "bars", role: "img" }, h("i"), h("i"), h("i"));
    #flags = h("div", { class: "tile-flags" });
    #pin = h("button", { class: "btn tool-pin", type: "button" }, icon("pin"));
    #menu = h("button", { class: "btn", type: "button", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("more"));
    /** @type {TileState | null} */
    #state = null;
    /** @type {import("./layout.js").Rect | null} */
    #rect = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #emojiTimer;
    /** @type {HTMLElement | null} */
    #emoji = null;

    /**
     * @param {{participant: string, source: "camera" | "screen", isSelf: boolean, onPin: () => void, onMenu: (button: HTMLButtonElement) => void}} context
     */
    constructor({ participant, source, isSelf, onPin, onMenu }) {
        this.participant = participant;
        this.source = source;
        this.isSelf = isSelf;
        this.#video.muted = true;
        this.#face = h("span", { class: "avatar" });
        this.#avatar = h("div", { class: `avatar-stage ${tint(participant)}`, "aria-hidden": "true" }, this.#face);
        this.#pin.addEventListener("click", onPin);
        this.#menu.addEventListener("click", () => onMenu(this.#menu));
        const voice = h("span", { class: "voice", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
        this.element = h("article", {
            class: `tile ${source === "screen" ? "tile-screen" : isSelf ? "tile-self" : ""}`,
            "data-participant": participant, "data-source": source,
        }, this.#avatar, this.#video, this.#flags,
        h("span", { class: "plate" }, source === "screen" ? icon("share") : voice, this.#muted, this.#name, this.#key, this.#bars),
        h("div", { class: "tile-tools" }, this.#pin, this.#menu));
        this.element.addEventListener("dblclick", (event) => { if (!(event.target instanceof HTMLButtonElement)) onPin(); });
    }

    /** @returns {HTMLVideoElement} */
    get video() {
        return this.#video;
    }

    /** @param {TileState} state */
    update(state) {
        this.#state = state;
        this.#showVideo(state.video);
        const shown = this.isSelf ? t("room.you") : state.name;
        const screen = this.source === "screen";
        setText(this.#face, initials(state.name));
        setText(this.#name, !screen ? shown : this.isSelf ? t("tile.screen.you") : t("tile.screen", { name: state.name }));
        this.element.classList.toggle("is-speaking", state.speaking && !screen);
        this.element.classList.toggle("is-away", state.away);
        const silent = !state.microphone && !screen;
        if (silent !== (this.#muted.childElementCount > 0)) fill(this.#muted, silent && icon("micOff"));
        this.#muted.hidden = !silent;
        this.#drawKey(state);
        this.#drawBars(state);
        this.#drawFlags(state);
        setAttribute(this.element, "aria-label", this.#label(state, shown));
        setAttribute(this.#pin, "aria-pressed", state.pinned ? "true" : "false");
        setAttribute(this.#pin, "aria-label", `${t(state.pinned ? "tile.unpin" : "tile.pin")}: ${shown}`);
        setAttribute(this.#menu, "aria-label", t("tile.menu", { name: shown }));
    }

    /** @param {import("./layout.js").Rect | null} rect null: not shown now */
    place(rect) {
        const { element } = this;
        this.#rect = rect;
        element.hidden = rect === null;
        if (rect === null) return;
        element.style.transform = `translate(${rect.x}px, ${rect.y}px)`;
        element.style.width = `${rect.width}px`;
        element.style.height = `${rect.height}px`;
        element.style.setProperty("--avatar", `${Math.round(Math.min(rect.width, rect.height) * 0.42)}px`);
        element.classList.toggle("tile-small", rect.width < 270);
    }

    /** @returns {import("./recorder.js").Picture | null} as a film shows it; null: not on the stage now */
    get picture() {
        const { element } = this;
        if (element.hidden || this.#rect === null) return null;
        const { x, y, width, height } = this.#rect;
        return {
            video: this.#video.hidden ? null : this.#video, x, y, width, height, name: this.#state?.name ?? "", letters: initials(this.#state?.name ?? ""),
            whole: this.source === "screen",
        };
    }

    /** @param {string} emoji */
    react(emoji) {
        clearTimeout(this.#emojiTimer);
        this.#emoji?.remove();
        this.#emoji = h("span", { class: "tile-emoji", "aria-hidden": "true" }, emoji);
        this.element.append(this.#emoji);
        this.#emojiTimer = setTimeout(() => this.#emoji?.remove(), EMOJI_STAYS);
    }

    redraw() {
        if (this.#state !== null) this.update(this.#state);
    }

    remove() {
        clearTimeout(this.#emojiTimer);
        this.#video.srcObject = null;
        this.element.remove();
    }

    /** @param {MediaStreamTrack | null} track */
    #showVideo(track) {
        const current = this.#video.srcObject instanceof MediaStream ? this.#video.srcObject.getVideoTracks()[0] ?? null : null;
        if (current !== track) this.#video.srcObject = track === null ? null : new MediaStream([track]);
        this.#video.hidden = track === null;
        this.#avatar.hidden = track !== null;
    }

    /** @param {TileState} state */
    #drawKey({ key }) {
        this.#key.hidden = key === null || this.source === "screen";
        if (key === null) return;
        if (this.#key.dataset.key !== key) fill(this.#key, icon(key === "compared" ? "checked" : "open"));
        this.#key.dataset.key = key;
        this.#key.classList.toggle("is-ok", key === "compared");
        setAttribute(this.#key, "aria-label", t(key === "compared" ? "people.compared" : "people.notCompared"));
    }

    /** @param {TileState} state */
    #drawBars(state) {
        const steps = BARS[state.quality] ?? 3;
        // A good connection needs no sign.
        this.#bars.hidden = steps === 3 || this.source === "screen";
        this.#bars.className = `bars bars-${steps}`;
        setAttribute(this.#bars, "aria-label", t(`quality.${state.quality}`));
    }

    /** @param {TileState} state */
    #drawFlags(state) {
        const flags = [];
        if (state.pinned) flags.push(h("span", { class: "flag" }, icon("pin"), h("span", {}, t("room.pinned"))));
        if (state.hand && this.source === "camera") flags.push(h("span", { class: "flag flag-hand" }, icon("hand"), h("span", {}, t("tile.hand"))));
        if (state.recording && this.source === "camera") flags.push(h("span", { class: "flag" }, icon("record"), h("span", {}, t("people.recording"))));
        if (state.away) flags.push(h("span", { class: "flag flag-open" }, icon("open"), h("span", {}, t("tile.away"))));
        const key = `${state.pinned}${state.hand}${state.away}${state.recording}${document.documentElement.lang}`;
        if (this.#flags.dataset.key === key) return;
        this.#flags.dataset.key = key;
        fill(this.#flags, flags);
    }

    /** @param {TileState} state @param {string} shown */
    #label(state, shown) {
        if (this.source === "screen") return this.isSelf ? t("tile.screen.you") : t("tile.screen", { name: state.name });
        const base = t(state.speaking ? "tile.speaking" : state.microphone ? "tile.plain" : "tile.muted", { name: shown });
        return [base, state.hand && t("tile.hand"), state.recording && t("people.recording"), state.away && t("tile.away"), state.quality !== "good" && t(`quality.${state.quality}`)]
            .filter((part) => part !== false).join(", ");
    }
}

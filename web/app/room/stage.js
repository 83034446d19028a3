// SPDX-License-Identifier: Apache-2.0
import { h, setText } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { preferences } from "../preferences.js";
import { arrangeGrid, arrangeSpeaker, gridCapacity, layerFor, stripCapacity } from "./layout.js";
import { personMenu } from "./person-menu.js";
import { Tile } from "./tile.js";

/** @typedef {import("../../types/meeting").Meeting} Session */

const PAGER = 64;

/** Who is to be seen, how large, and which layers that asks of the node. */
export class Stage {
    element;
    /** @type {string | null} key of the tile a person chose to keep large */
    pinned = null;
    /** @type {"grid" | "speaker"} */
    mode = preferences.get("layout") === "speaker" ? "speaker" : "grid";
    showSelf = preferences.get("selfView") === "yes";

    /** Whether pictures are needed though the page is not looked at: it is being recorded. */
    keepsPictures = false;

    #session;
    #watch;
    #signal;
    /** @type {Map<string, Tile>} */
    #tiles = new Map();
    #box = h("div", { class: "stage-tiles" });
    #pager;
    #page = 0;
    #pages = 1;
    /**
     * The order of people in the grid; who speaks from a later page is moved to the first.
     * @type {string[]}
     */
    #order = [];
    /** @type {string[]} newest share last */
    #shares = [];
    /** @type {string | null} the last one other than ourselves who spoke */
    #speaker = null;
    #scheduled = false;
    #size = { width: 0, height: 0 };

    /** @param {Session} session @param {import("./watch.js").Watch} watch @param {AbortSignal} signal */
    constructor(session, watch, signal) {
        this.#session = session;
        this.#watch = watch;
        watch.on("changed", () => this.update(), signal);
        this.#signal = signal;
        this.#pager = this.#makePager();
        this.element = h("main", { class: "stage", id: "content", tabindex: "-1", tLabel: "room.people" }, this.#box, this.#pager.element);
        const observer = new ResizeObserver(([entry]) => {
            if (entry === undefined) return;
            this.#size = { width: entry.contentRect.width, height: entry.contentRect.height };
            this.update();
        });
        observer.observe(this.element);
        signal.addEventListener("abort", () => observer.disconnect());
        for (const name of /** @type {const} */ (["people", "tracks", "speakers", "quality", "local", "role"])) session.on(name, () => this.update(), signal);
        session.on("reaction", ({ from, emoji }) => this.#tiles.get(`${from}/camera`)?.react(emoji), signal);
        document.addEventListener("visibilitychange", () => this.update(), { signal });
        document.addEventListener("vigil-language", () => { for (const tile of this.#tiles.values()) tile.redraw(); this.update(); }, { signal });
    }

    /** @param {"grid" | "speaker"} mode */
    setMode(mode) {
        this.mode = mode;
        preferences.set("layout", mode);
        this.update();
    }

    /** @param {boolean} show */
    setSelfView(show) {
        this.showSelf = show;
        preferences.set("selfView", show ? "yes" : "no");
        this.update();
    }

    /** @param {string} key */
    togglePin(key) {
        this.pinned = this.pinned === key ? null : key;
        this.update();
    }

    /** @returns {import("./recorder.js").Scene} what is to be seen now */
    scene() {
        const pictures = [...this.#tiles.values()].map((tile) => tile.picture).filter((picture) => picture !== null);
        return { ...this.#size, pictures: /** @type {import("./recorder.js").Picture[]} */ (pictures) };
    }

    /** Many changes at once are drawn once. */
    update() {
        if (this.#scheduled) return;
        this.#scheduled = true;
        queueMicrotask(() => {
            this.#scheduled = false;
            if (!this.#signal.aborted) this.#draw();
        });
    }

    #draw() {
        const { roster, self } = this.#session;
        this.#followShares();
        const heard = roster.speakers.find((id) => id !== self);
        if (heard !== undefined) this.#speaker = heard;
        this.#followOrder();
        const cameras = this.#order.filter((id) => id !== self || this.showSelf).map((id) => `${id}/camera`);
        const screens = this.#shares.map((id) => `${id}/screen`);
        const wanted = new Set([...cameras, ...screens]);
        if (this.pinned !== null && !wanted.has(this.pinned)) this.pinned = null;
        for (const [key, tile] of this.#tiles) {
            if (wanted.has(key)) continue;
            tile.remove();
            this.#tiles.delete(key);
        }
        for (const key of wanted) this.#tileFor(key);
        this.#place(cameras, screens);
        this.#wish();
    }

    /** @param {string[]} cameras @param {string[]} screens */
    #place(cameras, screens) {
        const main = this.pinned ?? screens.at(-1) ?? (this.mode === "speaker" ? this.#speakerKey(cameras) : null);
        const all = [...screens, ...cameras];
        const size = this.#size;
        /** @type {Map<string, import("./layout.js").Rect>} */
        const rects = new Map();
        if (main === null || all.length < 2) {
            const capacity = gridCapacity(size);
            const shown = this.#turnPage(all, capacity);
            const room = all.length > capacity ? { ...size, height: size.height - PAGER } : size;
            this.element.style.setProperty("--strip", "0px");
            arrangeGrid(shown.length, room).forEach((rect, index) => rects.set(shown[index] ?? "", rect));
        } else {
            const shown = this.#turnPage(all.filter((key) => key !== main), stripCapacity(size));
            const { main: large, others } = arrangeSpeaker(shown.length, size, main.endsWith("/screen"));
            this.element.style.setProperty("--strip", `${size.height - large.height}px`);
            rects.set(main, large);
            others.forEach((rect, index) => rects.set(shown[index] ?? "", rect));
        }
        // The reading order follows what is seen.
        /** @type {Element | null} */
        let previous = null;
        for (const key of rects.keys()) {
            const element = this.#tiles.get(key)?.element;
            if (element === undefined) continue;
            /** @type {Element | null} */
            const expected = previous === null ? this.#box.firstElementChild : previous.nextElementSibling;
            if (expected !== element) this.#box.insertBefore(element, expected);
            previous = element;
        }
        for (const [key, tile] of this.#tiles) tile.place(rects.get(key) ?? null);
        this.#drawPager();
    }

    /** @param {string[]} cameras */
    #speakerKey(cameras) {
        const spoken = `${this.#speaker}/camera`;
        if (cameras.includes(spoken)) return spoken;
        return cameras.find((key) => key !== `${this.#session.self}/camera`) ?? cameras[0] ?? null;
    }

    /** @param {string[]} keys @param {number} capacity @returns {string[]} */
    #turnPage(keys, capacity) {
        this.#pages = Math.max(1, Math.ceil(keys.length / capacity));
        this.#page = Math.min(this.#page, this.#pages - 1);
        return keys.slice(this.#page * capacity, (this.#page + 1) * capacity);
    }

    #followShares() {
        const sharing = [...this.#session.roster.people.values()]
            .filter((person) => person.id !== this.#session.self && person.screen && this.#session.track(person.id, "screen") !== null)
            .map((person) => person.id);
        if (this.#session.track(this.#session.self, "screen") !== null) sharing.push(this.#session.self);
        this.#shares = [...this.#shares.filter((id) => sharing.includes(id)), ...sharing.filter((id) => !this.#shares.includes(id))];
    }

    #followOrder() {
        const { roster, self } = this.#session;
        const present = [...roster.people.keys()];
        this.#order = [...this.#order.filter((id) => roster.people.has(id)), ...present.filter((id) => !this.#order.includes(id))];
        // Ourselves last, as long as everyone fits on one page; else last on the first page.
        const capacity = gridCapacity(this.#size);
        this.#order = this.#order.filter((id) => id !== self);
        const speaking = roster.speakers.find((id) => id !== self);
        const last = Math.min(this.#order.length, capacity - 1) - 1;
        if (speaking !== undefined && this.#order.indexOf(speaking) > last && last >= 0) {
            this.#order = this.#order.filter((id) => id !== speaking);
            this.#order.splice(last, 0, speaking);
        }
        if (roster.people.has(self)) this.#order.splice(Math.min(this.#order.length, capacity - 1), 0, self);
    }

    /** @param {string} key */
    #tileFor(key) {
        const [participant = "", source = "camera"] = key.split("/");
        const session = this.#session;
        const person = session.roster.people.get(participant);
        const isSelf = participant === session.self;
        let tile = this.#tiles.get(key);
        if (tile === undefined) {
            tile = new Tile({
                participant, source: source === "screen" ? "screen" : "camera", isSelf,
                onPin: () => this.togglePin(key),
                onMenu: (button) => personMenu(button, session, participant, [
                    { label: t(this.pinned === key ? "tile.unpin" : "tile.pin"), icon: "pin", act: () => this.togglePin(key) },
                    isSelf && source === "camera" && { label: t("more.self.hide"), icon: "eye", act: () => this.setSelfView(false) },
                ]),
            });
            this.#tiles.set(key, tile);
            this.#box.append(tile.element);
        }
        if (person === undefined) return;
        const on = source === "screen" || isSelf || person.camera;
        tile.update({
            name: person.name || t("people.nameless"),
            microphone: isSelf ? session.microphoneOn : person.microphone,
            video: on ? session.track(participant, source === "screen" ? "screen" : "camera") : null,
            speaking: session.roster.speakers.includes(participant) && (isSelf ? session.microphoneOn : person.microphone),
            hand: person.hand, quality: session.roster.quality.get(participant) ?? "good",
            away: !person.connected && !isSelf, pinned: this.pinned === key, recording: person.recording,
            key: isSelf ? null : this.#watch.hasCompared(person) ? "compared" : "open",
        });
    }

    /** Asks the node for no more than is seen. */
    #wish() {
        const session = this.#session;
        /** @type {import("../../meeting/protocol.js").LayerWish[]} */
        const wishes = [];
        for (const person of session.roster.people.values()) {
            if (person.id === session.self) continue;
            for (const source of /** @type {const} */ (["camera", "screen"])) {
                if (session.track(person.id, source) === null) continue;
                const tile = this.#tiles.get(`${person.id}/${source}`);
                const seen = tile !== undefined && !tile.element.hidden && (!document.hidden || this.keepsPictures);
                wishes.push({ participant: person.id, source, layer: seen ? layerFor(Number.parseFloat(tile.element.style.height), devicePixelRatio) : "off" });
            }
        }
        session.wish(wishes);
    }

    #makePager() {
        const previous = h("button", { class: "btn btn-icon", type: "button", tLabel: "room.page.previous" }, icon("left"));
        const next = h("button", { class: "btn btn-icon", type: "button", tLabel: "room.page.next" }, icon("right"));
        const words = h("span", { class: "num", role: "status" });
        previous.addEventListener("click", () => { this.#page -= 1; this.update(); });
        next.addEventListener("click", () => { this.#page += 1; this.update(); });
        return { element: h("div", { class: "pager", hidden: true }, previous, words, next), previous, next, words };
    }

    #drawPager() {
        const { element, previous, next, words } = this.#pager;
        element.hidden = this.#pages < 2;
        previous.disabled = this.#page === 0;
        next.disabled = this.#page >= this.#pages - 1;
        setText(words, t("room.page", { page: this.#page + 1, pages: this.#pages }));
    }
}

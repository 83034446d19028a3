// SPDX-License-Identifier: Apache-2.0
import { LevelMeter } from "../meeting/level-meter.js";
import { appearanceTools } from "./appearance.js";
import { deviceFields, startDevices } from "./devices.js";
import { fill, h, setAttribute, setText } from "./dom.js";
import { followLanguage, t } from "./i18n.js";
import { icon, mark } from "./icons.js";
import { firstPage } from "./place.js";
import { preferences } from "./preferences.js";
import { trustCard } from "./trust.js";

const STEPS = 16;
const HEARD = 0.36;

/** @typedef {{lobby: boolean, accountable: boolean}} Founding what whoever starts a meeting decides for it */

/**
 * Before going in: see and hear yourself, choose devices, a name, and what is on.
 * @param {{media: import("../meeting/local-media.js").LocalMedia, starting: boolean, signal: AbortSignal, join: (name: string, founding: Founding) => void}} context
 * @returns {HTMLElement}
 */
export function prejoinView({ media, starting, signal, join }) {
    const video = h("video", { playsinline: true, autoplay: true, "aria-hidden": "true" });
    video.muted = true;
    const off = h("p", { class: "preview-off" });
    const microphone = toggle("prejoin-microphone");
    const camera = toggle("prejoin-camera");
    const meter = meterView(media, signal);
    const problem = h("div", { class: "banner banner-no", role: "alert", hidden: true });
    const name = h("input", {
        class: "input input-lg", id: "name", name: "name", maxlength: "64", autocomplete: "nickname", enterkeyhint: "go",
        value: preferences.get("name"), "aria-describedby": "name-note",
    });
    const nameNote = h("p", { class: "hint hint-no", id: "name-note", role: "alert" });
    const rules = foundingRules();
    const go = h("button", { class: "btn btn-go btn-lg", type: "submit", t: starting ? "prejoin.start" : "prejoin.join" });

    const draw = () => {
        const picture = media.tracks.camera;
        if (picture === null) video.srcObject = null;
        else if (!(video.srcObject instanceof MediaStream) || video.srcObject.getVideoTracks()[0] !== picture) {
            video.srcObject = new MediaStream([picture]);
        }
        video.hidden = picture === null;
        off.hidden = picture !== null;
        const wanted = preferences.get("cameraOn") === "yes";
        const failed = media.problems.camera;
        setText(off, t(wanted && failed === null ? "prejoin.cameraStarting" : failed === "missing" && wanted ? "media.missing.camera" : "prejoin.cameraOff"));
        drawToggle(microphone, media.microphoneOn, "mic", "micOff", "control.mute", "control.unmute");
        drawToggle(camera, media.cameraOn, "camera", "cameraOff", "control.camera.off", "control.camera.on");
        drawProblem(problem, media);
        meter.draw();
    };

    microphone.addEventListener("click", () => {
        if (media.tracks.microphone === null) void media.start("microphone");
        else {
            media.setMicrophoneOn(!media.microphoneOn);
            preferences.set("microphoneOn", media.microphoneOn ? "yes" : "no");
        }
        draw();
    });
    camera.addEventListener("click", () => {
        preferences.set("cameraOn", media.cameraOn ? "no" : "yes");
        if (media.cameraOn) media.stop("camera");
        else void media.start("camera");
        draw();
    });
    name.addEventListener("input", () => { setText(nameNote, ""); setAttribute(name, "aria-invalid", null); });

    const form = h("form", { class: "prejoin-form", novalidate: true, on: { submit: (event) => {
        event.preventDefault();
        const chosen = name.value.trim();
        if (chosen === "") {
            setText(nameNote, t("prejoin.name.missing"));
            setAttribute(name, "aria-invalid", "true");
            name.focus();
            return;
        }
        preferences.set("name", chosen);
        go.disabled = true;
        setText(go, t("prejoin.joining"));
        join(chosen, { lobby: rules.lobby.checked, accountable: rules.accountable.checked });
    } } },
    h("div", { class: "field grow" }, h("label", { class: "label", for: "name", t: "prejoin.name" }), name, nameNote),
    h("div", { class: "row wrap" }, go, h("span", { class: "small muted prejoin-note", t: starting ? "prejoin.note.start" : "prejoin.note.join" })),
    starting && rules.element);

    media.on("track", draw, signal);
    media.on("problem", draw, signal);
    followLanguage(draw, signal);
    void startDevices(media, {
        unmuted: preferences.get("microphoneOn") === "yes", camera: preferences.get("cameraOn") === "yes",
        deviceIds: { microphone: preferences.get("microphone"), camera: preferences.get("camera") },
    });
    if (name.value === "" && matchMedia("(hover: hover)").matches) queueMicrotask(() => name.focus());

    return h("div", { class: "prejoin-page" },
        h("header", { class: "site-top" }, h("a", { class: "brand", href: firstPage() }, mark(), "Vigil"), appearanceTools()),
        h("main", { class: "prejoin", id: "content" },
            h("section", { class: "stack", "aria-labelledby": "prejoin-title" },
                h("div", { class: "row spread wrap" },
                    h("h1", { id: "prejoin-title", t: "prejoin.title" }),
                    starting && h("span", { class: "muted", t: "prejoin.new" })),
                h("div", { class: "preview", role: "group", tLabel: "prejoin.preview" }, video, off,
                    h("div", { class: "preview-controls" }, microphone, camera)),
                problem, form, h("div", { class: "stack prejoin-devices" }, meter.element, deviceFields(media, signal))),
            trustCard(signal)));
}

/** Folded away: most meetings need neither. */
function foundingRules() {
    const lobby = h("input", { type: "checkbox", class: "check", id: "founding-lobby" });
    const accountable = h("input", { type: "checkbox", class: "check", id: "founding-accountable", "aria-describedby": "accountable-note" });
    return {
        lobby, accountable,
        element: h("details", { class: "fold" }, h("summary", { t: "prejoin.rules" }),
            h("label", { class: "check-row", for: lobby.id }, lobby, h("span", { t: "prejoin.lobby" })),
            h("label", { class: "check-row", for: accountable.id }, accountable, h("span", { t: "prejoin.accountable" })),
            h("p", { class: "hint", id: "accountable-note", t: "prejoin.accountable.hint" })),
    };
}

/** @param {string} id @returns {HTMLButtonElement} */
function toggle(id) {
    return h("button", { class: "ctl", type: "button", id });
}

/**
 * @param {HTMLButtonElement} button @param {boolean} on
 * @param {import("./icons.js").IconName} onIcon @param {import("./icons.js").IconName} offIcon
 * @param {import("./strings/en.js").Key} onKey what pressing does while on @param {import("./strings/en.js").Key} offKey
 */
function drawToggle(button, on, onIcon, offIcon, onKey, offKey) {
    button.classList.toggle("ctl-off", !on);
    fill(button, icon(on ? onIcon : offIcon), h("span", {}, t(on ? onKey : offKey)));
}

/** @param {HTMLElement} box @param {import("../meeting/local-media.js").LocalMedia} media */
function drawProblem(box, media) {
    const { microphone, camera } = media.problems;
    box.hidden = microphone === null && camera === null;
    if (box.hidden) return;
    const again = h("button", { class: "btn btn-sm", type: "button", t: "media.again", on: { click: () => {
        if (microphone !== null) void media.start("microphone");
        if (camera !== null) void media.start("camera");
    } } });
    const lines = microphone === "blocked" && camera === "blocked"
        ? [h("strong", { t: "media.blocked.title" }), h("p", { t: "media.blocked" })]
        : [microphone && h("p", {}, t(`media.${microphone}.microphone`)), camera && h("p", {}, t(`media.${camera}.camera`))];
    fill(box, icon("broken"), h("div", { class: "grow" }, lines), again);
}

/** @param {import("../meeting/local-media.js").LocalMedia} media @param {AbortSignal} signal */
function meterView(media, signal) {
    const steps = Array.from({ length: STEPS }, () => h("i"));
    const bar = h("div", { class: "meter", role: "meter", tLabel: "prejoin.level", "aria-valuemin": "0", "aria-valuemax": String(STEPS), "aria-valuenow": "0" }, steps);
    const words = h("span", { class: "small muted meter-words" });
    const level = new LevelMeter();
    let heard = false;
    /** @type {MediaStreamTrack | null} */
    let followed = null;
    const draw = () => {
        if (followed !== media.tracks.microphone) level.follow(followed = media.tracks.microphone);
        setText(words, t(!media.microphoneOn ? "prejoin.muted" : heard ? "prejoin.heard" : "prejoin.quiet"));
    };
    const timer = setInterval(() => {
        const now = media.microphoneOn ? level.level() : 0;
        const lit = Math.round(now * STEPS);
        steps.forEach((step, index) => step.classList.toggle("on", index < lit));
        bar.setAttribute("aria-valuenow", String(lit));
        if (now > HEARD && !heard) { heard = true; draw(); }
    }, 80);
    signal.addEventListener("abort", () => { clearInterval(timer); level.close(); });
    return { element: h("div", { class: "row" }, icon("mic", "i-sm"), h("div", { class: "grow" }, bar), words), draw };
}

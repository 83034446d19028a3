// SPDX-License-Identifier: Apache-2.0
import { h } from "./dom.js";
import { followLanguage, t } from "./i18n.js";
import { preferences } from "./preferences.js";

/** @typedef {"microphone" | "camera" | "speaker"} DeviceChoice */

/** @type {Record<DeviceChoice, MediaDeviceKind>} */
const kinds = { microphone: "audioinput", camera: "videoinput", speaker: "audiooutput" };

/** Whether this browser can send sound to a chosen output. */
export const canChooseSpeaker = "setSinkId" in HTMLMediaElement.prototype;

/**
 * Labelled choices of microphone, camera and (where the browser can) speakers. Ids stay unique per page.
 * @param {import("../meeting/local-media.js").LocalMedia} media
 * @param {AbortSignal} signal
 * @returns {HTMLElement}
 */
export function deviceFields(media, signal) {
    /** @type {DeviceChoice[]} */
    const choices = canChooseSpeaker ? ["microphone", "camera", "speaker"] : ["microphone", "camera"];
    const box = h("div", { class: "device-fields" });
    box.classList.toggle("device-fields-two", !canChooseSpeaker);
    for (const choice of choices) {
        const id = `device-${choice}-${++count}`;
        const select = h("select", { class: "select", id });
        select.addEventListener("change", () => { choose(media, choice, select.value); });
        const draw = () => drawOptions(select, media, choice);
        media.on("devices", draw, signal);
        media.on("track", draw, signal);
        followLanguage(draw, signal);
        box.append(h("div", { class: "field" }, h("label", { class: "label", for: id, t: `device.${choice}` }), select));
    }
    void media.listDevices();
    return box;
}

let count = 0;

/**
 * Opens the devices a person wants. Both at once asks only once; then each alone, so that one missing device does not
 * take the other with it.
 * @param {import("../meeting/local-media.js").LocalMedia} media
 * @param {{unmuted: boolean, camera: boolean, deviceIds: Record<"microphone" | "camera", string>}} wanted
 */
export async function startDevices(media, { unmuted, camera, deviceIds }) {
    media.deviceIds = { ...deviceIds };
    media.setMicrophoneOn(unmuted);
    await Promise.all([media.start("microphone"), camera && media.start("camera")]);
}

/** @param {import("../meeting/local-media.js").LocalMedia} media @param {DeviceChoice} choice @param {string} id */
function choose(media, choice, id) {
    preferences.set(choice, id);
    if (choice === "speaker") {
        document.dispatchEvent(new CustomEvent("vigil-speaker"));
        return;
    }
    media.deviceIds[choice] = id;
    if (choice === "microphone" || media.cameraOn) void media.start(choice, id);
}

/** @param {HTMLSelectElement} select @param {import("../meeting/local-media.js").LocalMedia} media @param {DeviceChoice} choice */
function drawOptions(select, media, choice) {
    const devices = media.devices.filter((device) => device.kind === kinds[choice] && device.deviceId !== "" && device.deviceId !== "default" && device.deviceId !== "communications");
    const options = devices.map((device, index) =>
        h("option", { value: device.deviceId }, device.label || t(`device.${choice}.n`, { count: index + 1 })));
    const none = devices.length === 0 && choice !== "speaker" && media.devices.length > 0
        && !media.devices.some((device) => device.kind === kinds[choice]);
    if (choice === "speaker" || devices.length === 0) options.unshift(h("option", { value: "" }, t(none ? "device.none" : "device.default")));
    select.replaceChildren(...options);
    select.disabled = none;
    const current = choice === "speaker"
        ? preferences.get("speaker")
        : media.tracks[choice]?.getSettings().deviceId ?? media.deviceIds[choice];
    select.value = current;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
}

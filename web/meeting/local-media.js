// SPDX-License-Identifier: Apache-2.0
import { Emitter } from "./emitter.js";

/** @typedef {"microphone" | "camera"} DeviceKind */
/** @typedef {"microphone" | "camera" | "screen" | "screenAudio"} Source */
/** @typedef {"blocked" | "missing" | "busy"} MediaProblem */
/**
 * @typedef {{
 *   track: {source: Source, track: MediaStreamTrack | null},
 *   problem: {kind: DeviceKind, problem: MediaProblem | null},
 *   lost: DeviceKind,
 *   devices: MediaDeviceInfo[],
 * }} LocalMediaEvents
 */

const CAMERA = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const SCREEN = { video: { frameRate: { ideal: 15, max: 30 } }, audio: true, systemAudio: "include", surfaceSwitching: "include" };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * This device's camera, microphone and shared screen: which tracks exist, and why one does not.
 * The microphone keeps its track while muted, so that unmuting is immediate; the camera lets go of
 * the device, so that its light goes out.
 * @extends {Emitter<LocalMediaEvents>}
 */
export class LocalMedia extends Emitter {
    /** @type {Record<Source, MediaStreamTrack | null>} */
    tracks = { microphone: null, camera: null, screen: null, screenAudio: null };
    /** @type {Record<DeviceKind, string>} */
    deviceIds = { microphone: "", camera: "" };
    /** @type {Record<DeviceKind, MediaProblem | null>} */
    problems = { microphone: null, camera: null };
    /** @type {MediaDeviceInfo[]} */
    devices = [];

    /**
     * Rises with each request for a device, so that an answer that comes late is dropped.
     * @type {Record<DeviceKind, number>}
     */
    #generation = { microphone: 0, camera: 0 };
    /** Whether sound shall go out, be there a microphone or not. */
    unmuted = true;
    /** Whether the camera shall be on, be there one or not. */
    cameraWanted = false;
    #onDeviceChange = () => { void this.#devicesChanged(); };

    constructor() {
        super();
        navigator.mediaDevices.addEventListener("devicechange", this.#onDeviceChange);
    }

    /** @returns {boolean} whether sound goes out */
    get microphoneOn() {
        return this.unmuted && this.tracks.microphone !== null;
    }

    /** @returns {boolean} */
    get cameraOn() {
        return this.tracks.camera !== null;
    }

    /** @param {boolean} on mutes at once; the track stays */
    setMicrophoneOn(on) {
        this.unmuted = on;
        const track = this.tracks.microphone;
        if (track !== null) track.enabled = on;
    }

    /**
     * Opens a device and announces its track.
     * @param {DeviceKind} kind
     * @param {string} [deviceId] empty: the system's choice
     * @returns {Promise<boolean>}
     */
    async start(kind, deviceId = this.deviceIds[kind]) {
        const generation = ++this.#generation[kind];
        if (kind === "camera") this.cameraWanted = true;
        try {
            const stream = await this.#open(kind, deviceId);
            const track = stream.getTracks()[0];
            if (generation !== this.#generation[kind] || track === undefined) {
                for (const unused of stream.getTracks()) unused.stop();
                return false;
            }
            this.deviceIds[kind] = deviceId;
            if (kind === "microphone") track.enabled = this.unmuted;
            else track.contentHint = "motion";
            track.addEventListener("ended", () => { this.#trackEnded(kind, track); });
            this.#replace(kind, track);
            this.#setProblem(kind, null);
            await this.listDevices();
            return true;
        } catch (error) {
            if (generation === this.#generation[kind]) this.#setProblem(kind, problemOf(error));
            return false;
        }
    }

    /** @param {DeviceKind} kind */
    stop(kind) {
        this.#generation[kind] += 1;
        if (kind === "camera") this.cameraWanted = false;
        this.#replace(kind, null);
    }

    /**
     * Lets the person pick a screen, window or tab; text stays readable, sound comes along where the browser can.
     * @returns {Promise<"shared" | "cancelled" | "failed">}
     */
    async startScreen() {
        if (navigator.mediaDevices.getDisplayMedia === undefined) return "failed";
        try {
            const stream = await navigator.mediaDevices.getDisplayMedia(SCREEN);
            const [picture] = stream.getVideoTracks();
            const [sound] = stream.getAudioTracks();
            if (picture === undefined) return "failed";
            picture.contentHint = "detail";
            picture.addEventListener("ended", () => { if (this.tracks.screen === picture) this.stopScreen(); });
            this.#replace("screen", picture);
            this.#replace("screenAudio", sound ?? null);
            return "shared";
        } catch (error) {
            return error instanceof DOMException && error.name === "NotAllowedError" ? "cancelled" : "failed";
        }
    }

    stopScreen() {
        this.#replace("screen", null);
        this.#replace("screenAudio", null);
    }

    /** Lets go of every device. */
    close() {
        this.stop("microphone");
        this.stop("camera");
        this.stopScreen();
        navigator.mediaDevices.removeEventListener("devicechange", this.#onDeviceChange);
    }

    /** @returns {Promise<MediaDeviceInfo[]>} */
    async listDevices() {
        try {
            this.devices = await navigator.mediaDevices.enumerateDevices();
        } catch {
            this.devices = [];
        }
        this.emit("devices", this.devices);
        return this.devices;
    }

    /**
     * A remembered device that is gone must not block the meeting.
     * @param {DeviceKind} kind
     * @param {string} deviceId
     */
    async #open(kind, deviceId) {
        const base = kind === "camera" ? CAMERA : SOUND;
        /** @param {MediaTrackConstraints} wish */
        const get = (wish) => navigator.mediaDevices.getUserMedia(kind === "camera" ? { video: wish } : { audio: wish });
        if (deviceId === "") return await get(base);
        try {
            return await get({ ...base, deviceId: { exact: deviceId } });
        } catch (error) {
            if (problemOf(error) === "blocked") throw error;
            return await get(base);
        }
    }

    /** @param {DeviceKind} kind @param {MediaStreamTrack} track */
    #trackEnded(kind, track) {
        if (this.tracks[kind] !== track) return;
        this.#replace(kind, null);
        this.emit("lost", kind);
        if (kind === "microphone") void this.start("microphone", "");
    }

    async #devicesChanged() {
        await this.listDevices();
        // A microphone that was missing may just have been plugged in.
        if (this.tracks.microphone === null && this.problems.microphone === "missing") await this.start("microphone", "");
    }

    /** @param {Source} source @param {MediaStreamTrack | null} track */
    #replace(source, track) {
        const old = this.tracks[source];
        if (old === track) return;
        this.tracks[source] = track;
        old?.stop();
        this.emit("track", { source, track });
    }

    /** @param {DeviceKind} kind @param {MediaProblem | null} problem */
    #setProblem(kind, problem) {
        this.problems[kind] = problem;
        this.emit("problem", { kind, problem });
    }
}

/** @param {unknown} error @returns {MediaProblem} */
function problemOf(error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") return "blocked";
    return name === "NotReadableError" || name === "AbortError" ? "busy" : "missing";
}

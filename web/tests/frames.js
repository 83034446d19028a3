// SPDX-License-Identifier: Apache-2.0
// The page's half of test_frames.py: members with a worker each, connected by the client's own publisher and subscriber
// without a node in between.

import { FrameClient } from "/crypto/frame-client.js";
import { Publisher } from "/meeting/publisher.js";
import { withoutOrphans } from "/meeting/sdp.js";
import { Subscriber } from "/meeting/subscriber.js";

export const module = await WebAssembly.compileStreaming(fetch("/crypto/vigil-core.wasm"));
const attackers = globalThis.trustedTypes?.createPolicy("test-attacker", { createScriptURL: (text) => text });

/** Every connection, so that candidates can be waited for: node and browser never exchange any. */
const connections = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
        super(...given);
        connections.push(this);
    }
};

const members = new Map();
const ends = new Map();

const baseKey = (seed) => Uint8Array.from({ length: 16 }, (_, index) => index * 7 + seed);

export async function until(condition, what, patience = 60_000) {
    for (const end = performance.now() + patience; performance.now() < end;) {
        const answer = await condition();
        if (answer) return answer;
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`never came: ${typeof what === "string" ? what : what()}`);
}

/** A member with a leaf, its worker and its counts. */
export async function join(name, leaf) {
    const refused = [];
    const client = await FrameClient.start(module, { refused: (about, reason) => refused.push(`${about}: ${reason}`) });
    members.set(name, { name, leaf, client, refused });
}

export function addEpoch(name, epoch, people, { seed = epoch, width = 8 } = {}) {
    const { client, leaf } = members.get(name);
    const key = baseKey(seed);
    client.addEpoch({
        epoch: BigInt(epoch), width, ownLeaf: leaf, baseKey: key,
        members: Object.entries(people).map(([participant, leaf]) => ({ participant, leaf })),
    });
    if (key.some((byte) => byte !== 0)) throw new Error("the base key was left behind");
}

export function startSending(name, epoch) {
    members.get(name).client.startSending(BigInt(epoch));
    return Date.now();
}

export const removeEpoch = (name, epoch) => members.get(name).client.removeEpoch(BigInt(epoch));
export const forget = (name) => members.get(name).client.forget();
export const refused = (name) => members.get(name).refused;

/** What the member's worker counted, as text where it is a bigint. */
export function counts(name) {
    return JSON.parse(JSON.stringify(members.get(name).client.counts, (_, value) => (typeof value === "bigint" ? String(value) : value)));
}

/** Frames of an attacker, or of nobody: what stands in for a member's client at a publisher. */
function otherFrames(how) {
    if (how === "plain") return { seal() {}, release() {} };
    const address = new URL("/tests/frames-attacker.js", location.href).href;
    const worker = new Worker(attackers?.createScriptURL(address) ?? address, { type: "module" });
    const ready = new Promise((resolve) => { worker.onmessage = resolve; });
    return {
        ready,
        seal(sender, source) { sender.transform = new RTCRtpScriptTransform(worker, { ...how, module, source, baseKey: baseKey(how.seed ?? 1) }); },
        release() {},
    };
}

/** Camera and microphone of `name` go out; returns the offer, candidates included. */
export async function publish(name, how = null) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 }, audio: true });
    const frames = how === null ? members.get(name).client : otherFrames(how);
    await frames.ready;
    const [camera] = stream.getVideoTracks();
    const [microphone] = stream.getAudioTracks();
    const publisher = new Publisher([], { microphone, camera, screen: null, screenAudio: null }, frames, false);
    const end = { publisher, stream, connection: connections.at(-1) };
    ends.set(`${name} out`, end);
    return await offerOf(end, new Promise((resolve) => { publisher.on("offer", resolve); }));
}

/** Another source, or none: whatever the publisher offers then. */
export async function setTrack(name, source, isOn) {
    const end = ends.get(`${name} out`);
    const offer = new Promise((resolve) => { end.publisher.on("offer", resolve); });
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    let round = 0;
    setInterval(() => { context.fillStyle = ["red", "lime"][round++ % 2]; context.fillRect(0, 0, 300, 150); }, 100);
    end.publisher.setTrack(source, isOn ? canvas.captureStream(15).getVideoTracks()[0] : null);
    return await offerOf(end, offer);
}

export async function replaceCamera(name) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180 } });
    ends.get(`${name} out`).publisher.setTrack("camera", stream.getVideoTracks()[0]);
}

async function offerOf({ connection }, offered) {
    const { request, tracks } = await offered;
    await until(() => connection.iceGatheringState === "complete", "candidates");
    return { request, tracks, sdp: withoutOrphans(connection.localDescription.sdp) };
}

/** Takes an offer as the node would hand it on: which section is whose. Returns the answer. */
export async function subscribe(name, { request, sdp }, entries) {
    let end = ends.get(`${name} in`);
    if (end === undefined) {
        const subscriber = new Subscriber([], members.get(name).client);
        end = { subscriber, connection: connections.at(-1), elements: new Map() };
        ends.set(`${name} in`, end);
        subscriber.on("tracks", () => show(end));
    }
    const answered = new Promise((resolve) => { end.subscriber.on("answer", resolve); });
    // Browsers receive one layer of one section.
    end.subscriber.offered(request, sdp.replace(/^a=(?:simulcast|rid):.*\r\n/gm, ""), entries);
    const answer = await answered;
    await until(() => end.connection.iceGatheringState === "complete", "candidates");
    return { request: answer.request, sdp: withoutOrphans(end.connection.localDescription.sdp) };
}

/**
 * An offer with three layers, as a browser can receive it: one section per layer (the layer's name in the place of the
 * section's). `back` makes of the answer one for the offer.
 */
function unfolded(sdp) {
    const [session, ...sections] = sdp.split(/(?=^m=)/m);
    const at = sections.findIndex((section) => section.includes("a=simulcast:send"));
    const layers = /^a=simulcast:send (\S+)/m.exec(sections[at])[1].split(";");
    const mid = /^a=mid:(\S+)/m.exec(sections[at])[1];
    const [MID, RID] = ["urn:ietf:params:rtp-hdrext:sdes:mid", "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"];
    const ids = [MID, RID].map((uri) => new RegExp(`^a=extmap:(\\d+)\\S* ${uri}\\r?$`, "m").exec(sections[at])[1]);
    const bare = sections.map((section) => section.replace(/^a=extmap:\d+\S* urn:ietf:params:rtp-hdrext:sdes:.*\r\n/gm, ""));
    const plain = bare[at].replace(/^a=(?:rid|simulcast|mid|ssrc|ssrc-group|msid):.*\r\n/gm, "");
    const offered = layers.map((layer) => plain.trimEnd() + `\r\na=mid:${layer}\r\na=extmap:${ids[1]} ${MID}\r\n`);
    const mids = sections.map((section) => /^a=mid:(\S+)/m.exec(section)[1]);
    const bundled = (names) => session.replace(/^a=group:BUNDLE .*$/m, `a=group:BUNDLE ${names.join(" ")}`).replace(/^a=msid-semantic.*\r\n/m, "");
    return {
        sdp: bundled(mids.flatMap((name) => (name === mid ? layers : [name]))) + bare.flatMap((section, index) => (index === at ? offered : [section])).join(""),
        layers,
        back(answer) {
            const [head, ...answers] = answer.split(/(?=^m=)/m);
            const first = answers[at].replace(/^a=mid:.*\r\n/m, `a=mid:${mid}\r\n`).replace(/^a=extmap:\d+\S* urn:ietf:params:rtp-hdrext:sdes:.*\r\n/gm, "").trimEnd()
                + `\r\na=extmap:${ids[0]} ${MID}\r\na=extmap:${ids[1]} ${RID}\r\n`
                + layers.map((layer) => `a=rid:${layer} recv\r\n`).join("") + `a=simulcast:recv ${layers.join(";")}\r\n`;
            answers.splice(at, layers.length, first);
            return head.replace(/^a=group:BUNDLE .*$/m, `a=group:BUNDLE ${mids.join(" ")}`) + answers.join("");
        },
    };
}

/** Takes an offer layer by layer; returns the answer and the layers' names. */
export async function subscribeLayers(name, { request, sdp, tracks }, participant) {
    const layered = unfolded(sdp);
    const entries = tracks.flatMap((track) => (track.source === "camera"
        ? layered.layers.map((mid) => ({ mid, participant, source: "camera" })) : [{ ...track, participant }]));
    const answer = await subscribe(name, { request, sdp: layered.sdp }, entries);
    return { request, sdp: layered.back(answer.sdp) };
}

/** Decoded frames by the width of the picture. */
export async function widths(name) {
    const found = {};
    for (const report of (await ends.get(`${name} in`).connection.getStats()).values()) {
        if (report.type === "inbound-rtp" && report.kind === "video" && report.framesDecoded > 0) found[report.frameWidth] = report.framesDecoded;
    }
    return found;
}

export const answered = (name, { request, sdp }) => ends.get(`${name} out`).publisher.answered(request, sdp);

/** Both connections of a member go. */
export function hangUp(name) {
    for (const way of ["in", "out"]) {
        const end = ends.get(`${name} ${way}`);
        (end?.publisher ?? end?.subscriber)?.close();
        ends.delete(`${name} ${way}`);
    }
}

function show({ subscriber, elements }) {
    for (const [name, track] of subscriber.tracks) {
        if (elements.get(name)?.srcObject.getTracks()[0] === track) continue;
        const element = document.createElement(track.kind);
        element.autoplay = true;
        element.srcObject = new MediaStream([track]);
        document.body.append(element);
        elements.set(name, element);
    }
}

/** What is really seen and heard of one stream. */
export async function look(name, stream) {
    const { subscriber, connection, elements } = ends.get(`${name} in`);
    const track = subscriber.tracks.get(stream);
    const seen = { frames: 0, keyFrames: 0, energy: 0, packets: 0, picture: null, codec: null };
    const reports = await connection.getStats();
    for (const report of reports.values()) {
        if (report.type !== "inbound-rtp" || report.trackIdentifier !== track?.id) continue;
        seen.frames = report.framesDecoded ?? 0;
        seen.keyFrames = report.keyFramesDecoded ?? 0;
        seen.energy = report.totalAudioEnergy ?? 0;
        seen.packets = report.packetsReceived;
        seen.codec = reports.get(report.codecId)?.mimeType ?? null;
    }
    const element = elements.get(stream);
    if (track?.kind === "video" && element.readyState >= 2 && element.videoWidth > 0) {
        const canvas = new OffscreenCanvas(32, 18);
        const context = canvas.getContext("2d", { willReadFrequently: true });
        context.drawImage(element, 0, 0, 32, 18);
        seen.picture = Array.from(context.getImageData(0, 0, 32, 18).data);
    }
    return seen;
}

/** Waits until a picture moves: several frames decoded, pixels that changed. */
export async function expectPicture(name, stream) {
    const first = await until(async () => { const now = await look(name, stream); return now.picture !== null && now; }, `a picture of ${stream}`);
    await until(async () => {
        const now = await look(name, stream);
        return now.frames > first.frames + 10 && now.picture.some((value, index) => Math.abs(value - first.picture[index]) > 8);
    }, `another picture of ${stream}`);
}

/** Waits for a key frame more than there were; returns for how long, in milliseconds. */
export async function expectKeyFrame(name, before) {
    const began = performance.now();
    await until(async () => (await look(name, "ana/camera")).keyFrames > before, "a key frame");
    return performance.now() - began;
}

export async function expectWidths(name, expected) {
    await until(async () => { const found = await widths(name); return expected.every((width) => found[width] > 5); }, `pictures of widths ${expected}`);
}

export async function expectSound(name, stream) {
    await until(async () => (await look(name, stream)).energy > 0.0005, `sound of ${stream}`);
}

/** Waits until the counts of `name` fulfil a condition on a stream (or on everything). */
export async function expectCounts(name, condition, stream = null) {
    return await until(() => {
        const all = counts(name);
        const one = stream === null ? all : all.streams.find(({ participant, source }) => `${participant}/${source}` === stream);
        return one !== undefined && condition(one) && one;
    }, () => `${condition}; only ${JSON.stringify(counts(name))}`);
}

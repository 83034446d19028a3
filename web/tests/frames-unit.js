// SPDX-License-Identifier: Apache-2.0
// The worker's parts by themselves, between streams of a test: what no real connection does at the wished moment.

import { Core, CoreTrap, Operation } from "/crypto/core.js";
import { FrameTally } from "/crypto/frame-counts.js";
import { FrameEpochs } from "/crypto/frame-epochs.js";
import { FrameReceiver } from "/crypto/frame-receiver.js";
import { FrameSender } from "/crypto/frame-sender.js";
import { module, until } from "/tests/frames.js";

const CAMERA = { participant: "ana", source: "camera" };
const MEMBERS = [{ participant: "ana", leaf: 1 }, { participant: "ben", leaf: 2 }];
const NONE = new Uint8Array(0);

const epoch = (number, ownLeaf, seed = Number(number), members = MEMBERS) => ({
    epoch: number, width: 8, ownLeaf, members, baseKey: Uint8Array.from({ length: 16 }, (_, index) => index + seed),
});

/** The epochs of one member, and the cores behind them. */
function keyed(ownLeaf, ...numbers) {
    const cores = [];
    const epochs = new FrameEpochs(() => {
        cores.push(new Core(module, () => undefined));
        return cores.at(-1);
    });
    for (const number of numbers) {
        epochs.add(epoch(number, ownLeaf));
        epochs.startSending(number, 0);
    }
    return { epochs, cores };
}

/** A transformer whose frames come from a test, and what came out of it. */
function transformer() {
    const out = [];
    let controller;
    const made = {
        asked: 0,
        out,
        readable: new ReadableStream({ start(given) { controller = given; } }),
        writable: new WritableStream({ write(frame) { out.push(frame); } }),
        async sendKeyFrameRequest() { made.asked += 1; },
        async generateKeyFrame() { made.asked += 1; },
        put: (...frames) => { for (const frame of frames) controller.enqueue(frame); },
    };
    return made;
}

const frame = (data, rtpTimestamp = 0, mimeType = "video/VP9") => ({
    data: data.buffer.slice(data.byteOffset, data.byteOffset + data.length), type: "delta", getMetadata: () => ({ mimeType, rtpTimestamp }),
});

function receiver(epochs, expected = CAMERA) {
    const end = transformer();
    const tally = new FrameTally(() => undefined);
    const receiver = new FrameReceiver(end, { kind: "video", expected }, epochs, tally);
    void receiver.run();
    return { end, receiver, get counts() { return tally.counts.streams[0] ?? null; }, get unassigned() { return tally.counts.unassigned; } };
}

const texts = (end) => end.out.map(({ data }) => new Uint8Array(data)[0] + 256 * new Uint8Array(data)[1]);
const numbered = (number, length) => { const data = new Uint8Array(length); data.set([number % 256, number >> 8]); return data; };

/** Short and long frames by turns, which two different ciphers seal and open, stay in order. */
export async function order() {
    const [out, into] = [transformer(), receiver(keyed(2, 1n).epochs)];
    const tally = new FrameTally(() => undefined);
    void new FrameSender(out, { id: 1, source: "camera" }, keyed(1, 1n).epochs, tally, () => undefined).run();
    for (let number = 0; number < 300; number++) out.put(frame(numbered(number, [50, 9_000, 1_999, 2_000, 40_000][number % 5])));
    await until(() => out.out.length === 300, "sealed frames");
    into.end.put(...out.out);
    await until(() => into.end.out.length === 300, "opened frames");
    return { opened: texts(into.end), counts: into.counts, sealed: tally.counts.sealed };
}

/** Frames of an epoch whose keys are to come wait, no more than 64 of them, and go on in order. */
export async function waiting() {
    const [ana, ben] = [keyed(1, 1n, 2n), keyed(2, 1n)];
    const into = receiver(ben.epochs);
    for (let number = 0; number < 100; number++) into.end.put(frame(ana.epochs.seal(numbered(number, 50), 1n, NONE)));
    await until(() => into.counts?.refused.noKey === 36, "frames that found no room");
    ben.epochs.add(epoch(2n, 2));
    into.receiver.keysChanged();
    await until(() => into.end.out.length === 64, "the frames that had waited");
    return { opened: texts(into.end), refused: into.counts.refused, asked: into.end.asked };
}

/** Frames whose keys don't come are dropped after a second; those too far ahead at once. */
export async function patience() {
    const [ana, ben] = [keyed(1, 1n, 2n), keyed(2, 1n)];
    const into = receiver(ben.epochs);
    const began = performance.now();
    for (let number = 0; number < 3; number++) into.end.put(frame(ana.epochs.seal(numbered(number, 50), 1n, NONE)));
    await until(() => into.counts?.refused.noKey === 3, "the end of patience");
    const waited = performance.now() - began;
    const far = keyed(1, 1n, 4n);
    const then = performance.now();
    into.end.put(frame(far.epochs.seal(numbered(9, 50), 1n, NONE)));
    await until(() => into.counts.refused.noKey === 4, "a refusal at once");
    return { waited, far: performance.now() - then, passed: into.end.out.length, asked: into.end.asked };
}

/** The network's repeat is passed on like the first; the same frame under another moment is a replay. */
export async function repeats() {
    const [ana, ben] = [keyed(1, 1n), keyed(2, 1n)];
    const into = receiver(ben.epochs);
    const sealed = [0, 1].map((number) => ana.epochs.seal(numbered(number, 50), 1n, NONE));
    into.end.put(frame(sealed[0], 1_000), frame(sealed[1], 4_000), frame(sealed[0], 1_000), frame(sealed[0], 7_000));
    await until(() => into.counts?.refused.replayed === 1, "the replay");
    // In another section, which the node could open for it, the frame is none at all.
    const other = receiver(ben.epochs);
    other.end.put(frame(sealed[0], 1_000));
    await until(() => other.counts?.refused.replayed === 1, "the other section's replay");
    return { opened: texts(into.end), elsewhere: other.end.out.length };
}

/** A section that is for somebody else from now on passes on nothing of its former sender, and blames nobody for a while. */
export async function changedSection() {
    const [ana, ben] = [keyed(1, 1n), keyed(2, 1n)];
    const into = receiver(ben.epochs);
    into.end.put(frame(ana.epochs.seal(numbered(1, 50), 1n, NONE)));
    await until(() => into.end.out.length === 1, "the first frame");
    into.receiver.expect({ participant: "chen", source: "camera" });
    into.end.put(frame(ana.epochs.seal(numbered(2, 50), 1n, NONE)));
    await until(() => into.unassigned === 1, "a frame for nobody");
    into.receiver.expect(null);
    into.end.put(frame(ana.epochs.seal(numbered(3, 50), 1n, NONE)));
    await until(() => into.unassigned === 2, "another one");
    into.receiver.expect(CAMERA);
    into.end.put(frame(ana.epochs.seal(numbered(4, 50), 1n, NONE)));
    await until(() => into.end.out.length === 2, "the last frame");
    return { opened: texts(into.end), counts: into.counts };
}

/** Codecs, and how much of each frame stays in the clear; what is none of them goes nowhere. */
export async function codecs() {
    const [out, into] = [transformer(), receiver(keyed(2, 1n).epochs)];
    const tally = new FrameTally(() => undefined);
    void new FrameSender(out, { id: 1, source: "camera" }, keyed(1, 1n).epochs, tally, () => undefined).run();
    const delta = Uint8Array.from({ length: 60 }, (_, index) => 2 * index + 1);
    const key = Uint8Array.from({ length: 60 }, (_, index) => 2 * index);
    const good = [["video/VP8 key", key], ["video/VP8", delta], ["video/VP9", delta], ["audio/opus", delta]];
    const bad = [["video/H264", delta], ["video/AV1", delta], ["video/VP8", key.subarray(0, 9)], [null, delta]];
    const clear = {};
    for (const [name, data] of good) {
        out.put(frame(data, 0, name.split(" ")[0]));
        const sent = await until(() => out.out.shift(), "a sealed frame");
        const sealed = new Uint8Array(sent.data);
        clear[name] = sealed.findIndex((byte, index) => byte !== data[index]);
        into.end.put(sent);
        const opened = new Uint8Array((await until(() => into.end.out.shift(), "an opened frame")).data);
        if (opened.length !== 60 || opened.some((byte, index) => byte !== data[index])) throw new Error(`${name} came out changed`);
    }
    for (const end of [out, into.end]) end.put(...bad.map(([name, data]) => frame(data, 0, name)));
    await until(() => tally.counts.held.camera?.codec === 4 && into.counts?.refused.codec === 4, "refusals");
    return { clear, held: tally.counts.held, refused: into.counts.refused, passed: out.out.length + into.end.out.length };
}

const opens = (epochs, sealed) => { const opened = epochs.open(sealed, NONE); return typeof opened === "string" ? opened : opened.participant; };

/** Old epochs end ten seconds after sealing has moved on. */
export function deadlines() {
    const [ana, ben] = [keyed(1, 1n), keyed(2, 1n)];
    const sealed = [1, 2, 3].map((number) => ana.epochs.seal(numbered(number, 50), 1n, NONE));
    ben.epochs.add(epoch(2n, 2));
    ben.epochs.startSending(2n, 5_000);
    return [ben.epochs.handleTimeout(14_999), opens(ben.epochs, sealed[0]), ben.epochs.handleTimeout(15_000), opens(ben.epochs, sealed[1])];
}

/** An epoch that was given up comes again under its number with another key; the one before seals in between. */
export function givenUp() {
    const [ana, ben] = [keyed(1, 1n), keyed(2, 1n)];
    const seal = () => ana.epochs.seal(numbered(1, 50), 1n, NONE);
    const seen = {};
    for (const [member, leaf] of [[ana, 1], [ben, 2]]) {
        member.epochs.add(epoch(2n, leaf, 50));
        member.epochs.startSending(2n, 1_000);
    }
    const lost = seal();
    for (const { epochs } of [ana, ben]) {
        epochs.remove(2n);
        seen.silent = epochs.seal(NONE, 1n, NONE) === null;
        epochs.startSending(1n, 2_000);
        // The deadline that the change had set is off.
        seen.due = epochs.handleTimeout(60_000);
    }
    seen.between = opens(ben.epochs, seal());
    const last = seal();
    for (const [member, leaf] of [[ana, 1], [ben, 2]]) {
        member.epochs.add(epoch(2n, leaf, 60));
        member.epochs.startSending(2n, 61_000);
    }
    seen.lost = opens(ben.epochs, lost);
    seen.again = opens(ben.epochs, seal());
    seen.last = opens(ben.epochs, last);
    seen.ended = ben.epochs.handleTimeout(71_000);
    seen.old = opens(ben.epochs, last);
    try { ben.epochs.add(epoch(2n, 2)); } catch (error) { seen.held = error.reason; }
    return seen;
}

/** Keys are gone after `forget`, and with them the core that held them; later ones work. */
export function forgotten() {
    const [ana, ben] = [keyed(1, 1n), keyed(2, 1n)];
    const sealed = ana.epochs.seal(numbered(1, 50), 1n, NONE);
    ben.epochs.forget();
    const seen = { opened: opens(ben.epochs, sealed), sealed: ben.epochs.seal(NONE, 0n, NONE), cores: ben.cores.length };
    const given = epoch(1n, 2);
    ben.epochs.add(given);
    return { ...seen, again: opens(ben.epochs, sealed), wiped: given.baseKey.every((byte) => byte === 0) };
}

/** The core breaks off: between calls, and in the middle of taking in an epoch. */
export function traps() {
    const [ana, ben] = [keyed(1, 1n), keyed(2, 1n)];
    const seal = () => ana.epochs.seal(numbered(1, 50), 1n, NONE);
    const break_ = (core) => { try { core.callRaw(Operation.hash, 0xFFFFFFF0, 4096); } catch (error) { return error instanceof CoreTrap; } };
    const seen = { first: opens(ben.epochs, seal()), broke: [...ana.cores, ...ben.cores].every(break_) };
    seen.restored = opens(ben.epochs, seal());
    for (const [member, leaf] of [[ana, 1], [ben, 2]]) {
        const [core] = member.cores;
        const call = core.call.bind(core);
        core.call = (operation, fields) => {
            if (operation === Operation.ringAddEpoch || operation === Operation.ringStartSending) {
                core.call = call;
                core.callRaw(Operation.hash, 0xFFFFFFF0, 4096);
            }
            return call(operation, fields);
        };
        member.epochs.add(epoch(2n, leaf));
        member.epochs.startSending(2n, 0);
    }
    seen.next = opens(ben.epochs, seal());
    return seen;
}

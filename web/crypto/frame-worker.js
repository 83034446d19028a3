// SPDX-License-Identifier: Apache-2.0
import { Core } from "./core.js";
import { FrameTally } from "./frame-counts.js";
import { FrameEpochs } from "./frame-epochs.js";
import { FrameReceiver } from "./frame-receiver.js";
import { FrameSender } from "./frame-sender.js";

// The one worker of a page through which all its sound and pictures go. The page's side is frame-client.js.

/** @typedef {import("./frame-counts.js").Expected} Expected */
/** @typedef {import("./frame-counts.js").FrameCounts} FrameCounts */
/**
 * @typedef {{type: "start", module: WebAssembly.Module}
 *   | {type: "addEpoch", epoch: import("./frame-epochs.js").Epoch}
 *   | {type: "startSending", epoch: bigint}
 *   | {type: "removeEpoch", epoch: bigint}
 *   | {type: "forget"}
 *   | {type: "close"}
 *   | {type: "expect", id: number, expected: Expected | null}
 *   | {type: "end", id: number}} ToWorker
 */
/**
 * @typedef {{type: "ready"}
 *   | {type: "counts", counts: FrameCounts}
 *   | {type: "keyFrame", id: number}
 *   | {type: "refused", about: string, reason: string}} FromWorker refused: an order of the page that wasn't possible
 */
/**
 * @typedef {{id: number, side: "sender", source: import("./frame-codecs.js").Source}
 *   | {id: number, side: "receiver", kind: string, expected: Expected | null}} TransformOptions
 */

const REPORT_EVERY = 500;

const scope = /** @type {{onmessage: ((event: MessageEvent<ToWorker>) => void) | null,
    onrtctransform: ((event: RTCTransformEvent) => void) | null, postMessage: (message: FromWorker) => void, close: () => void}} */ (
    /** @type {unknown} */ (globalThis));

/** @type {FrameEpochs} */
let epochs;
/** @type {Map<number, FrameSender | FrameReceiver>} */
const transforms = new Map();
let isReporting = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let deadline;

const tally = new FrameTally(() => {
    if (isReporting) return;
    isReporting = true;
    setTimeout(() => {
        isReporting = false;
        scope.postMessage({ type: "counts", counts: tally.counts });
    }, REPORT_EVERY);
});

scope.onmessage = (/** @type {MessageEvent<ToWorker>} */ { data: message }) => {
    try {
        receive(message);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        scope.postMessage({ type: "refused", about: message.type, reason });
    }
};

scope.onrtctransform = (/** @type {RTCTransformEvent} */ { transformer }) => {
    const options = /** @type {TransformOptions} */ (transformer.options);
    const transform = options.side === "sender"
        ? new FrameSender(transformer, options, epochs, tally, (id) => scope.postMessage({ type: "keyFrame", id }))
        : new FrameReceiver(transformer, options, epochs, tally);
    transforms.set(options.id, transform);
    // A stream breaks off when its connection closes at the wrong moment.
    transform.run().catch(() => undefined).finally(() => end(options.id));
};

/** @param {ToWorker} message */
function receive(message) {
    switch (message.type) {
    case "start":
        epochs = new FrameEpochs(() => new Core(message.module));
        return scope.postMessage({ type: "ready" });
    case "addEpoch":
        epochs.add(message.epoch);
        return keysChanged();
    case "startSending":
        epochs.startSending(message.epoch, performance.now());
        for (const transform of transforms.values()) if (transform instanceof FrameSender) transform.epochChanged();
        return keepTime();
    case "removeEpoch":
        epochs.remove(message.epoch);
        return keysChanged();
    case "forget":
        epochs.forget();
        return keysChanged();
    case "close":
        return scope.close();
    case "expect": {
        const transform = transforms.get(message.id);
        if (transform instanceof FrameReceiver) transform.expect(message.expected);
        return;
    }
    case "end":
        return end(message.id);
    }
}

function keysChanged() {
    for (const transform of transforms.values()) if (transform instanceof FrameReceiver) transform.keysChanged();
}

/** Lets old epochs go when they are due. */
function keepTime() {
    clearTimeout(deadline);
    const due = epochs.handleTimeout(performance.now());
    if (due !== null) deadline = setTimeout(keepTime, due - performance.now());
}

/** @param {number} id */
function end(id) {
    transforms.get(id)?.end();
    transforms.delete(id);
}

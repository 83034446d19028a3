// SPDX-License-Identifier: Apache-2.0

/** @typedef {import("./frame-counts.js").Expected} Expected */
/** @typedef {import("./frame-counts.js").FrameCounts} FrameCounts */
/** @typedef {import("./frame-epochs.js").Epoch} Epoch */
/** @typedef {import("./frame-codecs.js").Source} Source */
/**
 * @typedef {object} FrameListener
 * @property {(counts: FrameCounts) => void} [counts] at most twice a second
 * @property {(about: string, reason: string) => void} [refused] an order that the worker couldn't follow
 * @property {(error: Error) => void} [fault] the worker is lost, and nothing flows any more
 */

const WORKER = new URL("./frame-worker.js", import.meta.url).href;
/** The page's policy allows this name, once, and with it this one file. */
const POLICY = "vigil-frames";

/** @type {string | null} */
let address = null;

/**
 * The page's side of the worker that seals and opens every frame. A page has one of them for its stay in a meeting,
 * whatever becomes of its connections.
 */
export class FrameClient {
    /** @type {FrameCounts} */
    counts = { sealed: {}, held: {}, streams: [], unassigned: 0 };

    #worker;
    #listener;
    #number = 0;
    /** @type {Map<number, RTCRtpSender>} */
    #senders = new Map();
    /** @type {Map<RTCRtpSender | RTCRtpReceiver, number>} */
    #numbers = new Map();

    /**
     * @param {WebAssembly.Module} module the core
     * @param {FrameListener} [listener]
     * @returns {Promise<FrameClient>} once its worker runs: a transform made before could miss its first frames
     */
    static async start(module, listener) {
        const worker = new Worker(workerAddress(), { type: "module", name: "vigil-frames" });
        const client = new FrameClient(worker, listener);
        await new Promise((resolve, reject) => {
            worker.addEventListener("message", resolve, { once: true });
            worker.addEventListener("error", ({ message }) => reject(new Error(`no frame worker: ${message}`)), { once: true });
            client.#post({ type: "start", module });
        });
        return client;
    }

    /** @param {Worker} worker @param {FrameListener} [listener] */
    constructor(worker, listener = {}) {
        this.#worker = worker;
        this.#listener = listener;
        worker.addEventListener("message", ({ data }) => this.#receive(data));
        worker.addEventListener("error", ({ message }) => listener.fault?.(new Error(`the frame worker failed: ${message}`)));
    }

    // Keys

    /** @param {Epoch} epoch frames of it open from now on; its base key is wiped here */
    addEpoch({ baseKey, ...epoch }) {
        const key = baseKey.slice();
        baseKey.fill(0);
        this.#post({ type: "addEpoch", epoch: { ...epoch, baseKey: key } }, [key.buffer]);
    }

    /** @param {bigint} epoch what this member sends is of it from now on; earlier ones open for ten seconds more */
    startSending(epoch) { this.#post({ type: "startSending", epoch }); }

    /** @param {bigint} epoch whose commit turned out to be void; its number may come again */
    removeEpoch(epoch) { this.#post({ type: "removeEpoch", epoch }); }

    /** Wipes every key. Nothing leaves and nothing opens until there are others. */
    forget() { this.#post({ type: "forget" }); }

    /** For good. */
    close() {
        this.forget();
        // It wipes before it ends: terminating would leave that to the browser.
        this.#post({ type: "close" });
    }

    // Streams

    /**
     * To be called before the sender's section is first offered.
     * @param {RTCRtpSender} sender @param {Source} source
     */
    seal(sender, source) {
        const id = this.#enter(sender);
        this.#senders.set(id, sender);
        /** @type {import("./frame-worker.js").TransformOptions} */
        const options = { id, side: "sender", source };
        sender.transform = new RTCRtpScriptTransform(this.#worker, options);
    }

    /**
     * To be called before the receiver's section is answered, and again whenever the section is for somebody else.
     * @param {RTCRtpReceiver} receiver @param {Expected | null} expected
     */
    open(receiver, expected) {
        const known = this.#numbers.get(receiver);
        if (known !== undefined) return this.#post({ type: "expect", id: known, expected });
        /** @type {import("./frame-worker.js").TransformOptions} */
        const options = { id: this.#enter(receiver), side: "receiver", kind: receiver.track.kind, expected };
        receiver.transform = new RTCRtpScriptTransform(this.#worker, options);
    }

    /**
     * The connection is closed. Browsers don't tell the worker: the streams of its transforms just stand still.
     * @param {RTCRtpSender | RTCRtpReceiver} end
     */
    release(end) {
        const id = this.#numbers.get(end);
        if (id === undefined) return;
        this.#numbers.delete(end);
        this.#senders.delete(id);
        this.#post({ type: "end", id });
    }

    /** @param {RTCRtpSender | RTCRtpReceiver} end */
    #enter(end) {
        const id = ++this.#number;
        this.#numbers.set(end, id);
        return id;
    }

    /** @param {import("./frame-worker.js").ToWorker} message @param {Transferable[]} [transferred] */
    #post(message, transferred = []) {
        this.#worker.postMessage(message, transferred);
    }

    /** @param {import("./frame-worker.js").FromWorker} message */
    #receive(message) {
        switch (message.type) {
        case "ready": return;
        case "counts":
            this.counts = message.counts;
            return this.#listener.counts?.(message.counts);
        case "keyFrame": {
            const sender = this.#senders.get(message.id);
            if (sender !== undefined) void requestKeyFrame(sender);
            return;
        }
        case "refused": return this.#listener.refused?.(message.about, message.reason);
        }
    }
}

/**
 * Where transformers can't ask their encoder (Chromium), its sender can.
 * @param {RTCRtpSender} sender
 */
async function requestKeyFrame(sender) {
    try {
        const parameters = sender.getParameters();
        await sender.setParameters(parameters, { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) });
    } catch { /* stopped meanwhile, or changed by somebody else at this moment: who misses it asks for it */ }
}

/** @returns {string} the worker's address, as the page's policy wants it */
function workerAddress() {
    if (address === null) {
        const policy = globalThis.trustedTypes?.createPolicy(POLICY, { createScriptURL: () => WORKER });
        // The DOM library knows no TrustedScriptURL; a worker takes it for its text.
        address = /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL("") ?? WORKER));
    }
    return address;
}

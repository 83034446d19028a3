// SPDX-License-Identifier: Apache-2.0
// A sender's transform that doesn't do what it should: somebody in the meeting with wrong intentions, or a node that
// changes what it forwards.

import { Core } from "/crypto/core.js";
import { CONTEXTS, clearLength } from "/crypto/frame-codecs.js";
import { FrameKeys } from "/crypto/frame-keys.js";
import { joined } from "/crypto/frame-sender.js";

/** How many honest frames come first where an attack needs some. */
const HONEST = 60;

onrtctransform = async ({ transformer }) => {
    const { module, source, baseKey, leaf, epoch = 1n, width = 8, context = CONTEXTS[source], attack = null } = transformer.options;
    const keys = FrameKeys.create(new Core(module), { ownLeaf: leaf, isRestored: true });
    keys.addEpoch(epoch, width, baseKey);
    keys.startSending(epoch, performance.now());
    const reader = transformer.readable.getReader();
    const writer = transformer.writable.getWriter();
    /** What was sealed at first, key frames apart. */
    const kept = { key: null, delta: null };
    for (let count = 0; ; count++) {
        const { done, value: frame } = await reader.read();
        if (done) return;
        const plain = new Uint8Array(frame.data);
        const clear = clearLength(frame.getMetadata().mimeType, plain);
        const metadata = plain.slice(0, clear);
        const sealed = new Uint8Array(joined(metadata, keys.seal(plain.subarray(clear), { context, metadata })));
        const kind = frame.type === "key" ? "key" : "delta";
        kept[kind] ??= sealed;
        let sent = sealed;
        if (attack === "replay" && count > HONEST) sent = kept[kind];
        if (attack === "cut") sent = sealed.subarray(0, Math.max(clear, sealed.length - 1 - count % 40));
        if (attack === "flip") sent[clear + count % (sent.length - clear)] ^= 1 << count % 8;
        if (attack === "clear byte" && clear > 0) sent[1] ^= 0x40;
        if (attack === "clear byte" && clear === 0) sent[sent.length - 1] ^= 1;
        frame.data = sent.slice().buffer;
        await writer.write(frame);
    }
};
postMessage("ready");

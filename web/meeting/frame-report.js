// SPDX-License-Identifier: Apache-2.0
import { sources } from "../crypto/member-wire.js";

/** @typedef {import("../crypto/frame-counts.js").FrameCounts} FrameCounts */
/** @typedef {import("../crypto/member.js").Input} Input */

/** Refusals that come with every change of epochs, and say nothing about anybody. */
const ORDINARY = new Set(["noKey", "departed"]);
const MOST = 0xFFFF_FFFF;

/**
 * What the frame worker has counted, as the member wants to know it.
 * @param {FrameCounts} counts
 * @param {Set<string>} wanted what should come, by `participant/source`
 * @returns {Input}
 */
export function countsInput(counts, wanted) {
    const missing = new Set(wanted);
    const received = counts.streams.map(({ participant, source, opened, refused }) => ({
        participant, source, opened: Math.min(MOST, opened), refused: Math.min(MOST, telling(refused)),
        isWanted: missing.delete(`${participant}/${source}`),
    }));
    for (const name of missing) {
        const [participant = "", source = ""] = name.split("/");
        received.push({ participant, source: /** @type {"camera"} */ (source), opened: 0, refused: 0, isWanted: true });
    }
    const sealed = sources.map((source) => Math.min(MOST, /** @type {Record<string, number>} */ (counts.sealed)[source] ?? 0));
    return { kind: "counts", sealed, received };
}

/**
 * @param {FrameCounts} counts
 * @returns {{opened: number, refused: number}} of all together
 */
export function frameTotals(counts) {
    const totals = { opened: 0, refused: 0 };
    for (const { opened, refused } of counts.streams) {
        totals.opened += opened;
        totals.refused += telling(refused);
    }
    return totals;
}

/** @param {Partial<Record<string, number>>} refused */
function telling(refused) {
    return Object.entries(refused).reduce((sum, [reason, count]) => sum + (ORDINARY.has(reason) ? 0 : count ?? 0), 0);
}

/**
 * @param {import("../crypto/frame-client.js").FrameClient} frames
 * @param {{kind: string, [member: string]: any}} change of the member's
 */
export function changeKeys(frames, change) {
    switch (change.kind) {
    case "addEpoch":
        return frames.addEpoch({
            epoch: BigInt(change.epoch), width: change.width, ownLeaf: change.ownLeaf, baseKey: change.baseKey, members: change.members,
        });
    case "startSending": return frames.startSending(BigInt(change.epoch));
    case "voidEpoch": return frames.removeEpoch(BigInt(change.epoch));
    case "forget": return frames.forget();
    }
}

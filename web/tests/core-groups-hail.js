// SPDX-License-Identifier: Apache-2.0
// Hostile input to the core's operations on groups. Driven by test_wasm_groups.py.
import { CoreRefusal } from "../crypto/core.js";
import { u16, u32, u64, u8 } from "../crypto/fields.js";
import { Operation } from "./core-operations.js";
import { Group, KeyPackage } from "./groups.js";
import * as wire from "./mls-wire.js";
import { core } from "./core-groups.js";
import { SeededRandomness } from "./seeded-randomness.js";

const utf8 = (text) => new TextEncoder().encode(text);
const NOTHING = new Uint8Array(0);
const NONE = 0xFFFFFFFF;
const MAKES_A_HANDLE = new Set([
    Operation.keyPackageCreate, Operation.groupCreate, Operation.groupJoin, Operation.groupJoinExternally,
    Operation.groupSucceed, Operation.heldRestore,
]);

/** Members of one group, and one of everything that can come their way. */
class Scene {
    constructor(suite) {
        this.firstHandle = Scene.lastHandle();
        const packages = ["ana", "ben", "chen", "dana"].map(
            (identity) => KeyPackage.create(core, { identity: utf8(identity), suite }));
        this.keyPackages = packages;
        const ana = Group.create(packages[0], { groupID: utf8("hail") });
        const adds = packages.slice(1, 3).map(({ message }) => wire.Proposal.add(message));
        const { welcome } = ana.commit({ proposals: adds });
        ana.adopt();
        this.groups = [ana, ...packages.slice(1, 3).map((one) => Group.join(one, welcome))];
        const ben = this.groups[1];
        const psk = { source: wire.externalSource(utf8("link")), key: new Uint8Array(32) };
        this.preSharedKeys = [u16(1), psk.source, psk.key];
        this.messages = [
            welcome, packages[3].message, ana.groupInfo(), ana.encrypt(utf8("words"), { padding: 64 }), ana.tree,
            ben.commit({ proposals: [wire.Proposal.remove(2)] }).commit,
            ben.commit({ proposals: [wire.Proposal.add(packages[3].message)], encrypted: { padding: 32 } }).commit,
            ben.commit({ proposals: [wire.Proposal.preSharedKey(psk.source)], preSharedKeys: [psk], withPath: false }).commit,
            Group.restore(core, ana.snapshot).proposeUpdate(), packages[3].proposeSelf(ana.state),
            Group.joinExternally(packages[3], ana.groupInfo()).commit,
        ];
        this.proposals = [
            wire.Proposal.add(packages[3].message), wire.Proposal.remove(2), wire.Proposal.preSharedKey(psk.source),
            wire.Proposal.reInit({ groupID: utf8("next"), suite: 3 }), wire.Proposal.selfRemove(),
            wire.Proposal.preSharedKey(wire.resumptionSource(1, utf8("hail"), 1n)), wire.join([0, 6], wire.opaque(new Uint8Array(32))),
            wire.Proposal.groupContextExtensions([wire.requiredCapabilities({ proposals: [10] }), { type: 5, data: NOTHING }]),
        ];
        this.snapshots = [...this.groups, packages[3]].map(({ snapshot }) => snapshot);
        this.extensions = [wire.extensions([]), wire.extensions([wire.requiredCapabilities({})])];
    }

    /** Everything goes, with what came of earlier rounds. */
    close() {
        const last = Scene.lastHandle();
        for (let handle = this.firstHandle; handle < last; handle++) release(handle);
    }

    static lastHandle() {
        const probe = KeyPackage.create(core, { identity: NOTHING });
        const handle = probe.field.value;
        probe.close();
        return handle;
    }
}

function release(handle) {
    try {
        core.call(Operation.heldRelease, [u32(handle)]);
    } catch (error) {
        if (!(error instanceof CoreRefusal)) throw error;
    }
}

/** Nearly right bytes. */
function spoil(randomness, bytes, corpus) {
    let result = bytes.slice();
    for (let changes = randomness.below(4); changes > 0 && result.length > 0; changes--) {
        const at = randomness.below(result.length);
        switch (randomness.below(8)) {
            case 0: result = result.slice(0, at); break;
            case 1: result = wire.join(result, randomness.bytes(randomness.below(40))); break;
            case 2: result = wire.join(result.subarray(0, at), randomness.bytes(randomness.below(8)), result.subarray(at)); break;
            case 3: result = wire.join(result.subarray(0, at), result.subarray(Math.min(result.length, at + randomness.below(64)))); break;
            // Lengths that promise more than there is, up to what 32 bits can't count.
            case 4: result.set([0xBF, 0xFF, 0xFF, 0xFF].slice(0, result.length - at), at); break;
            case 5: result.set([0xFF, 0xFF, 0xFF, 0xFF].slice(0, result.length - at), at); break;
            case 6: {
                const other = corpus[randomness.below(corpus.length)];
                result = wire.join(result.subarray(0, at), other.subarray(randomness.below(other.length + 1)));
                break;
            }
            default: result[at] ^= 1 << randomness.below(8);
        }
    }
    return result;
}

/** Fields of one operation, each near to what it expects. */
function fieldsFor(operation, scene, randomness) {
    const { below, bytes } = { below: (count) => randomness.below(count), bytes: (count) => randomness.bytes(count) };
    const any = (list) => list[below(list.length)];
    const near = (list) => below(3) === 0 ? any(list) : spoil(randomness, any(list), scene.messages);
    const group = () => below(20) === 0 ? u32(below(200)) : any(scene.groups).field;
    const keyPackage = () => below(20) === 0 ? u32(below(200)) : any(scene.keyPackages).field;
    const leaf = () => u32(any([0, 1, 2, 3, 4, 0x7FFFFFFF, 0x80000000, NONE, below(2 ** 31)]));
    const epoch = () => u64(any([0n, 1n, 2n, 2n ** 64n - 1n, randomness.next()]));
    const keys = () => below(2) === 0 ? [u16(0)] : [u16(1), near([scene.preSharedKeys[1]]), bytes(below(40))];
    const list = (from) => { const count = below(4); return [u16(count), ...Array.from({ length: count }, () => near(from))]; };
    const format = () => [u8(below(2)), u16(any([0, 1, 64, 65535]))];
    const extensions = () => near(scene.extensions);
    const words = () => bytes(below(50));
    switch (operation) {
        case Operation.keyPackageCreate:
            return [u16(below(9)), below(2) === 0 ? u32(0) : keyPackage(), near([wire.basicCredential(utf8("x"))]),
                near([wire.capabilities()]), extensions(), extensions(), epoch(), epoch()];
        case Operation.keyPackageRead: return [near(scene.messages)];
        case Operation.groupCreate: return [keyPackage(), words(), extensions()];
        case Operation.groupJoin:
            return [keyPackage(), near(scene.messages), below(2) ? NOTHING : near(scene.messages),
                ...(below(2) ? [u8(0)] : [u8(1), group()]), ...keys()];
        case Operation.groupJoinExternally:
            return [keyPackage(), near(scene.messages), below(2) ? NOTHING : near(scene.messages), leaf(), words(),
                ...list(scene.messages), ...keys()];
        case Operation.groupCommit:
            return [group(), below(4) === 0 ? keyPackage() : u32(0), u8(below(256)), ...format(),
                wire.join(...Array.from({ length: below(3) }, () => near(scene.proposals))),
                ...list([bytes(32)]), words(), extensions(), ...keys()];
        case Operation.groupPropose:
            return [group(), below(4) === 0 ? keyPackage() : u32(0), ...format(), below(4) ? near(scene.proposals) : NOTHING, words()];
        case Operation.groupProposeFromOutside:
            return [keyPackage(), words(), epoch(), leaf(), below(4) ? near(scene.proposals) : NOTHING, words()];
        case Operation.groupReceive: return [group(), near(scene.messages), ...keys()];
        case Operation.groupDiscard: return [group(), u8(below(8))];
        case Operation.groupExport: return [group(), words(), words(), u16(below(65536))];
        case Operation.groupEncrypt: return [group(), words(), words(), u16(any([0, 1, 100, 65535]))];
        case Operation.groupInfo: return [group(), u8(below(4)), extensions()];
        case Operation.groupSucceed: return [group(), keyPackage(), u8(below(2)), words(), extensions(), ...list(scene.messages)];
        case Operation.heldSnapshot: return [group(), u8(below(2))];
        case Operation.heldRestore: return [u8(below(2)), near(scene.snapshots)];
        case Operation.heldRelease: return [u32(1_000_000 + below(1000))];
        default: return [group()];
    }
}

/**
 * Nearly right calls to every operation on groups, in rounds that each begin with new members. What a member can be
 * brought to sign and send goes to the others as well.
 */
export function hail(count, seed) {
    const randomness = new SeededRandomness(seed);
    const operations = Object.entries(Operation).filter(([, number]) => number >= 64).map(([, number]) => number);
    const told = { calls: 0, answered: 0, reasons: {}, generation: core.generation, memory: 0 };
    let scene = null;
    while (told.calls < count) {
        if (told.calls % 500 === 0) {
            scene?.close();
            scene = new Scene(1 + randomness.below(3));
        }
        told.calls += 1;
        // Receiving is where strangers' bytes come in.
        const operation = randomness.below(3) === 0 ? Operation.groupReceive : operations[randomness.below(operations.length)];
        const fields = fieldsFor(operation, scene, randomness);
        if (randomness.below(50) === 0) fields.splice(randomness.below(fields.length), 1);
        try {
            const answer = core.call(operation, fields);
            told.answered += 1;
            const view = new DataView(answer.buffer, answer.byteOffset);
            if (MAKES_A_HANDLE.has(operation)) release(view.getUint32(0));
            if (operation === Operation.groupCommit && scene.messages.length < 40) {
                scene.messages.push(answer.subarray(4, 4 + view.getUint32(0)));
            } else if ((operation === Operation.groupPropose || operation === Operation.groupEncrypt) && scene.messages.length < 40) {
                scene.messages.push(answer);
            }
        } catch (error) {
            if (!(error instanceof CoreRefusal)) throw error;
            told.reasons[error.reason] = (told.reasons[error.reason] ?? 0) + 1;
        }
    }
    scene.close();
    return { ...told, generations: core.generation - told.generation, memory: core.memoryLength };
}

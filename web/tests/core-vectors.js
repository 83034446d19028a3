// SPDX-License-Identifier: Apache-2.0
// Runs official vectors through the core's primitives in the browser, and frames through the shipped core. Driven by
// test_wasm.py, which hands in the files.
import { Core, CoreRefusal, CoreTrap, Operation } from "../crypto/core.js";
import { Answer, u16, u32, u64, u8 } from "../crypto/fields.js";
import { FrameKeys, WebCryptoFrames } from "../crypto/frame-keys.js";
import { Operation as Primitive } from "./core-operations.js";
import { SeededRandomness } from "./seeded-randomness.js";

export const core = await Core.load(fetch("/crypto/vigil-core.wasm"));
const primitives = await Core.load(fetch("/tests/core-vectors.wasm"));

const hex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const text = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const equal = (a, b) => text(a) === text(b);

/** The answer, or the reason of a refusal. */
function attempt(operation, fields) {
    try {
        return primitives.call(operation, fields);
    } catch (error) {
        if (error instanceof CoreRefusal) return error.reason;
        throw error;
    }
}

class Tally {
    passed = 0;
    failed = [];
    outOfScope = {};
    check(holds, name) { if (holds) this.passed += 1; else this.failed.push(name); }
    skip(reason) { this.outOfScope[reason] = (this.outOfScope[reason] ?? 0) + 1; }
}

const runners = {
    sframe(file, tally) {
        for (const [index, { kid, ctr, encoded }] of file.header.entries()) {
            const [keyID, counter] = [BigInt(kid), BigInt(ctr)];
            const header = primitives.call(Primitive.sframeHeader, [u64(keyID), u64(counter)]);
            const read = new Answer(primitives.call(Primitive.sframeReadHeader, [hex(encoded)]));
            tally.check(text(header) === encoded && read.u64() === keyID && read.u64() === counter, `header ${index}`);
        }
        for (const [index, vector] of file.aes_ctr_hmac.entries()) {
            const fields = [u16(vector.cipher_suite), hex(vector.key), hex(vector.nonce), hex(vector.aad)];
            const sealed = primitives.call(Primitive.sframeCipherSeal, [...fields, hex(vector.pt)]);
            const opened = primitives.call(Primitive.sframeCipherOpen, [...fields, hex(vector.ct)]);
            tally.check(text(sealed) === vector.ct && text(opened) === vector.pt, `aes_ctr_hmac ${index}`);
        }
        for (const _ of file.aes_256_ctr_hmac) tally.skip("suites of a draft");
        for (const vector of file.sframe) {
            const sealed = primitives.call(Primitive.sframeSeal, [
                u16(vector.cipher_suite), u64(BigInt(vector.kid)), u64(BigInt(vector.ctr)), hex(vector.base_key),
                hex(vector.metadata), hex(vector.pt),
            ]);
            const fields = [u16(vector.cipher_suite), hex(vector.sframe_key), hex(vector.nonce), hex(vector.aad)];
            const body = hex(vector.ct.slice(vector.aad.length - vector.metadata.length));
            const opened = primitives.call(Primitive.sframeCipherOpen, [...fields, body]);
            tally.check(text(sealed) === vector.ct && text(opened) === vector.pt, `sframe ${vector.cipher_suite}`);
        }
    },

    hpke(groups, tally) {
        for (const [index, group] of groups.entries()) {
            if (group.mode > 1) { tally.skip("auth modes"); continue; }
            if (group.aead_id > 3) { tally.skip("export-only"); continue; }
            if (group.kem_id !== 0x20 && group.kem_id !== 0x10) { tally.skip("curves the browser's core lacks"); continue; }
            const suite = [u16(group.kem_id), u16(group.kdf_id), u16(group.aead_id)];
            const pair = new Answer(primitives.call(Primitive.hpkeDeriveKeyPair, [...suite, hex(group.ikmR)]));
            const key = pair.bytes();
            let holds = text(key) === group.skRm && text(pair.bytes()) === group.pkRm;
            const psk = [hex(group.info), hex(group.psk ?? ""), hex(group.psk_id ?? "")];
            const [first] = group.exports;
            const sealed = new Answer(primitives.call(Primitive.hpkeSeal, [
                ...suite, hex(group.pkRm), hex(group.ikmE), ...psk, hex(first.exporter_context), u16(first.L),
                u16(group.encryptions.length), ...group.encryptions.flatMap(({ aad, pt }) => [hex(aad), hex(pt)]),
            ]));
            holds &&= text(sealed.bytes()) === group.enc && text(sealed.bytes()) === first.exported_value;
            for (const { ct } of group.encryptions) holds &&= text(sealed.bytes()) === ct;
            const opened = new Answer(primitives.call(Primitive.hpkeOpen, [
                ...suite, key, hex(group.enc), ...psk,
                u16(group.encryptions.length), ...group.encryptions.flatMap(({ aad, ct }) => [hex(aad), hex(ct)]),
            ]));
            for (const { pt } of group.encryptions) holds &&= text(opened.bytes()) === pt;
            tally.check(holds, index);
        }
    },

    aes_gcm(file, tally) {
        for (const group of file.testGroups) {
            for (const vector of group.tests) {
                if (group.ivSize !== 96) { tally.skip("nonce not of 12 bytes"); continue; }
                if (group.tagSize !== 128) { tally.skip("tag not of 16 bytes"); continue; }
                if (group.keySize === 192) { tally.skip("AES-192"); continue; }
                const fields = [u16(group.keySize === 128 ? 1 : 2), hex(vector.key), hex(vector.iv), hex(vector.aad)];
                const opened = attempt(Primitive.aeadOpen, [...fields, hex(vector.ct + vector.tag)]);
                if (vector.result !== "valid") {
                    tally.check(opened === "crypto.authenticationFailed", vector.tcId);
                    continue;
                }
                const sealed = primitives.call(Primitive.aeadSeal, [...fields, hex(vector.msg)]);
                tally.check(text(opened) === vector.msg && text(sealed) === vector.ct + vector.tag, vector.tcId);
            }
        }
    },

    ed25519(file, tally) {
        for (const group of file.testGroups) {
            for (const vector of group.tests) {
                const [accepted] = primitives.call(
                    Primitive.verify, [u16(0x0807), hex(group.publicKey.pk), hex(vector.sig), hex(vector.msg)]);
                tally.check((accepted === 1) === (vector.result === "valid"), vector.tcId);
            }
        }
    },

    ecdsa(file, tally) {
        const integer = (digits) => {
            let bytes = hex(digits.replace(/^(00)+/, ""));
            if (bytes.length === 0 || bytes[0] >= 0x80) bytes = Uint8Array.of(0, ...bytes);
            return [2, bytes.length, ...bytes];
        };
        for (const group of file.testGroups) {
            for (const vector of group.tests) {
                if (vector.sig.length !== 128) { tally.skip("no two numbers of 32 bytes"); continue; }
                const body = [...integer(vector.sig.slice(0, 64)), ...integer(vector.sig.slice(64))];
                const [accepted] = primitives.call(Primitive.verify, [
                    u16(0x0403), hex(group.publicKey.uncompressed), Uint8Array.of(0x30, body.length, ...body),
                    hex(vector.msg),
                ]);
                tally.check((accepted === 1) === (vector.result === "valid"), vector.tcId);
            }
        }
    },

    x25519(file, tally) {
        for (const group of file.testGroups) {
            for (const vector of group.tests) {
                const shared = attempt(
                    Primitive.agreementSecret, [u16(0x20), hex(vector.private), hex(vector.public)]);
                const mayRefuse = vector.result !== "valid" && /^0*$/.test(vector.shared);
                tally.check(
                    mayRefuse ? shared === "crypto.invalidSharedSecret" : text(shared) === vector.shared, vector.tcId);
            }
        }
    },

    hkdf(file, tally) {
        for (const group of file.testGroups) {
            for (const vector of group.tests) {
                const key = primitives.call(Primitive.extract, [u16(1), hex(vector.salt), hex(vector.ikm)]);
                const derived = attempt(Primitive.expand, [u16(1), key, hex(vector.info), u32(vector.size)]);
                tally.check(
                    vector.result === "valid" ? text(derived) === vector.okm : derived === "crypto.invalidLength",
                    vector.tcId);
            }
        }
    },

    hmac(file, tally) {
        for (const group of file.testGroups) {
            for (const vector of group.tests) {
                const code = primitives.call(Primitive.hmac, [u16(1), hex(vector.key), hex(vector.msg)]);
                const agrees = text(code.subarray(0, group.tagSize / 8)) === vector.tag;
                tally.check(agrees === (vector.result === "valid"), vector.tcId);
            }
        }
    },
};

export function run(kind, file) {
    const tally = new Tally();
    runners[kind](file, tally);
    return { passed: tally.passed, failed: tally.failed, outOfScope: tally.outOfScope };
}

/** The transcript of Tests/SFrameTests/TranscriptTests.swift: a hash over a thousand frames of all suites. */
export function transcript() {
    let digest = new Uint8Array(32);
    const randomness = new SeededRandomness(9605n);
    for (let suite = 1; suite <= 5; suite++) {
        const keys = FrameKeys.create(core, { suite, ownLeaf: 3, isRestored: false });
        keys.addEpoch(77n, 12, randomness.bytes([48, 48, 48, 16, 32][suite - 1]));
        keys.startSending(77n, 0);
        for (let index = 0; index < 200; index++) {
            const plaintext = randomness.bytes((index * 37) % 1500);
            const metadata = randomness.bytes(index % 9);
            const frame = keys.seal(plaintext, { context: BigInt(index % 5), metadata });
            digest = primitives.call(Primitive.hash, [u16(1), Uint8Array.of(...digest, ...frame)]);
        }
        keys.close();
    }
    return text(digest);
}

const baseKey = Uint8Array.from({ length: 16 }, (_, index) => index);

function member(ownLeaf, isRestored = false) {
    const keys = FrameKeys.create(core, { ownLeaf, isRestored });
    keys.addEpoch(1n, 8, baseKey);
    keys.startSending(1n, 0);
    return keys;
}

/** Frames sealed by the core and by WebCrypto are the same kind of frame, and each opens the other's. */
export async function mixedCiphers() {
    const [ana, ben, chen] = [member(2), member(5), member(6)];
    const plain = new WebCryptoFrames(ana);
    const other = new WebCryptoFrames(chen);
    const metadata = Uint8Array.of(7, 7);
    const seen = [];
    for (const length of [0, 1, 160, 1200, 20000, 100000]) {
        const plaintext = new SeededRandomness(BigInt(length)).bytes(length);
        for (const frame of [ana.seal(plaintext, { metadata }), await plain.seal(plaintext, { metadata })]) {
            const opened = await other.open(frame, metadata);
            seen.push(equal(ben.open(frame, metadata).plaintext, plaintext) && equal(opened.plaintext, plaintext));
            const changed = frame.slice();
            changed[changed.length - 16] ^= 1; // the tag's first byte: known to be another frame before any AES runs
            seen.push(await other.open(changed, metadata).catch((error) => error.reason) === "sframe.replayed");
        }
    }
    const wrong = await plain.seal(Uint8Array.of(1), { metadata });
    seen.push(await other.open(wrong, Uint8Array.of(8)) === null);
    return seen;
}

/** A trap ends the instance, the next call has a new one, and keys come back from their snapshot. */
export function recovery() {
    const [ana, ben] = [member(2), member(5)];
    const before = ana.seal(Uint8Array.of(1));
    const counter = ben.open(before).origin.counter;
    const generation = core.generation;
    const waiting = new Answer(ben.call(Operation.ringPlanOpening, [new Uint8Array(0), ana.seal(Uint8Array.of(9))]));
    const plan = waiting.u32();
    let trap = null;
    try { core.callRaw(Operation.ringCreate, 0xFFFFFFF0, 4096); } catch (error) { trap = error; }
    let orphan = null;
    try { ben.callPlan(Operation.ringAccept, plan); } catch (error) { orphan = error; }
    const after = ben.open(ana.seal(Uint8Array.of(2)));
    return {
        isTrap: trap instanceof CoreTrap,
        isOrphanRefused: orphan instanceof CoreTrap,
        generations: core.generation - generation,
        plaintext: Array.from(after.plaintext),
        firstCounter: String(counter),
        isRandomStart: after.origin.counter > 0xFFFFFFFFn,
    };
}

/** Every refusal has a name. */
export function refusals() {
    const ana = member(2);
    const ben = member(5);
    const frame = ana.seal(Uint8Array.of(1));
    const changed = frame.slice();
    changed[changed.length - 1] ^= 1;
    const reason = (body) => { try { body(); return null; } catch (error) { return error.reason; } };
    const found = {
        unknownOperation: reason(() => core.call(31, [])),
        cut: reason(() => core.call(Operation.ringCreate, [u8(0)])),
        leftOver: reason(() => core.call(Operation.memberRelease, [u32(1), u8(0)])),
        longLength: reason(() => core.call(Operation.ringRestore, [u32(0xFFFFFFFF)])),
        unknownHandle: reason(() => core.call(Operation.ringSnapshot, [u32(0xFFFFFFFF)])),
        changed: reason(() => ben.open(changed)),
        own: reason(() => ana.open(frame)),
        cutFrame: reason(() => ben.open(frame.subarray(0, 1))),
        unknownEpoch: reason(() => ben.open(Uint8Array.of(0x03, ...frame.subarray(1)))),
        staleEpoch: reason(() => ana.addEpoch(1n, 8, baseKey)),
        noEpoch: reason(() => FrameKeys.create(core, { ownLeaf: 1, isRestored: false }).seal(frame)),
        longExpand: reason(() => primitives.call(Primitive.expand, [u16(1), baseKey, new Uint8Array(0), u32(0xFFFFFFFF)])),
        badSnapshot: reason(() => FrameKeys.restore(core, Uint8Array.of(1, 2, 3))),
        bigCurve: reason(() => primitives.call(Primitive.agreementPublicKey, [u16(0x11), new Uint8Array(48)])),
    };
    return found;
}

/** Random and nearly right calls: refusals are fine, a trap is a fault of ours. */
export function hail(count, seed) {
    const randomness = new SeededRandomness(BigInt(seed));
    const pick = (below) => Number(randomness.next() % BigInt(below));
    const keys = member(2);
    const frame = member(5).seal(randomness.bytes(40));
    const snapshot = keys.snapshot;
    const calls = [[core, Operation], [primitives, Primitive]].flatMap(
        ([target, numbers]) => Object.values(numbers).map((operation) => [target, operation]));
    for (let round = 0; round < count; round++) {
        const base = pick(3) === 0 ? randomness.bytes(pick(60)) : pick(2) === 0 ? frame.slice() : snapshot.slice();
        if (base.length > 0) base[pick(base.length)] ^= 1 << pick(8);
        const cut = base.subarray(0, pick(base.length + 1));
        const fields = [
            [cut], [u16(1 + pick(5)), cut, cut], [u32(1 + pick(40)), cut, base], [u32(1 + pick(40)), u64(1n), u32(8), cut],
            [u16(0x20), u16(1), u16(1), cut, base, cut, base, cut, cut, u16(pick(9)), u16(pick(3)), cut, base],
            [u32(1 + pick(40)), u64(randomness.next()), u64(randomness.next())], [u32(pick(1 << 30) * 4)],
        ][pick(7)];
        try {
            const [target, operation] = calls[pick(calls.length)];
            target.call(operation, fields);
        } catch (error) {
            if (!(error instanceof CoreRefusal)) throw error;
        }
    }
    return count;
}

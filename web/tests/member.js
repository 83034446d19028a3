// SPDX-License-Identifier: Apache-2.0
// The member in the browser's core. Driven by test_member.py.
import { Core, CoreRefusal, Operation } from "../crypto/core.js";
import { u32, u64 } from "../crypto/fields.js";
import { foundMeeting, guestIdentity, hostingPart, Member } from "../crypto/member.js";
import * as wire from "../crypto/member-wire.js";
import { decodeAll, encode, WireFault } from "../crypto/wire-types.js";
import { Membership } from "../meeting/membership.js";
import { SeededRandomness } from "./seeded-randomness.js";

const core = await Core.load(fetch("/crypto/vigil-core.wasm"));
const NONE = new Uint8Array(0);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const tables = { settings: wire.Settings, identity: wire.Identity, input: wire.MemberInput, output: wire.MemberOutput };

/** With what stands for bytes in JSON turned into bytes, and back. */
function revive(value) {
    if (Array.isArray(value)) return value.map(revive);
    if (typeof value !== "object" || value === null) return value;
    if (Object.keys(value).join() === "hex") return bytes(value.hex);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revive(member)]));
}
function plain(value) {
    if (value instanceof Uint8Array) return { hex: hex(value) };
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** The page's tables against member-wire.json, which the Swift side is held to as well. */
export async function fixture() {
    const file = await (await fetch("/tests/member-wire.json")).json();
    const wrong = [];
    const kinds = new Set();
    for (const [group, entries] of Object.entries(file)) {
        for (const entry of entries) {
            const value = revive(entry.value);
            const read = decodeAll(tables[group], bytes(entry.bytes));
            if (hex(encode(tables[group], value)) !== entry.bytes) wrong.push(["written", entry.value]);
            if (read.length !== 1 || JSON.stringify(plain(read[0])) !== JSON.stringify(entry.value)) wrong.push(["read", entry.value]);
            for (const part of [value, value.message, value.request, value.change, value.event]) if (part?.kind) kinds.add(part.kind);
        }
    }
    const all = [wire.MemberInput, wire.MemberOutput, wire.NodeMessage, wire.NodeRequest, wire.FrameKeyChange, wire.MemberEvent];
    return { wrong, missing: all.flatMap((type) => type.kinds).filter((kind) => !kinds.has(kind)) };
}

/** Values that can't be said, and vectors at the edges of their headers. */
export function edges() {
    const said = (input) => { try { encode(wire.MemberInput, input); return true; } catch (error) { return !(error instanceof WireFault) && String(error); } };
    const lengths = [0, 63, 64, 16_383, 16_384, 70_000].map((length) => {
        const input = { kind: "node", message: { kind: "proposal", sequence: 1, proposal: new Uint8Array(length).fill(7) } };
        return decodeAll(wire.MemberInput, encode(wire.MemberInput, input))[0].message.proposal.length === length;
    });
    return {
        lengths: lengths.every(Boolean),
        refused: [
            { kind: "dance" }, {}, { kind: "admit", participant: "ana" }, { kind: "admit", participant: "00000000000000A1" }, { kind: "say", id: "x" },
            { kind: "node", message: { kind: "ready", epoch: 2 ** 60 } }, { kind: "node", message: { kind: "ready", epoch: -1 } },
            { kind: "node", message: { kind: "vacant", nodeKey: "AAAA" } }, { kind: "absence", absence: "party" },
        ].map(said),
    };
}

const flags = { microphone: true, camera: false, screen: false, hand: false, recording: false };
const settings = { name: "Ana", flags, accountable: false, lobby: false, absence: "wait", history: "chat", isReturning: false };
const node = (message) => ({ kind: "node", message });
const vacant = node({ kind: "vacant", nodeKey: new Uint8Array(32).fill(1) });
const welcome = node({
    kind: "welcome", isResumed: false, resume: "token", epoch: 0, sequence: 0, present: [], knocks: [], welcome: NONE, tree: NONE, invitation: NONE,
});
const kindsOf = (outputs) => outputs.map((output) => (output.request ?? output.change ?? output.event).kind);

/** Somebody founds a meeting, and is in it. */
export function founding() {
    const { identity, secret } = foundMeeting(core, ["https://a.example"]);
    const member = new Member(core, identity, settings);
    const asked = kindsOf(member.handle({ kind: "opened" }));
    const founded = kindsOf(member.handle(vacant));
    const inside = member.handle(welcome);
    const events = Object.fromEntries(inside.filter(({ kind }) => kind === "event").map(({ event }) => [event.kind, event]));
    const [kept] = decodeAll(wire.Identity, hostingPart(events.identity.identity));
    const waits = member.deadline !== null && member.deadline > performance.now() - 1;
    member.release();
    return {
        asked, founded, role: events.person.role, name: events.person.name, words: events.words.words.length, phase: events.phase.phase,
        isSameLink: hex(events.link.secret) === hex(secret), kept: [kept.signaturePrivateKey.length, kept.hosting !== null], waits,
        guest: hostingPart(guestIdentity(secret)), afterwards: refusal(() => member.handle({ kind: "timeout" })),
    };
}

function refusal(body) {
    try { body(); return null; } catch (error) { return error instanceof CoreRefusal ? error.reason : error.name; }
}

/** The core breaks off: another member with the same keys stands in the lost one's place, and comes back by itself. */
export function recovery() {
    const mine = new Core(core.module, () => undefined);
    const membership = new Membership(mine, foundMeeting(mine, []).identity, settings);
    const seen = [];
    const ids = new Set();
    membership.on("send", ({ kind }) => seen.push(kind));
    membership.on("frames", ({ kind }) => seen.push(kind));
    membership.on("event", (event) => { if (event.kind === "own") ids.add(event.participant); });
    membership.on("lost", () => seen.push("lost"));
    for (const input of [{ kind: "opened" }, vacant, welcome]) membership.handle(input);
    const before = seen.splice(0);
    const { generation } = mine;
    try { mine.callRaw(Operation.ringCreate, 0xFFFF_FFF0, 4096); } catch { /* the trap */ }
    membership.handle({ kind: "say", id: "1", text: "into the void", to: null });
    const trapped = seen.splice(0);
    membership.handle({ kind: "opened" });
    const after = seen.splice(0);
    membership.close();
    return { before: before.includes("startSending"), generations: mine.generation - generation, trapped, after, ids: ids.size };
}

/** Nearly right inputs at every stage: refusals and silence are fine, a trap is a fault of ours. */
export function hail(rounds, seed) {
    const randomness = new SeededRandomness(seed);
    const generation = core.generation;
    const { identity, secret } = foundMeeting(core, ["https://a.example"]);
    const genuine = { sent: [] };
    let taken = 0;
    for (let round = 0; round < rounds; round++) {
        const isHost = randomness.below(3) > 0;
        let member = new Member(core, isHost ? identity : guestIdentity(secret), settings);
        const handle = (input) => {
            for (const output of member.handle(input)) {
                if (output.kind !== "send") continue;
                for (const value of Object.values(output.request)) if (value instanceof Uint8Array) genuine.sent.push(value);
            }
            if (genuine.sent.length > 200) genuine.sent.splice(0, 100);
        };
        const some = () => near(genuine.sent[randomness.below(Math.max(1, genuine.sent.length))] ?? NONE, randomness);
        const id = () => randomness.next().toString(16).padStart(16, "0");
        const number = () => [0, 1, 2, 2 ** 32 - 1, 2 ** 53 - 1][randomness.below(5)];
        const flag = () => randomness.below(2) === 1;
        const messages = [
            () => ({ kind: "door", card: some(), isCurrent: flag(), epoch: number(), generation: randomness.below(3), lobby: flag(), locked: flag(), hostPresent: flag(), accountable: flag() }),
            () => ({ kind: "vacant", nodeKey: randomness.bytes(randomness.below(40)) }),
            () => ({ ...welcome.message, isResumed: flag(), epoch: number(), sequence: number(), present: [{ participant: id(), connected: flag() }],
                knocks: [{ participant: id(), alias: "AbCdEfGhIjKlMnOpQrStUv", knock: some() }], welcome: some(), tree: some(), invitation: some() }),
            () => ({ kind: "waiting", hostPresent: flag() }),
            () => ({ kind: "commit", sequence: number(), epoch: number(), commit: some() }),
            () => ({ kind: "proposal", sequence: number(), proposal: some() }),
            () => ({ kind: "message", sequence: number(), from: id(), message: some() }),
            () => ({ kind: "ready", epoch: number() }),
            () => ({ kind: "reopened", sequence: number(), epoch: number(), refusals: [some(), some()] }),
            () => ({ kind: "knock", participant: id(), alias: "AbCdEfGhIjKlMnOpQrStUv", knock: some() }),
            () => ({ kind: "group", epoch: number(), groupInfo: some(), tree: some() }),
            () => ({ kind: "accepted", request: randomness.below(4), epoch: number(), sequence: number() }),
            () => ({ kind: "error", code: ["stale", "commit", "barred", "x"][randomness.below(4)], request: randomness.below(4), detail: "lobby" }),
            () => ({ kind: "refused", reason: ["busy", "notFound", "outOfStep", "locked"][randomness.below(4)] }),
        ];
        const wishes = [
            () => ({ kind: "opened" }), () => ({ kind: "closed" }), () => ({ kind: "timeout" }), () => ({ kind: "lock", on: flag() }), () => ({ kind: "resetLink" }),
            () => ({ kind: "say", id: "i".repeat(randomness.below(60)), text: "t".repeat(randomness.below(20_000)), to: flag() ? id() : null }),
            () => ({ kind: "remove", participant: id() }), () => ({ kind: "compare" }), () => ({ kind: "cohost", participant: id(), on: flag() }),
            () => ({ kind: "counts", sealed: [1, 2, 3, 4], received: [{ participant: id(), source: "camera", opened: 1, refused: 900, isWanted: true }] }),
        ];
        handle({ kind: "opened" });
        if (isHost && randomness.below(4) > 0) { handle(vacant); handle(welcome); }
        for (let step = 0; step < 30; step++) {
            handle(randomness.below(3) === 0 ? wishes[randomness.below(wishes.length)]() : node(messages[randomness.below(messages.length)]()));
            taken += 1;
        }
        // What isn't even an input.
        refusal(() => core.call(Operation.memberHandle, [u32(1 + randomness.below(40)), u64(1n), u64(2n), near(encode(wire.MemberInput, welcome), randomness)]));
        refusal(() => core.call(Operation.memberCreate, [near(identity, randomness), near(encode(wire.Settings, settings), randomness)]));
        member.release();
    }
    return { taken, generations: core.generation - generation, memory: core.memoryLength };
}

/** The same with up to three bytes changed, or cut. */
function near(source, randomness) {
    const changed = source.slice();
    for (let change = randomness.below(4); change > 0 && changed.length > 0; change--) changed[randomness.below(changed.length)] ^= 1 << randomness.below(8);
    return randomness.below(8) === 0 ? changed.subarray(0, randomness.below(changed.length + 1)) : changed;
}

// SPDX-License-Identifier: Apache-2.0
// Groups in the browser, by the module for tests. Driven by test_wasm_groups.py.
import { Core, CoreRefusal, CoreTrap } from "../crypto/core.js";
import { u16, u32, u64, u8 } from "../crypto/fields.js";
import { Operation } from "./core-operations.js";
import { Group, KeyPackage } from "./groups.js";
import * as wire from "./mls-wire.js";
import { SeededRandomness } from "./seeded-randomness.js";

export const core = await Core.load(fetch("/tests/core-vectors.wasm"));
void core.generation;

const utf8 = (text) => new TextEncoder().encode(text);
const name = (bytes) => new TextDecoder().decode(bytes);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const names = (members) => members.map((member) => name(member.credential.identity)).sort();

/** The answer, or the reason of a refusal. */
function reason(body) {
    try {
        body();
        return null;
    } catch (error) {
        if (error instanceof CoreRefusal) return error.reason;
        throw error;
    }
}

/** Runs `body` while every random byte that the core asks for comes from a seed. */
function seeded(randomness, body) {
    const real = crypto.getRandomValues;
    crypto.getRandomValues = (bytes) => randomness.fill(bytes);
    try {
        return body();
    } finally {
        delete crypto.getRandomValues;
        if (crypto.getRandomValues !== real) crypto.getRandomValues = real;
    }
}

const link = { source: wire.externalSource(utf8("link")), key: new Uint8Array(32).fill(7) };
const preSharedKeys = [link];
const keyPackage = (identity, suite = 1, more = {}) => KeyPackage.create(core, { identity: utf8(identity), suite, ...more });

/** A group of the named ones, who came by one Welcome. */
function meet(suite, identities, parameters = {}) {
    const packages = identities.map((identity) => keyPackage(identity, suite));
    const [first, ...others] = packages;
    const founder = Group.create(first, { groupID: utf8("meeting"), ...parameters });
    const proposals = others.map(({ message }) => wire.Proposal.add(message));
    const { welcome } = founder.commit({ proposals });
    founder.adopt();
    const members = [founder, ...others.map((one) => Group.join(one, welcome))];
    for (const one of packages) one.close();
    return members;
}

/** Everybody but the author takes a commit; gives what the first of them saw. */
function follow(members, author, message, details = {}) {
    const seen = [];
    for (const member of members) {
        if (member === author) continue;
        seen.push(member.receive(message, details));
        member.adopt();
    }
    author.adopt();
    return seen[0];
}

function agree(members) {
    return new Set(members.map((member) => hex(member.state.epochAuthenticator) + hex(member.export("x", utf8("y"), 32)))).size === 1;
}

const close = (...held) => { for (const one of held) one.close(); };

/** What everybody does once in a meeting's life, in one suite. */
export function life(suite) {
    const told = {};
    const required = wire.requiredCapabilities({ proposals: [wire.ProposalType.selfRemove] });
    let [ana, ben, chen] = meet(suite, ["ana", "ben", "chen"], { extensions: [required] });
    told.founded = agree([ana, ben, chen]) && names(ana.members);
    told.state = (({ epoch, leaf, leafWidth, status, suite: number }) =>
        [Number(epoch), leaf, leafWidth, status, number])(chen.state);

    // By reference: an update, seen before it is adopted.
    const update = ben.proposeUpdate();
    const proposal = ana.receive(update).proposal;
    chen.receive(update);
    told.update = [proposal.type, proposal.sender.index, name(proposal.member.credential.identity)];
    told.pending = reason(() => ana.encrypt(utf8("x")));
    const byReference = chen.commit();
    told.updated = names(follow([ana, ben, chen], chen, byReference.commit).change.updated);

    // A key package that is looked at, and added with the link's key.
    const dana = keyPackage("dana", suite);
    const read = KeyPackage.read(core, dana.message);
    told.knock = [name(read.member.credential.identity), read.suite, hex(read.reference) === hex(dana.reference)];
    const add = ana.commit({
        proposals: [wire.Proposal.add(dana.message), wire.Proposal.preSharedKey(link.source)], preSharedKeys,
        treeInWelcome: false, withPath: false,
    });
    told.withoutKey = reason(() => ben.receive(add.commit));
    const added = follow([ana, ben, chen], ana, add.commit, { preSharedKeys });
    told.added = [names(added.change.added), added.change.path, added.change.proposals.map(({ type }) => type)];
    told.withoutTree = reason(() => Group.join(dana, add.welcome, { preSharedKeys }));
    let danaGroup = Group.join(dana, add.welcome, { tree: ana.tree, preSharedKeys });

    // From outside, with the link.
    const ed = keyPackage("ed", suite);
    const join = Group.joinExternally(ed, ben.groupInfo(), { preSharedKeys });
    const outside = [ana, ben, chen, danaGroup].map((member) => {
        const { change } = member.receive(join.commit, { preSharedKeys });
        member.adopt();
        return change;
    })[0];
    told.external = [outside.committer.kind, name(outside.path.credential.identity), agree([ana, ben, chen, danaGroup, join.group])];

    // A removal that only members can read; somebody proposes to come in, and somebody goes.
    const removal = ana.commit({ proposals: [wire.Proposal.remove(2)], encrypted: { padding: 64 } });
    const seen = chen.receive(removal.commit);
    chen.adopt();
    told.removed = [seen.removesUs, names(seen.change.removed), chen.state.status, reason(() => chen.export("x", utf8("y"), 32))];
    follow([ana, ben, danaGroup, join.group], ana, removal.commit);
    const { groupID, epoch } = ana.state;
    const flo = keyPackage("flo", suite);
    const wish = flo.proposeSelf({ groupID, epoch });
    const leave = ben.propose(wire.Proposal.selfRemove());
    for (const member of [ana, danaGroup, join.group]) for (const message of [wish, leave]) member.receive(message);
    ben.receive(wish);
    told.waiting = ana.state.pendingProposals;
    const both = ana.commit();
    told.both = [names(both.change.added), names(both.change.removed), both.change.proposals.map(({ isByReference }) => isByReference)];
    follow([ana, ben, danaGroup, join.group], ana, both.commit);
    const floGroup = Group.join(flo, both.welcome);

    // Others' words, and other extensions.
    const message = floGroup.encrypt(utf8("hello"), { authenticatedData: utf8("1"), padding: 100 });
    const heard = danaGroup.receive(message);
    told.heard = [name(heard.data), name(heard.authenticatedData), name(heard.sender.credential.identity), Number(heard.epoch)];
    told.again = reason(() => danaGroup.receive(message));
    const sender = { signatureKey: heard.sender.signatureKey, identity: utf8("node") };
    const extensions = [required, wire.externalSenders([sender])];
    const changed = join.group.commit({ proposals: [wire.Proposal.groupContextExtensions(extensions)] });
    const rest = [ana, danaGroup, join.group, floGroup];
    told.extensions = follow(rest, join.group, changed.commit).change.extensions.map(({ type }) => type);
    const bye = flo.proposeAsExternal(ana.state, 0, wire.Proposal.remove(danaGroup.state.leaf));
    for (const member of rest) told.fromOutside = member.receive(bye).proposal.sender;
    for (const member of rest) member.dropProposals();

    // Back from a snapshot, and what was staged is dropped.
    const restored = Group.restore(core, danaGroup.snapshot);
    danaGroup.close();
    danaGroup = restored;
    const dropped = ana.commit();
    told.staged = [ana.state.hasStaged, danaGroup.receive(dropped.commit).kind];
    danaGroup.drop();
    ana.drop();
    told.dropped = [ana.state.hasStaged, reason(() => ana.adopt())];
    told.agreed = agree([ana, danaGroup, join.group, floGroup]);
    close(ana, ben, chen, danaGroup, join.group, floGroup, dana, ed, flo);
    return told;
}

/** A branch of some, and the group that goes on in another suite. */
export function successors() {
    const [ana, ben, chen] = meet(1, ["ana", "ben", "chen"]);
    const [anaKeys, benKeys] = [keyPackage("ana"), keyPackage("ben")];
    const branch = ana.branch(anaKeys, [benKeys.message], { groupID: utf8("branch") });
    const orphan = reason(() => Group.join(benKeys, branch.welcome));
    const benBranch = Group.join(benKeys, branch.welcome, { origin: ben });
    const told = { orphan, branch: [agree([branch.group, benBranch]), names(benBranch.members)] };
    const reInit = ana.commit({ proposals: [wire.Proposal.reInit({ groupID: utf8("next"), suite: 3 })], withPath: false });
    follow([ana, ben, chen], ana, reInit.commit);
    told.status = [ana.state.status, reason(() => ben.encrypt(utf8("x")))];
    const packages = ["ana", "ben", "chen"].map((identity) => keyPackage(identity, 3));
    const next = ana.reinitialize(packages[0], [packages[1].message, packages[2].message]);
    const benNext = Group.join(packages[1], next.welcome, { origin: ben });
    told.next = [benNext.state.suite, name(benNext.state.groupID), agree([next.group, benNext])];
    close(ana, ben, chen, anaKeys, benKeys, branch.group, benBranch, ...packages, next.group, benNext);
    return told;
}

function trap() {
    try {
        core.callRaw(Operation.hash, 0xFFFFFFF0, 4096);
    } catch (error) {
        return error instanceof CoreTrap;
    }
    return false;
}

/** A trap takes the instance; members, key packages and a commit of ours come back from their snapshots. */
export function recovery() {
    const [ana, ben] = meet(1, ["ana", "ben"]);
    const chen = keyPackage("chen");
    const first = ana.encrypt(utf8("one"));
    ben.receive(first);
    const made = ana.commit({ proposals: [wire.Proposal.add(chen.message)] });
    ben.receive(made.commit);
    const told = { isTrap: trap() };
    let lost = null;
    try { ben.adopt(); } catch (error) { lost = error; }
    told.lost = lost instanceof CoreTrap;
    ana.adopt();
    told.again = ben.receive(made.commit).kind;
    ben.adopt();
    const third = Group.join(chen, made.welcome);
    told.agreed = agree([ana, ben, third]);
    trap();
    told.heard = name(ben.receive(ana.encrypt(utf8("two"))).data);
    trap();
    told.next = name(ben.receive(ana.encrypt(utf8("three"))).data);
    close(ana, ben, third, chen);
    return told;
}

/** The life of Sources/Vectors/Transcript/GroupTranscript.swift, by the operations that are shipped. */
export function transcript(suite) {
    // What the core draws once and for all, such as the seed of its hash tables, it draws before.
    close(...meet(suite, ["ana", "ben"]));
    const randomness = new SeededRandomness(9420 + suite);
    return seeded(randomness, () => {
        let digest = new Uint8Array(32);
        const absorb = (...parts) => {
            digest = core.call(Operation.hash, [u16(1), wire.join(digest, ...parts)]);
            return parts[0];
        };
        const packages = ["ana", "ben", "chen", "dana"].map((identity) => {
            const made = keyPackage(identity, suite, { lifetime: { notBefore: 0n, notAfter: 1000n } });
            absorb(made.message);
            return made;
        });
        const [ana, ben, chen, dana] = [0, 1, 2, 3];
        const required = wire.requiredCapabilities({ proposals: [wire.ProposalType.selfRemove] });
        const members = [Group.create(packages[ana], { groupID: utf8("transcript"), extensions: [required] })];
        const isActive = (member) => member.state.status === "active";
        const receive = (message, author) => {
            members.forEach((member, index) => {
                if (index === author || !isActive(member)) return;
                if (member.receive(message, { preSharedKeys }).kind === "commit") member.adopt();
            });
        };
        const commit = (options, author) => {
            const made = members[author].commit({ ...options, preSharedKeys });
            receive(absorb(made.commit), author);
            members[author].adopt();
            if (made.welcome) absorb(made.welcome);
            return made.welcome;
        };
        let isAgreed = true;
        const seeAll = () => {
            const seen = members.filter(isActive).map((member) => wire.join(
                member.state.epochAuthenticator, member.export("transcript", Uint8Array.of(1, 2, 3), 40), member.tree));
            isAgreed &&= seen.every((one) => hex(one) === hex(seen[0]));
            absorb(seen[0]);
        };
        const identifier = wire.Proposal.preSharedKey(link.source, randomness.bytes(32));
        const adds = [ben, chen].map((index) => wire.Proposal.add(packages[index].message));
        const welcome = commit({ proposals: [...adds, identifier] }, ana);
        for (const index of [ben, chen]) members.push(Group.join(packages[index], welcome, { preSharedKeys }));
        seeAll();
        receive(absorb(members[ben].proposeUpdate()), ben);
        commit({}, chen);
        seeAll();
        for (let index = 0; index < 9; index++) {
            const data = new Uint8Array(index * 40).fill(index);
            receive(absorb(members[index % 3].encrypt(data, { padding: 100 })), index % 3);
        }
        const join = Group.joinExternally(packages[dana], absorb(members[ana].groupInfo()), { preSharedKeys });
        receive(absorb(join.commit), dana);
        members.push(join.group);
        seeAll();
        const former = members[ana];
        members[ana] = Group.restore(core, former.snapshot);
        former.close();
        commit({ proposals: [wire.Proposal.remove(members[chen].state.leaf)], encrypted: { padding: 64 } }, ana);
        seeAll();
        receive(absorb(members[ben].propose(wire.Proposal.selfRemove())), ben);
        commit({ proposals: [wire.Proposal.groupContextExtensions([])] }, dana);
        seeAll();
        close(...members, ...packages);
        return isAgreed ? hex(digest) : "members disagree";
    });
}

/**
 * Follows a group of the official passive-client vectors as a member who sends nothing; from time to time out of a
 * snapshot. The shipped operations' share of what core-vectors.wasm does with all files.
 */
export function passive(vectors) {
    const bytes = (digits) => Uint8Array.from(digits?.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    // Some stacks write scalars without their leading zeros.
    const key = (digits) => wire.opaque(bytes(digits.padStart(64, "0")));
    const tally = { passed: 0, failed: [], outOfScope: 0 };
    for (const [index, vector] of vectors.entries()) {
        if (vector.cipher_suite > 3) { tally.outOfScope += 1; continue; }
        const preSharedKeys = vector.external_psks.map(
            ({ psk_id, psk }) => ({ source: wire.externalSource(bytes(psk_id)), key: bytes(psk) }));
        const keyPackage = KeyPackage.restore(core, wire.join(
            bytes(vector.key_package).subarray(4), key(vector.init_priv), key(vector.encryption_priv),
            key(vector.signature_priv)));
        let group = Group.join(keyPackage, bytes(vector.welcome), { tree: bytes(vector.ratchet_tree), preSharedKeys });
        let holds = hex(group.state.epochAuthenticator) === vector.initial_epoch_authenticator;
        for (const epoch of vector.epochs) {
            for (const proposal of epoch.proposals) {
                holds &&= group.receive(bytes(proposal), { preSharedKeys }).kind === "proposal";
            }
            holds &&= group.receive(bytes(epoch.commit), { preSharedKeys }).kind === "commit";
            group.adopt();
            holds &&= hex(group.state.epochAuthenticator) === epoch.epoch_authenticator;
            const restored = Group.restore(core, group.snapshot);
            group.close();
            group = restored;
        }
        close(group, keyPackage);
        if (holds) tally.passed += 1; else tally.failed.push(index);
    }
    return tally;
}

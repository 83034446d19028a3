// SPDX-License-Identifier: Apache-2.0
import {
    bits, choice, constant, exactly, flag, list, opaque, optional, participant, struct, text, u16, u32, u64, word,
} from "./wire-types.js";

// What goes into a member in the core and what comes out, as Sources/Membership encodes it: tables of the fields, in the
// order in which they travel. Participants are sixteen hex digits here, choices of a few are words, text is text.
// Sources/Membership decides; web/tests/member-wire.json, which both sides are held to, notices when this no longer fits.

// What a person is and has

export const flagNames = Object.freeze(["microphone", "camera", "screen", "hand", "recording"]);
const flags = bits([...flagNames]);
/** By SFrame's contexts. */
export const sources = Object.freeze(["microphone", "camera", "screen", "screenAudio"]);
const absence = word(["wait", "membersAdmit"]);
const history = word(["nothing", "chat"]);

const card = struct({
    version: constant(1, u16), hostKey: opaque, charterGenesis: opaque, logKeys: list(opaque), witnessKeys: list(opaque),
    nodes: list(text),
});
export const Identity = struct({
    /** Empty: a new one is made. */
    signaturePrivateKey: opaque,
    /** Secrets, the current one first. */
    links: list(opaque),
    hosting: optional(struct({ hostPrivateKey: opaque, card, nonce: opaque })),
});
export const Settings = struct({
    name: text, flags, accountable: flag, lobby: flag, absence, history, isReturning: flag,
});

// In

const present = struct({ participant, connected: flag });
const sealedKnock = struct({ participant, alias: text, knock: opaque });

export const NodeMessage = choice({
    door: { card: opaque, isCurrent: flag, epoch: u64, generation: u32, lobby: flag, locked: flag, hostPresent: flag, accountable: flag },
    vacant: { nodeKey: opaque },
    welcome: {
        isResumed: flag, resume: text, epoch: u64, sequence: u64, present: list(present), knocks: list(sealedKnock),
        welcome: opaque, tree: opaque, invitation: opaque,
    },
    waiting: { hostPresent: flag },
    commit: { sequence: u64, epoch: u64, commit: opaque },
    proposal: { sequence: u64, proposal: opaque },
    message: { sequence: u64, from: participant, message: opaque },
    ready: { epoch: u64 },
    reopened: { sequence: u64, epoch: u64, refusals: list(opaque) },
    knock: { participant, alias: text, knock: opaque },
    knockGone: { participant },
    participant: { participant, connected: flag },
    group: { epoch: u64, groupInfo: opaque, tree: opaque },
    accepted: { request: u32, epoch: u64, sequence: u64 },
    sent: { request: u32 },
    error: { code: text, request: u32, detail: text },
    refused: { reason: text },
    removed: {},
    ended: {},
});

export const MemberInput = choice({
    opened: {},
    closed: {},
    node: { message: NodeMessage },
    state: { flags },
    rename: { name: text },
    say: { id: text, text, to: optional(participant) },
    react: { reaction: text },
    admit: { participant },
    admitAll: {},
    deny: { participant },
    mute: { participant },
    muteAll: {},
    lowerHand: { participant },
    remove: { participant },
    lock: { on: flag },
    lobby: { on: flag },
    absence: { absence },
    history: { history },
    cohost: { participant, on: flag },
    resetLink: {},
    compare: {},
    end: {},
    leave: {},
    counts: {
        sealed: exactly(4, u32),
        received: list(struct({ participant, source: word([...sources]), opened: u32, refused: u32, isWanted: flag })),
    },
    timeout: {},
});

// Out

export const NodeRequest = choice({
    join: { alias: text, keyPackage: opaque, create: flag, resume: text, since: u64 },
    found: { groupInfo: opaque, tree: opaque, sealedGroupInfo: opaque, card: opaque },
    knock: { knock: opaque },
    look: {},
    commit: {
        request: u32, epoch: u64, commit: opaque, welcome: opaque, groupInfo: opaque,
        link: optional(struct({ alias: text, card: opaque })), invitations: list(struct({ participant, invitation: opaque })),
    },
    message: { request: u32, message: opaque, to: optional(participant) },
    propose: { proposal: opaque },
    ack: { epoch: u64 },
    refuse: { refusal: opaque },
    deny: { participant },
    end: {},
    leave: {},
    reconnect: {},
});

export const FrameKeyChange = choice({
    addEpoch: { epoch: u64, width: u32, ownLeaf: u32, baseKey: opaque, members: list(struct({ leaf: u32, participant })) },
    startSending: { epoch: u64 },
    voidEpoch: { epoch: u64 },
    forget: {},
});

const ShortCode = choice({
    gathering: { waitingFor: list(participant) },
    shown: { words: exactly(4, u16) },
    failed: { waitingFor: list(participant) },
});

export const MemberEvent = choice({
    phase: { phase: word(["asked", "waiting", "waitingForHost", "inside"]) },
    over: {
        ending: word(["left", "removed", "ended", "refused", "interrupted", "foreignRoom"]), by: optional(participant),
        reason: text,
    },
    own: { participant },
    person: { participant, name: text, role: word(["guest", "cohost", "host"]), flags, connected: flag, isMuted: flag },
    gone: { participant, by: optional(participant) },
    policy: { locked: flag, lobby: flag, accountable: flag, absence, history },
    knock: { participant, name: text, byOldLink: flag },
    knockGone: { participant },
    chat: { id: text, from: participant, name: text, text, to: optional(participant), at: u64 },
    sent: { id: text },
    notSent: { id: text, reason: text },
    reaction: { participant, reaction: text },
    mutedBy: { participant },
    handLoweredBy: { participant },
    link: { secret: opaque },
    identity: { identity: opaque },
    words: { epoch: u64, words: exactly(12, u16), roster: exactly(4, u16) },
    shortCode: { state: ShortCode },
    warning: {
        warning: word([
            "fork", "silent", "withheld", "mediaWithheld", "unreadableFrames", "refusedCommit", "reopened", "nodeRemoves",
            "foreignCard", "unreadableMessages", "falseHostAct", "refusedProposal", "rulesChanged",
        ]),
        about: optional(participant), detail: text,
    },
    startedAt: { time: u64 },
    failed: { request: text, reason: text },
});

export const MemberOutput = choice({ send: { request: NodeRequest }, frames: { change: FrameKeyChange }, event: { event: MemberEvent } });

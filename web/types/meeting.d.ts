// SPDX-License-Identifier: Apache-2.0
// A meeting as the pages see it. `meeting/session.js` is one; the tests' stand-in is another.

import type { Emitter } from "../meeting/emitter.js";
import type { LoggedMessage } from "../meeting/chat-log.js";
import type { LayerWish, Quality, Role, Source } from "../meeting/protocol.js";

export type Phase = "joining" | "waiting" | "inside" | "over";

export interface Participant {
    id: string;
    /** Empty until they have said it. */
    name: string;
    role: Role;
    microphone: boolean;
    camera: boolean;
    screen: boolean;
    hand: boolean;
    /** They record the meeting in their client. */
    recording: boolean;
    connected: boolean;
    /** A host turned their microphone off: nothing of it is heard until they turn it on again. */
    mutedByHost: boolean;
    /** Came after this person had compared words. */
    isNew: boolean;
    /** This person has compared words while they were here. */
    compared: boolean;
}

export type WarningKind = "fork" | "silent" | "withheld" | "mediaWithheld" | "unreadableFrames" | "refusedCommit" | "reopened"
    | "nodeRemoves" | "foreignCard" | "unreadableMessages" | "falseHostAct"
    | "refusedProposal" | "rulesChanged";

/** id: whom it concerns; at: milliseconds since 1970; detail: the rule that was broken. */
export interface Warning { kind: WarningKind; id?: string; at: number; detail?: string }

export interface ShortCode {
    state: "gathering" | "shown" | "failed";
    /** Four numbers of eleven bits, once shown. */
    words: number[];
    /** Ids of those whose number hasn't come. */
    waitingFor: string[];
}

export interface Security {
    /** Twelve numbers of eleven bits: the group's keys in this epoch. */
    words: number[];
    /** Four of them: who is here. */
    roster: number[];
    epoch: number;
    /** When the epoch began, milliseconds since 1970. */
    since: number;
    shortCode: ShortCode | null;
    warnings: Warning[];
    frames: { opened: number; refused: number };
    /** The current link's; 22 letters. */
    linkSecret: string;
}

/** absence: what happens at a kept door while no host is inside; history: what those who come later are told. */
export interface Rules {
    locked: boolean;
    lobby: boolean;
    accountable: boolean;
    absence: "wait" | "membersAdmit";
    history: "nothing" | "chat";
}

export interface Ending { reason: string; by: string | null }

export interface Roster {
    people: Map<string, Participant>;
    /** At the door: id → name. */
    knocks: Map<string, string>;
    /** Those at the door who hold a link that was replaced. */
    oldKnocks: Set<string>;
    speakers: string[];
    quality: Map<string, Quality>;
    name(id: unknown): string | null;
}

export interface MeetingEvents {
    phase: Phase;
    people: void;
    entered: Participant;
    changed: { now: Participant; before: Participant };
    departed: { person: Participant; reason: string };
    knocks: { participant: string; name: string } | null;
    meeting: Rules;
    chat: LoggedMessage | null;
    speakers: string[];
    quality: string;
    tracks: void;
    reaction: { from: string; emoji: string };
    mutedBy: string | null;
    role: Role;
    connection: { signalling: boolean; media: boolean };
    draining: void;
    lobby: void;
    local: void;
    error: { code: string; about: "publish" | "other" };
    /** Anything of {@link Meeting.security} changed. */
    security: void;
    warning: Warning;
    /** The link's secret changed. */
    link: string;
    /** {@link Meeting.identity} changed. */
    identity: void;
    [name: string]: any;
}

export interface Meeting extends Emitter<MeetingEvents> {
    readonly phase: Phase;
    readonly ending: Ending | null;
    readonly self: string;
    readonly role: Role;
    readonly isKeeper: boolean;
    readonly meeting: Rules;
    readonly startedAt: number;
    readonly handRaised: boolean;
    readonly hostPresent: boolean;
    readonly linkIsOld: boolean;
    readonly roster: Roster;
    readonly chat: { messages: LoggedMessage[] };
    readonly security: Security;
    readonly microphoneOn: boolean;
    readonly name: string;
    readonly me: Participant | undefined;
    readonly identity: string;

    start(): void;
    leave(): void;
    away(): void;
    track(participant: string, source: Source): MediaStreamTrack | null;
    wish(wishes: LayerWish[]): void;
    setMicrophone(on: boolean): void;
    setHand(raised: boolean): void;
    /** Resolves when the others have been told. */
    setRecording(on: boolean): Promise<void>;
    say(text: string, to?: string): void;
    react(emoji: string): void;
    rename(name: string): void;
    /** Begins the comparison by four words. */
    compare(): void;
    /** This person compared the words and found them equal: these, who were present when the words were made, are `compared`. */
    confirmWords(participants: string[]): void;

    admit(participant: string): void;
    admitAll(): void;
    deny(participant: string): void;
    mute(participant: string): void;
    muteAll(): void;
    remove(participant: string): void;
    lowerHand(participant: string): void;
    lock(locked: boolean): void;
    setLobby(on: boolean): void;
    setAbsence(absence: Rules["absence"]): void;
    setHistory(history: Rules["history"]): void;
    setRole(participant: string, role: "cohost" | "guest"): void;
    resetLink(): void;
    end(): void;
}

// SPDX-License-Identifier: Apache-2.0
import { CoreTrap } from "../crypto/core.js";
import { Member } from "../crypto/member.js";
import { WireFault } from "../crypto/wire-types.js";
import { Emitter } from "./emitter.js";

/** @typedef {import("../crypto/member.js").Input} Input */
/** @typedef {import("../crypto/member.js").MemberSettings} MemberSettings */
/** @typedef {{send: any, frames: any, event: any, lost: void, broken: void}} MembershipEvents lost: the member is gone and another one stands in its place, outside; broken: so often that no more is tried */

/** A timeout is never waited for longer than this: timers of a page that sleeps come late anyway. */
const LONGEST_WAIT = 60_000;
/** A member that traps again at once would do so for ever. */
const MOST_TRAPS = 3;

/**
 * A member, its clock, and what becomes of it when the core breaks off.
 * @extends {Emitter<MembershipEvents>}
 */
export class Membership extends Emitter {
    /** The last identity that the member gave out: with it another one takes its place. */
    identity;

    #core;
    #settings;
    /** @type {Member | null} */
    #member;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #traps = 0;
    /**
     * Inputs that came while one was being handled: an event's listener may wish something.
     * @type {Input[]}
     */
    #waiting = [];
    #isHandling = false;

    /**
     * @param {import("../crypto/core.js").Core} core
     * @param {Uint8Array} identity
     * @param {MemberSettings} settings
     */
    constructor(core, identity, settings) {
        super();
        this.#core = core;
        this.identity = identity;
        this.#settings = settings;
        this.#member = new Member(core, identity, settings);
    }

    /** @param {Input} input */
    handle(input) {
        this.#waiting.push(input);
        if (this.#isHandling) return;
        this.#isHandling = true;
        try {
            for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#take(next);
        } finally {
            this.#isHandling = false;
        }
        this.#wait();
    }

    /** @param {Partial<MemberSettings>} settings for a member that has to take this one's place */
    remember(settings) {
        this.#settings = { ...this.#settings, ...settings };
    }

    /** Gives the member up for another one with the same keys, who comes in anew. */
    renew() {
        this.#member?.release();
        this.#waiting = [];
        this.#member = new Member(this.#core, this.identity, { ...this.#settings, isReturning: true });
        this.emit("lost", undefined);
    }

    close() {
        clearTimeout(this.#timer);
        this.#member?.release();
        this.#member = null;
    }

    /** @param {Input} input */
    #take(input) {
        if (this.#member === null) return;
        let outputs;
        try {
            outputs = this.#member.handle(input);
        } catch (error) {
            // What the node said can't even be said to a member.
            if (error instanceof WireFault) return console.warn("vigil:", error.message);
            if (!(error instanceof CoreTrap)) throw error;
            console.error("vigil:", error.message);
            this.#traps += 1;
            if (this.#traps <= MOST_TRAPS) return this.renew();
            this.close();
            return this.emit("broken", undefined);
        }
        for (const output of outputs) {
            // A fault of a page that draws one of them doesn't keep back the keys that come after it.
            try {
                this.#pass(output);
            } catch (error) {
                console.error("vigil:", error);
            }
        }
    }

    /** @param {{kind: string, [member: string]: any}} output */
    #pass(output) {
        if (output.kind === "event" && output.event.kind === "identity") this.identity = output.event.identity;
        if (output.kind === "send") this.emit("send", output.request);
        else if (output.kind === "frames") this.emit("frames", output.change);
        else this.emit("event", output.event);
    }

    #wait() {
        clearTimeout(this.#timer);
        const deadline = this.#member?.deadline ?? null;
        if (deadline === null) return;
        const pause = Math.min(LONGEST_WAIT, Math.max(0, deadline - performance.now()));
        this.#timer = setTimeout(() => {
            if (performance.now() < deadline) this.#wait();
            else this.handle({ kind: "timeout" });
        }, pause);
    }
}

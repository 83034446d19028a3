// SPDX-License-Identifier: Apache-2.0
import { readChat } from "./protocol.js";

/** @typedef {import("./protocol.js").ChatMessage & {state: "sent" | "pending" | "failed", failure?: string}} LoggedMessage */

const KEPT = 1_000;

/** The written words of a meeting, in the order in which they arrived; held in memory only. */
export class ChatLog {
    /** @type {LoggedMessage[]} */
    messages = [];

    /**
     * A message of ours, on its way.
     * @param {{from: string, name: string, text: string, to?: string, at: number}} draft
     * @returns {LoggedMessage}
     */
    draft(draft) {
        /** @type {LoggedMessage} */
        const message = { ...draft, id: crypto.randomUUID(), private: draft.to !== undefined, state: "pending" };
        this.#append(message);
        return message;
    }

    /**
     * @param {unknown} value
     * @returns {{message: LoggedMessage, isNew: boolean} | null} isNew: false when it confirms or repeats one we have
     */
    receive(value) {
        const read = readChat(value);
        if (read === null) return null;
        const known = this.messages.find((message) => message.id === read.id && message.from === read.from);
        if (known !== undefined) {
            known.state = "sent";
            known.at = read.at;
            return { message: known, isNew: false };
        }
        /** @type {LoggedMessage} */
        const message = { ...read, state: "sent" };
        this.#append(message);
        return { message, isNew: true };
    }

    /** @returns {LoggedMessage[]} */
    pending() {
        return this.messages.filter((message) => message.state === "pending");
    }

    /**
     * The node refused something we wrote; it does not say which, so the oldest is meant.
     * @param {string} failure
     */
    fail(failure) {
        const [oldest] = this.pending();
        if (oldest === undefined) return;
        oldest.state = "failed";
        oldest.failure = failure;
    }

    /** @param {LoggedMessage} message */
    #append(message) {
        this.messages.push(message);
        if (this.messages.length > KEPT) this.messages.splice(0, this.messages.length - KEPT);
    }
}

// SPDX-License-Identifier: Apache-2.0

/**
 * @typedef {{
 *   id: string, from: string, name: string, text: string, private: boolean, to?: string, at: number,
 *   state: "sent" | "pending" | "failed", failure?: string,
 * }} LoggedMessage at: milliseconds since 1970, by the author's clock
 */

const KEPT = 1_000;

/** The written words of a meeting, in the order in which they arrived; held in memory only. */
export class ChatLog {
    /** @type {LoggedMessage[]} */
    messages = [];

    /**
     * A message of ours, on its way.
     * @param {{from: string, name: string, text: string, to?: string}} draft
     * @returns {LoggedMessage}
     */
    draft(draft) {
        /** @type {LoggedMessage} */
        const message = { ...draft, at: Date.now(), id: crypto.randomUUID(), private: draft.to !== undefined, state: "pending" };
        this.#append(message);
        return message;
    }

    /**
     * @param {{id: string, from: string, name: string, text: string, to: string | null, at: number}} said
     * @returns {{message: LoggedMessage, isNew: boolean}} isNew: false when it confirms or repeats one we have
     */
    receive({ id, from, name, text, to, at }) {
        const known = this.messages.find((message) => message.id === id && message.from === from);
        if (known !== undefined) {
            known.state = "sent";
            return { message: known, isNew: false };
        }
        /** @type {LoggedMessage} */
        const message = { id, from, name, text, at, private: to !== null, ...(to === null ? {} : { to }), state: "sent" };
        this.#append(message);
        return { message, isNew: true };
    }

    /** @returns {LoggedMessage[]} */
    pending() {
        return this.messages.filter((message) => message.state === "pending");
    }

    /**
     * What became of a message of ours.
     * @param {string} self @param {string} id @param {string | null} failure null: the node has passed it on
     */
    settle(self, id, failure) {
        const own = this.messages.find((message) => message.id === id && message.from === self);
        if (own === undefined) return;
        own.state = failure === null ? "sent" : "failed";
        if (failure !== null) own.failure = failure;
    }

    /** @param {LoggedMessage} message */
    #append(message) {
        this.messages.push(message);
        if (this.messages.length > KEPT) this.messages.splice(0, this.messages.length - KEPT);
    }
}

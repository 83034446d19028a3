// SPDX-License-Identifier: Apache-2.0

/** @typedef {import("../types/meeting").Rules} Rules */

/** With these the others see us. */
const SHOWING = new Set(["knock", "commit", "found"]);

/** Holds back what would show a person to the others until they have agreed to the meeting's rules. */
export class Consent {
    #agree;
    #declined;
    /**
     * What waits for the answer; null while nothing is asked.
     * @type {(() => void)[] | null}
     */
    #held = null;
    #isAsked = false;

    /**
     * @param {((rules: Rules) => Promise<boolean>) | undefined} agree undefined: has agreed before
     * @param {() => void} declined
     */
    constructor(agree, declined) {
        this.#agree = agree;
        this.#declined = declined;
    }

    /** @param {Rules} rules as they have become known; what is agreed to here never changes in a meeting */
    ask(rules) {
        if (this.#agree === undefined || this.#isAsked) return;
        this.#isAsked = true;
        this.#held = [];
        void this.#agree(rules).then((agreed) => {
            const held = this.#held ?? [];
            this.#held = null;
            if (!agreed) return this.#declined();
            for (const go of held) go();
        });
    }

    /** @param {{kind: string}} request @param {() => void} go */
    pass(request, go) {
        if (this.#held !== null && SHOWING.has(request.kind)) this.#held.push(go);
        else go();
    }
}

// SPDX-License-Identifier: Apache-2.0
import { lengthOf, write } from "./fields.js";

// The Swift core as WebAssembly: bytes in, bytes out, nothing waits. How it is built and why: docs/wasm.md.

/** What can be asked of the core: the numbers of WasmCore's Operation.swift. */
export const Operation = Object.freeze({
    ringCreate: 1, ringRestore: 2, ringSnapshot: 3, ringRemove: 4, ringAddEpoch: 5, ringStartSending: 6,
    ringRemoveEpoch: 7, ringHandleTimeout: 8, ringSeal: 9, ringOpen: 10, ringPlanSealing: 11, ringPlanOpening: 12,
    ringAccept: 13, ringForgetPlan: 14, ringExportKey: 15,
    identityFound: 32, memberCreate: 33, memberHandle: 34, memberRelease: 35,
});

/** The core refused: an answer, not an accident. `reason` names the rule, e.g. "sframe.replayed". */
export class CoreRefusal extends Error {
    /** @param {string} reason */
    constructor(reason) {
        super(reason);
        this.name = "CoreRefusal";
        this.reason = reason;
    }
}

/** The core broke off in the middle. What it held is lost; a new instance serves from the next call on. */
export class CoreTrap extends Error {
    /** @param {unknown} cause */
    constructor(cause) {
        super("the core trapped: " + (cause instanceof Error ? cause.message : String(cause)));
        this.name = "CoreTrap";
        this.cause = cause;
    }
}

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {(count: number) => number} core_alloc
 * @property {(pointer: number, count: number) => void} core_free
 * @property {(operation: number, pointer: number, count: number) => number} core_call
 * @property {() => number} core_result
 * @property {() => number} core_result_length
 * @property {() => void} core_result_clear
 */

const RANDOM_AT_ONCE = 65536; // getRandomValues gives no more
const decoder = new TextDecoder();

/**
 * One module and its present instance.
 *
 * After a trap neither stack nor heap of an instance can be trusted, so no further call may enter it. The next call
 * makes a new instance and raises `generation`; whoever holds handles sees by it that they are gone, and restores
 * from its last snapshot.
 */
export class Core {
    #module;
    #log;
    /** @type {Exports | null} */
    #exports = null;
    #generation = 0;

    /**
     * @param {WebAssembly.Module} module
     * @param {(text: string) => void} [log]
     */
    constructor(module, log = (text) => console.error("core:", text)) {
        this.#module = module;
        this.#log = log;
    }

    /**
     * @param {Response | Promise<Response>} response the file vigil-core.wasm
     * @returns {Promise<Core>}
     */
    static async load(response) {
        return new Core(await WebAssembly.compileStreaming(response));
    }

    /** What a worker can make a core of its own from. */
    get module() { return this.#module; }

    /** Counts instances: a number that changed means that every handle is void. */
    get generation() {
        this.#live();
        return this.#generation;
    }

    /** Bytes that the instance takes up. They never become fewer. */
    get memoryLength() { return this.#live().memory.buffer.byteLength; }

    /**
     * @param {number} operation
     * @param {import("./fields.js").Field[]} fields
     * @returns {Uint8Array} the answer, the caller's own copy
     * @throws {CoreRefusal | CoreTrap}
     */
    call(operation, fields) {
        const exports = this.#live();
        return this.#guard(() => {
            const count = lengthOf(fields);
            const pointer = exports.core_alloc(count) >>> 0;
            if (pointer === 0) throw new Error("out of memory");
            write(fields, new Uint8Array(exports.memory.buffer, pointer, count));
            const status = exports.core_call(operation, pointer, count);
            exports.core_free(pointer, count);
            const answer = this.#takeResult(exports);
            return { status, answer };
        });
    }

    /**
     * Calls with a pointer of the caller's choice. For tests: the way to a trap.
     * @param {number} operation
     * @param {number} pointer
     * @param {number} count
     */
    callRaw(operation, pointer, count) {
        const exports = this.#live();
        return this.#guard(() => {
            const status = exports.core_call(operation, pointer, count);
            return { status, answer: this.#takeResult(exports) };
        });
    }

    /** @param {() => { status: number, answer: Uint8Array }} body */
    #guard(body) {
        let outcome;
        try {
            outcome = body();
        } catch (error) {
            this.#exports = null;
            throw new CoreTrap(error);
        }
        if (outcome.status !== 0) throw new CoreRefusal(decoder.decode(outcome.answer));
        return outcome.answer;
    }

    /** @param {Exports} exports */
    #takeResult(exports) {
        const pointer = exports.core_result() >>> 0;
        const count = exports.core_result_length() >>> 0;
        // A fresh view each time: memory that grew leaves the old ones empty.
        const answer = new Uint8Array(exports.memory.buffer, pointer, count).slice();
        exports.core_result_clear();
        return answer;
    }

    #live() {
        if (this.#exports) return this.#exports;
        /** @type {{ exports?: Exports }} */
        const made = {};
        /** @param {number} pointer @param {number} count */
        const view = (pointer, count) => {
            if (!made.exports) throw new Error("called before it was there");
            return new Uint8Array(made.exports.memory.buffer, pointer >>> 0, count >>> 0);
        };
        const instance = new WebAssembly.Instance(this.#module, {
            vigil: {
                /** @param {number} pointer @param {number} count */
                random: (pointer, count) => {
                    const bytes = view(pointer, count);
                    for (let at = 0; at < bytes.length; at += RANDOM_AT_ONCE) {
                        crypto.getRandomValues(bytes.subarray(at, at + RANDOM_AT_ONCE));
                    }
                },
                /** @param {number} pointer @param {number} count */
                log: (pointer, count) => this.#log(decoder.decode(view(pointer, count))),
                abort: () => { throw new Error("aborted"); },
            },
        });
        made.exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
        made.exports._initialize();
        this.#exports = made.exports;
        this.#generation += 1;
        return this.#exports;
    }
}

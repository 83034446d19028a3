// SPDX-License-Identifier: Apache-2.0

// How calls of the core are spelled: numbers big-endian, byte strings after four bytes of length.

/** @typedef {{ as: 1 | 2 | 4, value: number } | { as: 8, value: bigint } | Uint8Array} Field */

/** @param {number} value @returns {Field} */
export const u8 = (value) => ({ as: 1, value });
/** @param {number} value @returns {Field} */
export const u16 = (value) => ({ as: 2, value });
/** @param {number} value @returns {Field} */
export const u32 = (value) => ({ as: 4, value });
/** @param {bigint} value @returns {Field} */
export const u64 = (value) => ({ as: 8, value });

/** @param {Field[]} fields @returns {number} bytes that the fields take */
export function lengthOf(fields) {
    let length = 0;
    for (const field of fields) length += field instanceof Uint8Array ? 4 + field.length : field.as;
    return length;
}

/**
 * @param {Field[]} fields
 * @param {Uint8Array} target as long as `lengthOf(fields)`
 */
export function write(fields, target) {
    const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
    let offset = 0;
    for (const field of fields) {
        if (field instanceof Uint8Array) {
            view.setUint32(offset, field.length);
            target.set(field, offset + 4);
            offset += 4 + field.length;
            continue;
        }
        if (field.as === 8) view.setBigUint64(offset, field.value);
        else if (field.as === 4) view.setUint32(offset, field.value);
        else if (field.as === 2) view.setUint16(offset, field.value);
        else view.setUint8(offset, field.value);
        offset += field.as;
    }
}

/** Reads an answer, field by field. */
export class Answer {
    #bytes;
    #view;
    #offset = 0;

    /** @param {Uint8Array} bytes */
    constructor(bytes) {
        this.#bytes = bytes;
        this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }

    /** @param {number} count */
    #step(count) {
        const at = this.#offset;
        this.#offset += count;
        return at;
    }

    get isAtEnd() { return this.#offset >= this.#bytes.length; }

    u16() { return this.#view.getUint16(this.#step(2)); }
    u8() { return this.#view.getUint8(this.#step(1)); }
    u32() { return this.#view.getUint32(this.#step(4)); }
    u64() { return this.#view.getBigUint64(this.#step(8)); }

    /** @returns {Uint8Array} a byte string; shares the answer's memory */
    bytes() {
        return this.take(this.u32());
    }

    /** @param {number} count @returns {Uint8Array} so many bytes; shares the answer's memory */
    take(count) {
        const at = this.#step(count);
        return this.#bytes.subarray(at, at + count);
    }

    /** @returns {Uint8Array} all that is left; shares the answer's memory */
    rest() { return this.#bytes.subarray(this.#offset); }
}

// SPDX-License-Identifier: Apache-2.0

// Kinds of values in the encoding of RFC 9420 §2.1 (TLS's presentation language), to build tables of.

/** A value that can't be said in this encoding. */
export class WireFault extends TypeError {}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

class Reader {
    #view;
    #bytes;
    #at = 0;

    /** @param {Uint8Array} bytes */
    constructor(bytes) {
        this.#bytes = bytes;
        this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }

    get isAtEnd() { return this.#at >= this.#bytes.length; }

    /** @param {number} count */
    #step(count) {
        const at = this.#at;
        this.#at += count;
        return at;
    }

    u8() { return this.#view.getUint8(this.#step(1)); }
    u16() { return this.#view.getUint16(this.#step(2)); }
    u32() { return this.#view.getUint32(this.#step(4)); }
    u64() { return this.#view.getBigUint64(this.#step(8)); }

    /** @param {number} count */
    take(count) {
        if (count > this.#bytes.length - this.#at) throw new RangeError("cut short");
        const at = this.#step(count);
        return this.#bytes.slice(at, at + count);
    }

    /** The content of a vector, whose length stands in front as RFC 9420 §2.1.2 has it. */
    vector() {
        const first = this.u8();
        let length = first & 0x3F;
        for (let more = (1 << (first >> 6)) - 1; more > 0; more--) length = length * 256 + this.u8();
        return this.take(length);
    }
}

class Writer {
    #bytes = new Uint8Array(256);
    #length = 0;

    get bytes() { return this.#bytes.slice(0, this.#length); }

    /** @param {number} count @returns {DataView} over what is to be filled */
    #room(count) {
        const end = this.#length + count;
        if (end > this.#bytes.length) {
            const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
            larger.set(this.#bytes);
            // Keys pass through here.
            this.#bytes.fill(0);
            this.#bytes = larger;
        }
        const view = new DataView(this.#bytes.buffer, this.#length, count);
        this.#length = end;
        return view;
    }

    /** @param {number} value */
    u8(value) { this.#room(1).setUint8(0, value); }
    /** @param {number} value */
    u16(value) { this.#room(2).setUint16(0, value); }
    /** @param {number} value */
    u32(value) { this.#room(4).setUint32(0, value); }
    /** @param {bigint} value */
    u64(value) { this.#room(8).setBigUint64(0, value); }

    /** @param {Uint8Array} bytes */
    vector(bytes) {
        const { length } = bytes;
        if (length < 1 << 6) this.u8(length);
        else if (length < 1 << 14) this.u16(length | 0x4000);
        else if (length < 1 << 30) this.u32((length | 0x8000_0000) >>> 0);
        else throw new WireFault("too long");
        const view = this.#room(length);
        new Uint8Array(view.buffer, view.byteOffset, length).set(bytes);
    }

    wipe() { this.#bytes.fill(0); }
}

/**
 * How one kind of value travels.
 * @template [Value=any]
 * @typedef {{read: (reader: Reader) => Value, write: (writer: Writer, value: Value) => void}} Type
 */

/** @param {number} most @param {Type<number>} type @returns {Type<number>} */
const whole = (most, type) => ({
    read: type.read,
    write: (writer, value) => {
        if (!Number.isInteger(value) || value < 0 || value > most) throw new WireFault(`no number up to ${most}: ${value}`);
        type.write(writer, value);
    },
});
export const u8 = whole(0xFF, { read: (reader) => reader.u8(), write: (writer, value) => writer.u8(value) });
export const u16 = whole(0xFFFF, { read: (reader) => reader.u16(), write: (writer, value) => writer.u16(value) });
export const u32 = whole(0xFFFF_FFFF, { read: (reader) => reader.u32(), write: (writer, value) => writer.u32(value) });
/** Epochs, sequences and milliseconds: they all stay where numbers are exact. */
export const u64 = whole(Number.MAX_SAFE_INTEGER, {
    read: (reader) => Number(reader.u64()), write: (writer, value) => writer.u64(BigInt(value)),
});

/** @type {Type<boolean>} */
export const flag = {
    read: (reader) => reader.u8() === 1,
    write: (writer, value) => {
        if (typeof value !== "boolean") throw new WireFault("no flag");
        writer.u8(value ? 1 : 0);
    },
};

/** @type {Type<Uint8Array>} */
export const opaque = {
    read: (reader) => reader.vector(),
    write: (writer, value) => {
        if (!(value instanceof Uint8Array)) throw new WireFault("no bytes");
        writer.vector(value);
    },
};

/** @type {Type<string>} */
export const text = {
    read: (reader) => decoder.decode(reader.vector()),
    write: (writer, value) => {
        if (typeof value !== "string") throw new WireFault("no text");
        writer.vector(encoder.encode(value));
    },
};

/** @type {Type<string>} */
export const participant = {
    read: (reader) => reader.u64().toString(16).padStart(16, "0"),
    write: (writer, value) => {
        if (typeof value !== "string" || !/^[0-9a-f]{16}$/.test(value)) throw new WireFault("no participant");
        writer.u64(BigInt(`0x${value}`));
    },
};

/** @param {string[]} words by their number @param {number} [first] @returns {Type<string>} */
export const word = (words, first = 0) => ({
    read: (reader) => words[reader.u8() - first] ?? "",
    write: (writer, value) => {
        const index = words.indexOf(value);
        if (index < 0) throw new WireFault(`none of ${words}: ${value}`);
        writer.u8(first + index);
    },
});

/** @param {string[]} names from the lowest bit on @returns {Type<Record<string, boolean>>} */
export const bits = (names) => ({
    read: (reader) => {
        const value = reader.u8();
        return Object.fromEntries(names.map((name, index) => [name, (value >> index & 1) === 1]));
    },
    write: (writer, value) => writer.u8(names.reduce((sum, name, index) => sum | (value[name] ? 1 << index : 0), 0)),
});

/** @param {Type} type @returns {Type} null for nothing */
export const optional = (type) => ({
    read: (reader) => (flag.read(reader) ? type.read(reader) : null),
    write: (writer, value) => {
        flag.write(writer, value !== null && value !== undefined);
        if (value !== null && value !== undefined) type.write(writer, value);
    },
});

/** @param {Type} type @returns {Type<any[]>} */
export const list = (type) => ({
    read: (reader) => {
        const content = new Reader(reader.vector());
        const values = [];
        while (!content.isAtEnd) values.push(type.read(content));
        return values;
    },
    write: (writer, values) => {
        if (!Array.isArray(values)) throw new WireFault("no list");
        const content = new Writer();
        for (const value of values) type.write(content, value);
        writer.vector(content.bytes);
    },
});

/** @param {number} count @param {Type} type @returns {Type<any[]>} that many, without a length */
export const exactly = (count, type) => ({
    read: (reader) => Array.from({ length: count }, () => type.read(reader)),
    write: (writer, values) => {
        if (values.length !== count) throw new WireFault(`not ${count}`);
        for (const value of values) type.write(writer, value);
    },
});

/** @param {number} value @param {Type<number>} type @returns {Type<undefined>} always the same number */
export const constant = (value, type) => ({
    read: (reader) => {
        if (type.read(reader) !== value) throw new RangeError(`not ${value}`);
        return undefined;
    },
    write: (writer) => type.write(writer, value),
});

/** @param {Record<string, Type>} fields @returns {Type<Record<string, any>>} */
export const struct = (fields) => ({
    read: (reader) => {
        /** @type {Record<string, any>} */
        const value = {};
        for (const [name, type] of Object.entries(fields)) {
            const read = type.read(reader);
            if (read !== undefined) value[name] = read;
        }
        return value;
    },
    write: (writer, value) => {
        if (typeof value !== "object" || value === null) throw new WireFault("no object");
        for (const [name, type] of Object.entries(fields)) type.write(writer, value[name]);
    },
});

/**
 * One of several kinds of thing, told by a number in front: an object whose `kind` names it.
 * @param {Record<string, Record<string, Type>>} cases in the order of their numbers
 * @returns {Type<{kind: string, [member: string]: any}> & {kinds: string[]}}
 */
export const choice = (cases) => {
    const kinds = Object.keys(cases);
    const types = Object.fromEntries(Object.entries(cases).map(([kind, fields]) => [kind, struct(fields)]));
    return {
        kinds,
        read: (reader) => {
            const kind = kinds[reader.u8()];
            const type = kind === undefined ? undefined : types[kind];
            if (kind === undefined || type === undefined) throw new RangeError("of no kind");
            return { kind, ...type.read(reader) };
        },
        write: (writer, value) => {
            const index = kinds.indexOf(value?.kind);
            if (index < 0) throw new WireFault(`of no kind: ${value?.kind}`);
            writer.u8(index);
            types[value.kind]?.write(writer, value);
        },
    };
};

/**
 * @template Value
 * @param {Type<Value>} type @param {Value} value @returns {Uint8Array}
 */
export function encode(type, value) {
    const writer = new Writer();
    type.write(writer, value);
    const { bytes } = writer;
    writer.wipe();
    return bytes;
}

/**
 * @template Value
 * @param {Type<Value>} type @param {Uint8Array} bytes one value after the other @returns {Value[]}
 */
export function decodeAll(type, bytes) {
    const reader = new Reader(bytes);
    const values = [];
    while (!reader.isAtEnd) values.push(type.read(reader));
    return values;
}

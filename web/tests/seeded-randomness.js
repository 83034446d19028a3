// SPDX-License-Identifier: Apache-2.0

/** SplitMix64, as Tests/Support/SeededRandomness.swift and Sources/Vectors/Transcript/SeededGenerator.swift. */
export class SeededRandomness {
    #state;
    constructor(seed) { this.#state = BigInt(seed); }
    next() {
        this.#state = BigInt.asUintN(64, this.#state + 0x9E3779B97F4A7C15n);
        let mixed = this.#state;
        mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xBF58476D1CE4E5B9n);
        mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94D049BB133111EBn);
        return mixed ^ (mixed >> 31n);
    }
    fill(bytes) {
        for (let at = 0; at < bytes.length; at += 8) {
            let word = this.next();
            for (let index = at; index < Math.min(at + 8, bytes.length); index++) {
                bytes[index] = Number(word & 0xFFn);
                word >>= 8n;
            }
        }
        return bytes;
    }
    bytes(count) { return this.fill(new Uint8Array(count)); }
    below(count) { return Number(this.next() % BigInt(count)); }
}

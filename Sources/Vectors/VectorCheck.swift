// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Takes down what doesn't agree, and lets the rest of the entry be checked all the same.
final class VectorCheck {
    private(set) var failures: [String] = []

    func fail(_ what: String) { failures.append(what) }

    func expect(_ condition: Bool, _ what: String) {
        if !condition { fail(what) }
    }

    func expect<Value: Equatable>(_ got: Value, _ wanted: Value, _ what: String) {
        if got != wanted { fail(what) }
    }

    static func decode<Value: WireDecodable>(_: Value.Type, _ bytes: [UInt8]) throws(MLSRefusal) -> Value {
        do throws(WireRefusal) { return try Value(decoding: bytes) } catch { throw .malformed(error) }
    }

    /// Embedded Swift can't print a case's name.
    static func name(_ refusal: MLSRefusal) -> String {
        #if hasFeature(Embedded)
        "refused"
        #else
        "\(refusal)"
        #endif
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What didn't agree.
struct VectorFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Throws unless `condition` holds.
    static func expect(_ condition: Bool, _ what: String) throws {
        if !condition { throw VectorFailure(what) }
    }

    static func expect<Value: Equatable>(_ got: Value, _ wanted: Value, _ what: String) throws {
        if got != wanted { throw VectorFailure(what) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A format of vector files, and how one is run.
struct VectorKind: Sendable {
    let name: String
    let run: @Sendable (Data) throws -> VectorReport

    static let all: [VectorKind] = mls + [sframe]

    static func named(_ name: String) -> VectorKind? {
        all.first { $0.name == name }
    }
}

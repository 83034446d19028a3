// SPDX-License-Identifier: Apache-2.0

/// A format of vector files, and how one is run.
struct VectorKind: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) throws(VectorFailure) -> VectorReport

    static let all: [VectorKind] = mls + [sframe, merkle, tlog]

    static func named(_ name: String) -> VectorKind? {
        all.first { $0.name == name }
    }
}

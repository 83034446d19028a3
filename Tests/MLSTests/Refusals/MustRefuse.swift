// SPDX-License-Identifier: Apache-2.0

@testable import MLS

/// One input that every receiver has to refuse, with the section that says so and the reason it has to be given.
struct MustRefuse: Sendable, CustomStringConvertible {
    let section: String
    let name: String
    let refusal: MLSRefusal
    let attempt: @Sendable (inout Scene) throws -> Void

    init(
        _ section: String,
        _ name: String,
        _ refusal: MLSRefusal,
        _ attempt: @escaping @Sendable (inout Scene) throws -> Void
    ) {
        self.section = section
        self.name = name
        self.refusal = refusal
        self.attempt = attempt
    }

    var description: String { "§\(section) \(name)" }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Vectors

@Suite("MLS, the official vectors")
struct MLSVectorTests {
    @Test(
        "every file passes for every suite that we have",
        arguments: VectorKind.mls.map(\.name).filter { $0 != "mls-passive-client" }
    )
    func file(_ name: String) throws {
        let kind = try #require(VectorKind.named(name))
        guard let data = Vectors.data("mls/\(name.dropFirst(4)).json") else { return }
        let report = try kind.run(Array(data))
        print("\(name): \(report.line)")
        #expect(report.failed == 0, "\(report.notes.filter { $0.hasPrefix("FAILED") }.prefix(5))")
        #expect(report.passed > 0)
    }
}

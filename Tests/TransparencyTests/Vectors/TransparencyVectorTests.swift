// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Vectors

@Suite("Transparency, vectors of others")
struct TransparencyVectorTests {
    @Test("every Merkle proof that must hold holds, every other is refused", arguments: ["inclusion", "consistency"])
    func merkle(_ folder: String) throws {
        guard let root = TestSupport.Vectors.path("merkle/\(folder)") else { return }
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        var total = VectorReport()
        for file in try #require(files) {
            let report = try VectorKind.merkle.run(Array(try Data(contentsOf: file)))
            #expect(report.failed == 0, "\(file.path): \(report.notes)")
            total.passed += report.passed
            total.failed += report.failed
        }
        print("merkle/\(folder): \(total.line)")
        #expect(total.passed > 0)
    }

    @Test("notes verify, and a witness answers as it must", arguments: ["signed-note", "witness-add-checkpoint"])
    func tlog(_ name: String) throws {
        guard let data = TestSupport.Vectors.data("tlog/\(name).json") else { return }
        let report = try VectorKind.tlog.run(Array(data))
        print("tlog/\(name): \(report.line)")
        #expect(report.failed == 0, "\(report.notes)")
        #expect(report.passed > 0)
    }
}

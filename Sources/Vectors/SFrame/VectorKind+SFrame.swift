// SPDX-License-Identifier: Apache-2.0

import Foundation
import SFrame

extension VectorKind {
    static let sframe = VectorKind(name: "sframe") { data in
        let file = try JSONDecoder().decode(SFrameVector.self, from: data)
        var report = VectorReport()
        // Entries are numbered through all sections, in the file's customary order.
        var index = 0
        func run(_ suiteNumber: UInt16?, _ verify: (SFrameSuite) throws -> Void) {
            defer { index += 1 }
            guard let suite = suiteNumber.map({ SFrameSuite(rawValue: $0) }) ?? .aes128GCMSHA256 else {
                report.skip(index, "cipher suite \(suiteNumber ?? 0) is not one of RFC 9605")
                return
            }
            do {
                try verify(suite)
                report.passed += 1
            } catch {
                report.fail(index, "\(error)")
            }
        }
        for vector in file.header ?? [] { run(nil) { _ in try vector.verify() } }
        for vector in (file.aes_ctr_hmac ?? []) + (file.aes_256_ctr_hmac ?? []) {
            run(vector.cipher_suite) { try vector.verify($0) }
        }
        for vector in file.sframe ?? [] { run(vector.cipher_suite) { try vector.verify($0) } }
        return report
    }
}

// SPDX-License-Identifier: Apache-2.0

import SFrame

extension VectorKind {
    static let sframe = VectorKind(name: "sframe") { (bytes) throws(VectorFailure) in
        let file = try SFrameVector(try VectorEntry(try VectorEntry.parse(bytes), "the file"))
        var report = VectorReport()
        // Entries are numbered through all sections, in the file's customary order.
        var index = 0
        func run(_ suiteNumber: UInt16, _ verify: (SFrameSuite, VectorCheck) throws(SFrameRefusal) -> Void) {
            defer { index += 1 }
            guard let suite = SFrameSuite(rawValue: suiteNumber) else {
                report.skip(index, "cipher suite \(suiteNumber) is not one of RFC 9605")
                return
            }
            let check = VectorCheck()
            do throws(SFrameRefusal) { try verify(suite, check) } catch { check.fail("refused") }
            report.add(index, check)
        }
        for vector in file.header {
            run(SFrameSuite.aes128GCMSHA256.rawValue) { (_, check) throws(SFrameRefusal) in try vector.verify(check) }
        }
        for vector in file.aes_ctr_hmac + file.aes_256_ctr_hmac {
            run(vector.cipher_suite) { (suite, check) throws(SFrameRefusal) in try vector.verify(suite, check) }
        }
        for vector in file.sframe {
            run(vector.cipher.cipher_suite) { (suite, check) throws(SFrameRefusal) in try vector.verify(suite, check) }
        }
        return report
    }
}

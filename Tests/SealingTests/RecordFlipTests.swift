// SPDX-License-Identifier: Apache-2.0

import Foundation
import NativeCrypto
import SealingSupport
import Testing

@testable import Sealing

@Suite("A record of which a bit was flipped")
struct RecordFlipTests {
    /// Every seventh byte where nothing is optimised, unless `VIGIL_EVERY_BYTE` is set.
    private static var step: Int { ProcessInfo.processInfo.environment["VIGIL_EVERY_BYTE"] == nil ? 7 : 1 }

    @Test("is no record of this owner")
    func flipped() throws {
        let text = try Vault().record.text
        for place in stride(from: 0, to: text.count, by: RecordFlipTests.step) {
            for bit in 0..<8 {
                var changed = text
                changed[place] ^= 1 << UInt8(bit)
                #expect(throws: RecordRefusal.self) { try SealedRecord(parsing: changed, with: NativeCrypto.self) }
            }
        }
    }
}

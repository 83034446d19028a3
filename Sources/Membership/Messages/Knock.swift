// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// At the door: who wants in, sealed under the link's knock key, so that only members learn the name, and only who has
/// a link can knock.
struct Knock: Hashable, Sendable, WireCodable {
    let keyPackage: KeyPackage
    let statement: Statement

    init(keyPackage: KeyPackage, statement: Statement) {
        self.keyPackage = keyPackage
        self.statement = statement
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        keyPackage = try KeyPackage(reading: &reader)
        statement = try Statement(reading: &reader)
        // One person: the name belongs to the key that comes in.
        guard statement.signatureKey == keyPackage.leafNode.signatureKey else { throw .invalidStructure }
    }

    func write(into writer: inout ByteWriter) {
        keyPackage.write(into: &writer)
        statement.write(into: &writer)
    }
}

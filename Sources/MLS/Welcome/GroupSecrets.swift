// SPDX-License-Identifier: Apache-2.0

package import Base

/// What a new member gets in secret (RFC 9420 §12.4.3.1).
package struct GroupSecrets: Sendable, WireCodable {
    package var joinerSecret: Secret
    package var pathSecret: Secret?
    package var preSharedKeys: [PreSharedKeyID]

    init(joinerSecret: Secret, pathSecret: Secret?, preSharedKeys: [PreSharedKeyID]) {
        self.joinerSecret = joinerSecret
        self.pathSecret = pathSecret
        self.preSharedKeys = preSharedKeys
    }

    package init(reading reader: inout ByteReader) throws(WireRefusal) {
        joinerSecret = Secret(try reader.readOpaque())
        switch try UInt8(reading: &reader) {
        case 0: pathSecret = nil
        case 1: pathSecret = Secret(try reader.readOpaque())
        default: throw .invalidPresence
        }
        preSharedKeys = try reader.readVector(of: PreSharedKeyID.self)
    }

    package func write(into writer: inout ByteWriter) {
        writer.writeOpaque(joinerSecret)
        writer.write(UInt8(pathSecret == nil ? 0 : 1))
        if let pathSecret { writer.writeOpaque(pathSecret) }
        writer.writeVector(preSharedKeys)
    }
}

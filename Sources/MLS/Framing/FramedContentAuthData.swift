// SPDX-License-Identifier: Apache-2.0

import Base

/// What proves a message: a signature, and for commits the confirmation tag (RFC 9420 §6.1).
public struct FramedContentAuthData: Hashable, Sendable {
    public var signature: [UInt8]
    public var confirmationTag: [UInt8]?

    init(signature: [UInt8], confirmationTag: [UInt8]?) {
        self.signature = signature
        self.confirmationTag = confirmationTag
    }

    init(_ type: ContentType, reading reader: inout ByteReader) throws(WireRefusal) {
        signature = try reader.readOpaque()
        confirmationTag = type == .commit ? try reader.readOpaque() : nil
    }

    func write(into writer: inout ByteWriter) {
        writer.writeOpaque(signature)
        if let confirmationTag { writer.writeOpaque(confirmationTag) }
    }
}

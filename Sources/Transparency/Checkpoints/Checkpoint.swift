// SPDX-License-Identifier: Apache-2.0

import Base

/// The text of a checkpoint (C2SP tlog-checkpoint, Note text): origin, size, root, and lines that say nothing to us.
public struct Checkpoint: Hashable, Sendable {
    public let origin: LogOrigin
    public let head: TreeHead
    /// "Opaque and OPTIONAL … NOT RECOMMENDED." Ours have none.
    public let extensions: [[UInt8]]

    public init(origin: LogOrigin, head: TreeHead) {
        self.origin = origin
        self.head = head
        extensions = []
    }

    public init(parsing text: [UInt8]) throws(CheckpointRefusal) {
        var lines = LineReader(text[...])
        guard let first = lines.next(), let origin = LogOrigin(first) else { throw .invalidOrigin }
        guard let second = lines.next(), let size = Decimal.parse(second), size <= TreeHead.largestSize else {
            throw .invalidSize
        }
        guard let third = lines.next(), let root = TreeHash(base64: third) else { throw .invalidRoot }
        var extensions: [[UInt8]] = []
        while !lines.isAtEnd {
            guard let line = lines.next(), !line.isEmpty else { throw .emptyExtension }
            extensions.append(Array(line))
        }
        self.origin = origin
        head = TreeHead(size: size, root: root)
        self.extensions = extensions
    }

    public var text: [UInt8] {
        var text = origin.bytes
        text.append(.newline)
        text += Decimal.text(head.size)
        text.append(.newline)
        text += head.root.base64
        text.append(.newline)
        for line in extensions {
            text += line
            text.append(.newline)
        }
        return text
    }
}

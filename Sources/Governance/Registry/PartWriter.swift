// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// Writes a file of parts: a header, then for each part `part <kind> <bytes>`, the bytes, a newline; then `end` (docs/orders-api.md).
struct PartWriter {
    private var bytes: [UInt8] = []

    init(_ header: StaticString) {
        bytes.append(header)
        bytes.append(.newline)
    }

    mutating func add(_ part: BundlePart, _ content: [UInt8]) {
        bytes.append("part ")
        bytes.append(part.word)
        bytes.append(.space)
        bytes += Decimal.text(UInt64(content.count))
        bytes.append(.newline)
        bytes += content
        bytes.append(.newline)
    }

    /// With its end.
    var finished: [UInt8] {
        var file = bytes
        file.append("end\n")
        return file
    }
}

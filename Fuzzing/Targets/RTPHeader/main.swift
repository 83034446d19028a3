// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

private let maps = [
    HeaderExtensionMap([(.audioLevel, 1), (.absSendTime, 2), (.transportSequenceNumber, 3), (.mid, 4), (.rid, 10)]),
    HeaderExtensionMap([(.mid, 16), (.rid, 255), (.dependencyDescriptor, 12), (.repairedRid, 11)]),
]

fuzz { input in
    guard let header = RTPHeader.parse(input) else { return }
    precondition(header.headerLength <= input.count)
    if let length = header.payloadLength(of: input) { precondition(header.headerLength + length <= input.count) }
    for map in maps {
        let values = HeaderExtensionValues.read(input, header: header, map: map)
        for range in [values.mid, values.rid, values.repairedRid, values.dependencyDescriptor] {
            precondition(range.map { $0.bytes(in: input).count == $0.length } ?? true)
        }
    }
}

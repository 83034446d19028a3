// SPDX-License-Identifier: Apache-2.0

import Base
import Membership

/// One of each kind, as it comes over the wire into the browser's core.
enum WireSamples {
    private static func bytes(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        write(&writer)
        return writer.bytes
    }

    private static let someone: UInt64 = 0x0102_0304_0506_0708

    static let nodeMessages: [[UInt8]] = [
        bytes {
            $0.write(UInt8(0))
            $0.writeOpaque([1, 2])
            $0.write(UInt8(1))
            $0.write(UInt64(3))
            $0.write(UInt32(1))
            for _ in 0..<4 { $0.write(UInt8(0)) }
        },
        bytes {
            $0.write(UInt8(1))
            $0.writeOpaque(Array(repeating: 1, count: 32))
        },
        bytes {
            $0.write(UInt8(2))
            $0.write(UInt8(0))
            $0.writeOpaque([9])
            $0.write(UInt64(3))
            $0.write(UInt64(4))
            $0.writeVector { writer in
                writer.write(someone)
                writer.write(UInt8(1))
            }
            $0.writeVector { writer in
                writer.write(someone)
                writer.writeOpaque(Array("abcdefghijklmnopqrstuv".utf8))
                writer.writeOpaque([5])
            }
            for _ in 0..<3 { $0.writeOpaque([7]) }
        },
        [3, 1],
        bytes {
            $0.write(UInt8(4))
            $0.write(UInt64(8))
            $0.write(UInt64(2))
            $0.writeOpaque([1, 2, 3])
        },
        bytes {
            $0.write(UInt8(5))
            $0.write(UInt64(8))
            $0.writeOpaque([1, 2, 3])
        },
        bytes {
            $0.write(UInt8(6))
            $0.write(UInt64(8))
            $0.write(someone)
            $0.writeOpaque([1, 2, 3])
        },
        bytes {
            $0.write(UInt8(7))
            $0.write(UInt64(2))
        },
        bytes {
            $0.write(UInt8(8))
            $0.write(UInt64(8))
            $0.write(UInt64(2))
            $0.writeVector { writer in writer.writeOpaque([1, 2]) }
        },
        bytes {
            $0.write(UInt8(9))
            $0.write(someone)
            $0.writeOpaque(Array("abcdefghijklmnopqrstuv".utf8))
            $0.writeOpaque([5])
        },
        bytes {
            $0.write(UInt8(10))
            $0.write(someone)
        },
        bytes {
            $0.write(UInt8(11))
            $0.write(someone)
            $0.write(UInt8(0))
        },
        bytes {
            $0.write(UInt8(12))
            $0.write(UInt64(2))
            $0.writeOpaque([1])
            $0.writeOpaque([2])
        },
        bytes {
            $0.write(UInt8(13))
            $0.write(UInt32(1))
            $0.write(UInt64(2))
            $0.write(UInt64(3))
        },
        bytes {
            $0.write(UInt8(14))
            $0.write(UInt32(1))
        },
        bytes {
            $0.write(UInt8(15))
            $0.writeOpaque(Array("stale".utf8))
            $0.write(UInt32(1))
            $0.writeOpaque([])
        },
        bytes {
            $0.write(UInt8(16))
            $0.writeOpaque(Array("denied".utf8))
        },
        [17], [18],
    ]

    static let inputs: [[UInt8]] =
        nodeMessages.map { [2] + $0 } + [
            [0], [1], [3, 5], [8], [11], [14, 1], [15, 0], [16, 1], [17, 0], [19], [20], [21], [22], [24],
            [4] + bytes { $0.writeOpaque([65]) },
            [5]
                + bytes {
                    $0.writeOpaque([1])
                    $0.writeOpaque([65])
                    $0.write(UInt8(1))
                    $0.write(someone)
                },
            [6] + bytes { $0.writeOpaque([65]) },
            [7] + someone.encoded, [9] + someone.encoded, [10] + someone.encoded, [12] + someone.encoded,
            [13] + someone.encoded, [18] + someone.encoded + [1],
            [23]
                + bytes {
                    for _ in 0..<4 { $0.write(UInt32(5)) }
                    $0.writeVector { writer in
                        writer.write(someone)
                        writer.write(UInt8(2))
                        writer.write(UInt32(1))
                        writer.write(UInt32(2))
                        writer.write(UInt8(1))
                    }
                },
        ]
}

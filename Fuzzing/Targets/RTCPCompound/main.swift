// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    let packets = RTCPCompound.parse(input)
    for packet in packets {
        // REMB has no written form, long requests are cut, and a name may not have been UTF-8.
        switch packet {
        case .remb, .fullIntraRequest, .genericNACK, .sourceDescription:
            _ = RTCPCompound.write([packet])
        default:
            let again = RTCPCompound.write([packet]).withUnsafeBytes { RTCPCompound.parse($0) }
            precondition(again == [packet], "what was written reads differently")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    // The same bytes in one piece and cut in two give the same packets.
    let cut = input.isEmpty ? 0 : Int(input[0]) % input.count
    let pieces = [UnsafeRawBufferPointer(rebasing: input[..<cut]), UnsafeRawBufferPointer(rebasing: input[cut...])]
    precondition(packets([input]) == packets(pieces), "cutting changed the packets")
}

private func packets(_ pieces: [UnsafeRawBufferPointer]) -> [[UInt8]] {
    var framing = TCPFraming(maximumLength: 600)
    var found: [[UInt8]] = []
    for piece in pieces {
        do { try framing.receive(piece) { found.append([UInt8]($0)) } } catch { break }
    }
    return found
}

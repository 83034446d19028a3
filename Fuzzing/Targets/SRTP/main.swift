// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import Transport

fuzz { input in
    guard let first = input.first else { return }
    let profile = SRTPProfile.preferred[Int(first & 1)]
    let key = Secret([UInt8](repeating: 1, count: profile.keyLength))
    let salt = Secret([UInt8](repeating: 2, count: profile.saltLength))
    guard let opener = try? SRTPOpener(profile: profile, masterKey: key, masterSalt: salt),
        let sealer = try? SRTPSealer(profile: profile, masterKey: key, masterSalt: salt)
    else { return }
    // A stranger's packet is refused; the same packet sealed by us opens again, and only once.
    var packet = [UInt8](input.dropFirst())
    let header = packet.withUnsafeBytes { RTPHeader.parse($0) }
    packet.withUnsafeMutableBytes { buffer in
        if case .success = opener.openRTCP(buffer) { preconditionFailure("a stranger's RTCP was opened") }
    }
    guard let header else { return }
    var sealed = [UInt8](input.dropFirst()) + [UInt8](repeating: 0, count: sealer.rtpOverhead)
    let capacity = sealed.count
    let length = sealed.withUnsafeMutableBytes { buffer in
        guard let bytes = buffer.baseAddress else { return 0 }
        return sealer.seal(
            bytes,
            length: packet.count,
            capacity: capacity,
            headerLength: header.headerLength,
            ssrc: header.ssrc,
            sequenceNumber: header.sequenceNumber,
            rolloverCounter: 0
        )
    }
    precondition(length == capacity, "a valid packet was not sealed")
    var replay = sealed
    sealed.withUnsafeMutableBytes { buffer in
        guard case .success(let opened) = opener.open(buffer, header: header) else {
            preconditionFailure("our own packet was refused")
        }
        precondition(opened.length == packet.count && opened.extendedSequenceNumber == UInt64(header.sequenceNumber))
    }
    replay.withUnsafeMutableBytes { buffer in
        if case .success = opener.open(buffer, header: header) { preconditionFailure("a replay was opened") }
    }
}

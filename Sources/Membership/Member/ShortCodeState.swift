// SPDX-License-Identifier: Apache-2.0

public import Base

/// How far a comparison by four words has come.
public enum ShortCodeState: Hashable, Sendable, WireEncodable {
    /// Numbers are being exchanged; these have not sent theirs.
    case gathering(waitingFor: [ParticipantID])
    /// Four numbers of 11 bits, to be read aloud.
    case shown(words: [UInt16])
    /// Somebody was silent or changed their number, or the group changed meanwhile.
    case failed(waitingFor: [ParticipantID])

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .gathering(let waitingFor):
            writer.write(UInt8(0))
            writer.writeParticipants(waitingFor)
        case .shown(let words):
            writer.write(UInt8(1))
            for word in words { writer.write(word) }
        case .failed(let waitingFor):
            writer.write(UInt8(2))
            writer.writeParticipants(waitingFor)
        }
    }
}

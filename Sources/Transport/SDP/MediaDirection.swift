// SPDX-License-Identifier: Apache-2.0

/// Who sends in a media section, seen from the side that wrote it (RFC 8866 §6.7).
public enum MediaDirection: String, Hashable, Sendable {
    case sendReceive = "sendrecv"
    case sendOnly = "sendonly"
    case receiveOnly = "recvonly"
    case inactive

    public var sends: Bool { self == .sendReceive || self == .sendOnly }
    public var receives: Bool { self == .sendReceive || self == .receiveOnly }
}

// SPDX-License-Identifier: Apache-2.0

/// The attributes that are read and written; all others are passed over.
public enum SDPAttribute: String, Hashable, Sendable {
    case candidate
    case endOfCandidates = "end-of-candidates"
    case extensionMap = "extmap"
    case extensionMapAllowMixed = "extmap-allow-mixed"
    case fingerprint
    case formatParameters = "fmtp"
    case group
    case iceLite = "ice-lite"
    case icePassword = "ice-pwd"
    case iceUfrag = "ice-ufrag"
    case mid
    case msid
    case restriction = "rid"
    case rtcpFeedback = "rtcp-fb"
    case rtcpMux = "rtcp-mux"
    case rtcpReducedSize = "rtcp-rsize"
    case rtpMap = "rtpmap"
    case bundleOnly = "bundle-only"
    case setup
    case simulcast
    case source = "ssrc"
    case sourceGroup = "ssrc-group"
    case sendReceive = "sendrecv"
    case sendOnly = "sendonly"
    case receiveOnly = "recvonly"
    case inactive
}

// SPDX-License-Identifier: Apache-2.0

/// Why the media plane refused an offer or an answer. The meeting goes on as it was before.
public enum MediaRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The session description can't be read, or breaks a rule of its format.
    case malformed
    /// It is well-formed and asks for something that this server doesn't do.
    case unsupported
    /// A media section is named that isn't in the description, or twice, or with a source of another kind.
    case tracks
    /// Nobody asked for it: an answer without an offer, or to one that is superseded.
    case outOfOrder
    /// The node holds as many connections or tracks as it may.
    case busy
}

// SPDX-License-Identifier: Apache-2.0

/// What a session description may hold at most; far above what browsers make of a full meeting.
public enum SDPLimits {
    public static let bytes = 256 * 1024
    public static let lines = 16_384
    public static let lineBytes = 2_048
    public static let sections = 512
    /// Names in one BUNDLE group.
    static let groupMembers = sections
    static let candidates = 64
    static let extensions = 64
    /// `ssrc` lines; several for each stream.
    static let sources = 128
    static let sourceGroups = 32
    static let restrictions = 16
    static let simulcastStreams = 16
    /// `rtcp-fb` lines of one payload type.
    static let feedback = 16
    /// A mid or rid: what fits a one-byte header extension element is 16; browsers' own are shorter still.
    static let nameBytes = 32
}

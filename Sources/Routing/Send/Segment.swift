// SPDX-License-Identifier: Apache-2.0

/// A stretch of one inbound stream that a viewer gets without a cut. Within it, rewriting is adding constants, so any
/// packet of it can be rebuilt later, byte for byte.
///
/// ```
/// inbound  low    … 41 42 43 44 |                        segment 1: +959
/// inbound  high              | 7 8 9 10 …                segment 2: +997
/// outbound        1000 1001 1002 1003 1004 1005 1006 …
/// ```
/// A late packet of an earlier segment still finds its reserved number.
struct Segment {
    var stream: UnsafeMutablePointer<StreamState>?
    var firstIn: UInt64 = 0
    /// Inclusive; `.max` while the segment is the current one.
    var lastIn: UInt64 = 0
    var firstOut: UInt64 = 0
    /// Outbound less inbound extended sequence number, wrapping.
    var sequenceDelta: UInt64 = 0
    var timestampDelta: UInt32 = 0
    var pictureIDDelta: UInt16 = 0
    var tl0Delta: UInt8 = 0
}

// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// When the person affected is told (line `notice`).
public enum OrderNotice: Hashable, Sendable {
    case before
    case atOnce
    /// Put off until a date, on the ground of a document.
    case embargo(until: EntryTime, document: DocumentHash)
}

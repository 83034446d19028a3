// SPDX-License-Identifier: Apache-2.0

/// What is wrong.
public enum FindingFault: Hashable, Sendable {
    /// It couldn't be fetched.
    case missing
    /// A checkpoint that isn't one, or not signed by the log.
    case checkpoint(CheckpointRefusal)
    /// Too few witnesses cosigned; so many did.
    case quorumMissed(Int)
    /// A cosignature of a time that hasn't come.
    case futureCosignature
    /// The quorum saw this tree last at that time, which is too long ago.
    case stale(since: CosignatureTime)
    /// The tree is smaller than one that the log signed before.
    case rolledBack(from: UInt64, to: UInt64)
    /// Two trees of one size, both signed by the log.
    case fork(size: UInt64)
    /// The log shows less than was seen elsewhere; it may be about to show it.
    case behind(size: UInt64)
    /// A tile or bundle that isn't one.
    case tile(TileRefusal)
    /// A tile's content isn't what the entries lead to.
    case tileDiffers
    /// An entry that was read before is another one now.
    case entryChanged
    /// The entries lead to another root than the checkpoint's.
    case rootMismatch
    /// An entry that isn't one.
    case entry(EntryRefusal)
    /// An entry of a type that this version doesn't know.
    case unknownType([UInt8])
    /// An entry of a time that hasn't come.
    case futureEntry
    /// An entry without a place in the life of its case.
    case chain(CaseRefusal)
    /// A commitment that should have been opened by then.
    case overdue(EntryTime)

    var text: String {
        switch self {
        case .missing: "can't be fetched"
        case .checkpoint(.note(.noKnownSignature)): "isn't signed by the log's key"
        case .checkpoint(.note(.wrongSignature)): "has a wrong signature of a known key"
        case .checkpoint(.unknownOrigin): "is of another log"
        case .checkpoint: "is no checkpoint"
        case .quorumMissed(let count): "cosigned by " + number(count) + " of the witnesses, which is too few"
        case .futureCosignature: "cosigned at a time that hasn't come"
        case .stale(let time): "last seen by a quorum of witnesses " + number(time.seconds) + " s after 1970"
        case .rolledBack(let old, let new): "shrank from " + number(old) + " entries to " + number(new)
        case .fork(let size): "another tree of " + number(size) + " entries was signed as well"
        case .behind(let size): "has " + number(size) + " entries, more than the log shows"
        case .tile(.wrongLength): "has the wrong length"
        case .tile(.truncatedEntry): "ends inside an entry"
        case .tile(.wrongEntryCount): "holds another number of entries than its width"
        case .tile(.entryNotInTile): "isn't the entry whose hash is in the tile"
        case .tile: "is damaged"
        case .tileDiffers: "isn't what the entries lead to"
        case .entryChanged: "isn't the entry that was read there before"
        case .rootMismatch: "the entries lead to another root"
        case .entry(let refusal): "isn't written as entries are: " + refusal.text
        case .unknownType(let type): "of a type unknown here: " + String(decoding: type, as: UTF8.self)
        case .futureEntry: "of a time that hasn't come"
        case .chain(.unknownCase): "follows an entry, but its case has none"
        case .chain(.caseBegunTwice): "begins a case that has begun"
        case .chain(.wrongPrevious): "doesn't follow the last entry of its case"
        case .chain(.timeRunsBackwards): "is older than the entry before it"
        case .chain(.caseClosed): "comes after the case was closed"
        case .chain(.opensNothing): "opens no commitment of its case"
        case .chain(.wrongOpening): "opens a commitment with something else"
        case .chain(.tooManyCases): "one case more than can be watched"
        case .overdue(let due): "should have been opened by " + due.text
        }
    }

    private func number(_ value: some BinaryInteger) -> String { FindingPlace.number(UInt64(clamping: value)) }
}

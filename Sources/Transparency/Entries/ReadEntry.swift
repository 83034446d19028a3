// SPDX-License-Identifier: Apache-2.0

/// An entry as a reader takes it: types of a later version are tolerated, and keep their place in their case.
public enum ReadEntry: Hashable, Sendable {
    case known(LogEntry)
    case unknown(type: [UInt8], time: EntryTime, link: CaseLink?)

    public init(parsing bytes: [UInt8]) throws(EntryRefusal) {
        let raw = try RawEntry(parsing: bytes)
        if let type = EntryType(named: raw.type[...]) {
            self = .known(try LogEntry(type: type, raw))
        } else {
            self = .unknown(type: raw.type, time: raw.time, link: raw.link)
        }
    }

    public var time: EntryTime {
        switch self {
        case .known(let entry): entry.time
        case .unknown(_, let time, _): time
        }
    }

    public var link: CaseLink? {
        switch self {
        case .known(let entry): entry.link
        case .unknown(_, _, let link): link
        }
    }
}

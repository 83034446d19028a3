// SPDX-License-Identifier: Apache-2.0

import Base
public import Governance
public import Transparency

/// What a custodian's client released in the last 24 hours, kept on the custodian's own machine: lawful orders come one by one, and whoever
/// wants many records at once has to find another way than three custodians' habits (RT-11).
///
/// ```
/// vigil-release-book/v1
/// order 1f0c…
/// record 3d41…
/// time 2026-11-24T10:00:00Z
/// ```
///
/// Three lines for each release, the oldest first.
public struct ReleaseBook: Hashable, Sendable {
    public static let longest = 8_192
    /// Records in 24 hours.
    public static let mostPerDay = 20
    static let day: UInt64 = 86_400

    private struct Entry: Hashable {
        let order: DocumentHash
        let record: DocumentHash
        let time: EntryTime
    }

    private var entries: [Entry] = []

    public init() {}

    public init(parsing text: [UInt8]) throws(RecordRefusal) {
        var reader = try RecordReader(text, header: "vigil-release-book/v1", longest: ReleaseBook.longest)
        while let value = reader.maybe(.order) {
            guard let order = DocumentHash(hex: value) else { throw .malformed(.order) }
            entries.append(Entry(order: order, record: try reader.hash(.record), time: try reader.time(.time)))
        }
        try reader.end()
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-release-book/v1")
        for entry in entries {
            writer.line(.order, entry.order.hex)
            writer.line(.record, entry.record.hex)
            writer.line(.time, entry.time.bytes)
        }
        return writer.bytes
    }

    /// Enters a release before it is made. The same one again costs nothing.
    public mutating func enter(_ permit: Permit, now: EntryTime) throws(ReleaseRefusal) {
        guard case .fields(_, let record, _) = permit.scope else { throw .notADisclosure }
        entries.removeAll { $0.time.seconds + ReleaseBook.day <= now.seconds }
        guard !entries.contains(where: { $0.order == permit.order && $0.record == record }) else { return }
        guard entries.count < ReleaseBook.mostPerDay else { throw .tooManyToday }
        entries.append(Entry(order: permit.order, record: record, time: now))
    }
}

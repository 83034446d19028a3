// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// The kinds of a ``Step``, and what belongs to each.
public enum Deed: Hashable, Sendable {
    /// Somebody was asked for something: a case begins.
    case contact(requester: Country, Instrument)
    /// Whether it was asked by whom it says.
    case authenticate(passed: Bool)
    /// - earlier: when cases about the same subject were received before, ascending.
    case docket(requester: Country, Instrument, earlier: [EntryTime])
    case check(CheckOutcome)
    /// The order's hash; the text comes along.
    case propose(DocumentHash)
    /// - receipt: the ``NoticeReceipt``'s hash; `nil` where the order has an embargo.
    case notice(order: DocumentHash, receipt: DocumentHash?)
    case close(CloseOutcome)

    init(reading reader: inout StatementReader) throws(StatementRefusal) {
        switch try reader.word(.kind, DeedKind.self) {
        case .contact:
            self = .contact(requester: try Deed.country(&reader), try reader.word(.instrument, Instrument.self))
        case .authenticate:
            let outcome = try reader.word(.outcome, CheckOutcome.self)
            guard outcome == .passed || outcome == .failed else { throw .invalidValue(.outcome) }
            self = .authenticate(passed: outcome == .passed)
        case .docket:
            let requester = try Deed.country(&reader)
            let instrument = try reader.word(.instrument, Instrument.self)
            var earlier: [EntryTime] = []
            while let text = reader.maybe(.earlier) {
                guard earlier.count < Step.mostOfAKind, let time = EntryTime(parsing: text),
                    earlier.last.map({ $0 < time }) ?? true
                else { throw .invalidValue(.earlier) }
                earlier.append(time)
            }
            self = .docket(requester: requester, instrument, earlier: earlier)
        case .check: self = .check(try reader.word(.outcome, CheckOutcome.self))
        case .propose: self = .propose(try reader.hash(.order))
        case .notice: self = .notice(order: try reader.hash(.order), receipt: try reader.hashOrNone(.receipt))
        case .close: self = .close(try reader.word(.outcome, CloseOutcome.self))
        }
    }

    private static func country(_ reader: inout StatementReader) throws(StatementRefusal) -> Country {
        guard let country = Country(try reader.value(.requester)) else { throw .invalidValue(.requester) }
        return country
    }

    var kind: DeedKind {
        switch self {
        case .contact: .contact
        case .authenticate: .authenticate
        case .docket: .docket
        case .check: .check
        case .propose: .propose
        case .notice: .notice
        case .close: .close
        }
    }

    func write(into writer: inout TextWriter) {
        writer.line("kind", kind.word.utf8Bytes)
        switch self {
        case .contact(let requester, let instrument):
            writer.line("requester", requester.bytes)
            writer.line("instrument", instrument.word.utf8Bytes)
        case .authenticate(let passed):
            writer.line("outcome", (passed ? CheckOutcome.passed : .failed).word.utf8Bytes)
        case .docket(let requester, let instrument, let earlier):
            writer.line("requester", requester.bytes)
            writer.line("instrument", instrument.word.utf8Bytes)
            for time in earlier { writer.line("earlier", time.bytes) }
        case .check(let outcome): writer.line("outcome", outcome.word.utf8Bytes)
        case .propose(let order): writer.line("order", order.hex)
        case .notice(let order, let receipt):
            writer.line("order", order.hex)
            writer.line("receipt", receipt?.hex ?? [UInt8](word: "none"))
        case .close(let outcome): writer.line("outcome", outcome.word.utf8Bytes)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension Order {
    /// The canonical text.
    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-order/v1")
        writer.line(.order, name.bytes)
        writer.line(.caseID, Hexadecimal.encode(caseID.bytes))
        writer.line(.charter, charter.hex)
        writer.line(.action, action.word.utf8Bytes)
        writer.line(.subject, subject.hex)
        switch scope {
        case .fields(let names, let record, _):
            writer.line(.record, record.hex)
            for name in names { writer.line(.field, name.bytes) }
        case .member(let meeting): writer.line(.meeting, meeting.hex)
        case .account(let until): writer.line(.until, until.bytes)
        case .meeting: break
        }
        writer.line(.proposer, proposer.bytes)
        writer.line(.requester, requester.bytes)
        writer.line(.authority, authority.bytes)
        writer.line(.instrument, instrument.word.utf8Bytes)
        writer.line(.instrumentDocument, instrumentDocument.hex)
        writer.line(.legalBasis, legalBasis.bytes)
        writer.line(.drafted, drafted.bytes)
        writer.line(.conductFrom, conductFrom.bytes)
        writer.line(.conductTo, conductTo.bytes)
        writer.line(.jurisdiction, jurisdiction.kind.word.utf8Bytes)
        writer.line(.jurisdictionDocument, jurisdiction.document.hex)
        for seat in jurisdiction.seats { writer.line(.jurisdictionSeat, seat.bytes) }
        if let callBack { writer.line(.callBack, callBack.hex) }
        for piece in evidence { piece.write(to: &writer) }
        if let narrowerOrder { writer.line(.narrowerOrder, narrowerOrder.hex) }
        if case .fields(_, _, let key) = scope { writer.line(.recipientKey, Hexadecimal.encode(key)) }
        writer.line(.notBefore, notBefore.bytes)
        writer.line(.expires, expires.bytes)
        switch notice {
        case .before: writer.line(.notice, [UInt8](word: "before"))
        case .atOnce: writer.line(.notice, [UInt8](word: "at-once"))
        case .embargo(let until, let document):
            writer.line(.notice, [UInt8](word: "embargo"))
            writer.line(.embargoUntil, until.bytes)
            writer.line(.embargoDocument, document.hex)
        }
        writer.line(.nonce, Hexadecimal.encode(nonce))
        return writer.bytes
    }
}

extension Evidence {
    fileprivate func write(to writer: inout TextWriter) {
        writer.line(.evidence, [UInt8](word: "disclosed-message"))
        writer.line(.evidenceDocument, document.hex)
        writer.line(.evidenceMeeting, meeting.hex)
        writer.line(.evidenceMode, [UInt8](word: "accountable"))
        writer.line(.evidenceAuthor, author.hex)
        writer.line(.evidenceAuthorSince, authorSince?.bytes ?? [UInt8](word: "none"))
        writer.line(.evidenceSource, source?.bytes ?? [UInt8](word: "outside"))
    }
}

extension TextWriter {
    fileprivate mutating func line(_ line: OrderLine, _ value: [UInt8]) { self.line(line.word, value) }
}

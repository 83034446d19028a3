// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// Reads an order's text from top to bottom.
struct OrderReader {
    private var fields: FieldReader

    static func read(_ text: [UInt8]) throws(OrderRefusal) -> Order {
        guard text.count <= Order.longest else { throw .tooLong }
        var reader = OrderReader(fields: FieldReader(text[...]))
        guard reader.fields.takeHeader("vigil-order/v1") else { throw .wrongHeader }
        let order = try reader.readOrder()
        guard reader.fields.isAtEnd else { throw .unexpectedLine }
        try order.checkTimes()
        try order.checkEvidence()
        return order
    }

    private mutating func readOrder() throws(OrderRefusal) -> Order {
        let name = try name(.order)
        guard let caseID = CaseID(parsing: try value(.caseID)) else { throw .invalidValue(.caseID) }
        let charter = try hash(.charter)
        let action = try readAction()
        let subject = try readSubject()
        var scope = try readScope(action)
        let proposer = try self.name(.proposer)
        guard let requester = Country(try value(.requester)) else { throw .invalidValue(.requester) }
        let authority = try self.name(.authority)
        guard let instrument = Instrument(parsing: try value(.instrument)) else { throw .invalidValue(.instrument) }
        let instrumentDocument = try hash(.instrumentDocument)
        let legalBasis = try self.name(.legalBasis)
        let drafted = try time(.drafted)
        let conductFrom = try time(.conductFrom)
        let conductTo = try time(.conductTo)
        let jurisdiction = try readJurisdiction()
        let callBack = action == .discloseEmergency ? try hash(.callBack) : nil
        let evidence = try readEvidence()
        let narrowerOrder = action == .endMeeting ? try hash(.narrowerOrder) : nil
        if case .fields(let names, let record, _) = scope {
            guard let key = Hexadecimal.decode(try value(.recipientKey)), key.count == 32 else {
                throw .invalidValue(.recipientKey)
            }
            scope = .fields(names, record: record, recipientKey: key)
        }
        let notBefore = try time(.notBefore)
        let expires = try time(.expires)
        let notice = try readNotice()
        guard let nonce = Hexadecimal.decode(try value(.nonce)), nonce.count == 16 else { throw .invalidValue(.nonce) }
        return Order(
            name: name,
            caseID: caseID,
            charter: charter,
            action: action,
            subject: subject,
            scope: scope,
            proposer: proposer,
            requester: requester,
            authority: authority,
            instrument: instrument,
            instrumentDocument: instrumentDocument,
            legalBasis: legalBasis,
            drafted: drafted,
            conductFrom: conductFrom,
            conductTo: conductTo,
            jurisdiction: jurisdiction,
            callBack: callBack,
            evidence: evidence,
            narrowerOrder: narrowerOrder,
            notBefore: notBefore,
            expires: expires,
            notice: notice,
            nonce: nonce
        )
    }

    private mutating func readAction() throws(OrderRefusal) -> Action {
        let word = try value(.action)
        if let never = NeverListed(parsing: word) { throw .neverOrderable(never) }
        guard let action = Action(parsing: word) else { throw .invalidValue(.action) }
        guard action.actsOnSomebody else { throw .actionTakesNoOrder(action) }
        return action
    }

    private mutating func readSubject() throws(OrderRefusal) -> DocumentHash {
        guard let text = take(.subject), let subject = DocumentHash(hex: text) else { throw .notOneSubject }
        guard take(.subject) == nil else { throw .notOneSubject }
        return subject
    }

    /// The recipient's key stands further down.
    private mutating func readScope(_ action: Action) throws(OrderRefusal) -> Scope {
        switch action {
        case .disclose, .discloseEmergency:
            let record = try hash(.record)
            var names = [try name(.field)]
            while let text = take(.field) {
                guard let name = Name(text) else { throw .invalidValue(.field) }
                guard let last = names.last, last.precedes(name) else { throw .unsortedFields }
                names.append(name)
            }
            guard names.count <= (action == .disclose ? 16 : 3) else { throw .tooManyFields }
            return .fields(names, record: record, recipientKey: [])
        case .eject:
            return .member(ofMeeting: try hash(.meeting))
        case .suspend:
            return .account(until: try time(.until))
        default:
            return .meeting
        }
    }

    private mutating func readJurisdiction() throws(OrderRefusal) -> JurisdictionAttestation {
        let word = try value(.jurisdiction)
        if word.isWord("unknown") { throw .jurisdictionUnknown }
        if word.isWord("requester-statement") { throw .jurisdictionByRequester }
        guard let kind = JurisdictionKind(parsing: word) else { throw .invalidValue(.jurisdiction) }
        let document = try hash(.jurisdictionDocument)
        var seats = [try name(.jurisdictionSeat)]
        while let text = take(.jurisdictionSeat) {
            guard let name = Name(text) else { throw .invalidValue(.jurisdictionSeat) }
            guard let last = seats.last, last.precedes(name) else { throw .unsortedSeats }
            seats.append(name)
        }
        return JurisdictionAttestation(kind: kind, document: document, seats: seats)
    }

    private mutating func readEvidence() throws(OrderRefusal) -> [Evidence] {
        var pieces: [Evidence] = []
        while let word = take(.evidence) {
            guard word.isWord("disclosed-message") else { throw .inadmissibleEvidence }
            guard pieces.count < 16 else { throw .tooMuchEvidence }
            let document = try hash(.evidenceDocument)
            let meeting = try hash(.evidenceMeeting)
            guard try value(.evidenceMode).isWord("accountable") else { throw .deniableEvidence }
            let author = try hash(.evidenceAuthor)
            let sinceText = try value(.evidenceAuthorSince)
            var since: EntryTime?
            if !sinceText.isWord("none") {
                since = EntryTime(parsing: sinceText)
                guard since != nil else { throw .invalidValue(.evidenceAuthorSince) }
            }
            // The one word that is no seat's here.
            let sourceText = try value(.evidenceSource)
            var source: Name?
            if !sourceText.isWord("outside") {
                source = Name(sourceText)
                guard source != nil else { throw .invalidValue(.evidenceSource) }
            }
            pieces.append(
                Evidence(document: document, meeting: meeting, author: author, authorSince: since, source: source)
            )
        }
        return pieces
    }

    private mutating func readNotice() throws(OrderRefusal) -> OrderNotice {
        let word = try value(.notice)
        if word.isWord("before") { return .before }
        if word.isWord("at-once") { return .atOnce }
        guard word.isWord("embargo") else { throw .invalidValue(.notice) }
        return .embargo(until: try time(.embargoUntil), document: try hash(.embargoDocument))
    }

    private mutating func take(_ line: OrderLine) -> ArraySlice<UInt8>? { fields.take(line.word) }

    private mutating func value(_ line: OrderLine) throws(OrderRefusal) -> ArraySlice<UInt8> {
        guard let value = take(line) else { throw .missingLine(line) }
        return value
    }

    private mutating func name(_ line: OrderLine) throws(OrderRefusal) -> Name {
        guard let name = Name(try value(line)) else { throw .invalidValue(line) }
        return name
    }

    private mutating func hash(_ line: OrderLine) throws(OrderRefusal) -> DocumentHash {
        guard let hash = DocumentHash(hex: try value(line)) else { throw .invalidValue(line) }
        return hash
    }

    private mutating func time(_ line: OrderLine) throws(OrderRefusal) -> EntryTime {
        guard let time = EntryTime(parsing: try value(line)) else { throw .invalidValue(line) }
        return time
    }
}

extension Order {
    /// Reads exactly the canonical text of an order that any charter could allow.
    public init(parsing text: [UInt8]) throws(OrderRefusal) {
        self = try OrderReader.read(text)
    }
}

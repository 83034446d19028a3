// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// What a seat does in a case, apart from approving and stopping: nobody but the seat can have done it.
///
/// ```
/// vigil-step/v1
/// charter 77ab…
/// seat cora
/// case 000102030405060708090a0b0c0d0e0f
/// prev 3d41…
/// kind check
/// outcome passed
/// document 02ee…
/// reason 9e02…
/// ```
public struct Step: Statement {
    /// Of each kind of list.
    public static let mostOfAKind = 16

    /// The charter in effect.
    public let charter: DocumentHash
    public let seat: Name
    public let caseID: CaseID
    /// The leaf hash of the case's last entry: a step is taken once, and from where its seat saw the case stand. `nil` for the first.
    public let previous: TreeHash?
    public let deed: Deed
    /// SHA-256 of sealed documents that belong to it, ascending.
    public let documents: [DocumentHash]
    /// SHA-256 of what the seat wrote down as its reason; zeros for nothing.
    public let reason: DocumentHash

    public init(
        charter: DocumentHash,
        seat: Name,
        caseID: CaseID,
        previous: TreeHash?,
        deed: Deed,
        documents: [DocumentHash] = [],
        reason: DocumentHash
    ) {
        self.charter = charter
        self.seat = seat
        self.caseID = caseID
        self.previous = previous
        self.deed = deed
        self.documents = documents
        self.reason = reason
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-step/v1")
        charter = try reader.hash(.charter)
        seat = try reader.name(.seat)
        caseID = try reader.caseID()
        previous = try reader.hashOrNone(.entry)
        deed = try Deed(reading: &reader)
        var documents: [DocumentHash] = []
        while let text = reader.maybe(.document) {
            guard documents.count < Step.mostOfAKind, let hash = DocumentHash(hex: text),
                documents.last.map({ $0.bytes.lexicographicallyPrecedes(hash.bytes) }) ?? true
            else { throw .invalidValue(.document) }
            documents.append(hash)
        }
        self.documents = documents
        reason = try reader.hash(.reason)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-step/v1")
        writer.line("charter", charter.hex)
        writer.line("seat", seat.bytes)
        writer.line("case", Hexadecimal.encode(caseID.bytes))
        writer.line("prev", previous?.hex ?? [UInt8](word: "none"))
        deed.write(into: &writer)
        for document in documents { writer.line("document", document.hex) }
        writer.line("reason", reason.hex)
        return writer.bytes
    }
}

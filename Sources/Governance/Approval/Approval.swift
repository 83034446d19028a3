// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// A seat's word on an order.
///
/// ```
/// vigil-approval/v1
/// order 1f0c…
/// charter 77ab…
/// seat alice
/// decision approve
/// stage confirm
/// intend 3d41…
/// reason 9e02…
/// ```
public struct Approval: Statement {
    public let order: DocumentHash
    public let charter: DocumentHash
    public let seat: Name
    public let decision: Decision
    public let stage: ApprovalStage
    /// The leaf hash of the logged `intend`, which a `confirm` builds on; `nil` for an `intend`.
    public let intend: TreeHash?
    /// SHA-256 of the reason that the officer typed.
    public let reason: DocumentHash

    /// An `intend`, or a `confirm` if it names one.
    public init(
        order: DocumentHash,
        charter: DocumentHash,
        seat: Name,
        decision: Decision,
        confirming intend: TreeHash? = nil,
        reason: DocumentHash
    ) {
        self.order = order
        self.charter = charter
        self.seat = seat
        self.decision = decision
        stage = intend == nil ? .intend : .confirm
        self.intend = intend
        self.reason = reason
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-approval/v1")
        order = try reader.hash(.order)
        charter = try reader.hash(.charter)
        seat = try reader.name(.seat)
        decision = try reader.word(.decision, Decision.self)
        stage = try reader.word(.stage, ApprovalStage.self)
        let text = try reader.value(.intend)
        switch stage {
        case .intend:
            guard text.isWord("none") else { throw .invalidValue(.intend) }
            intend = nil
        case .confirm:
            guard let leaf = TreeHash(hex: text) else { throw .invalidValue(.intend) }
            intend = leaf
        }
        reason = try reader.hash(.reason)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-approval/v1")
        writer.line("order", order.hex)
        writer.line("charter", charter.hex)
        writer.line("seat", seat.bytes)
        writer.line("decision", decision.word.utf8Bytes)
        writer.line("stage", stage.word.utf8Bytes)
        writer.line("intend", intend?.hex ?? [UInt8](word: "none"))
        writer.line("reason", reason.hex)
        return writer.bytes
    }
}

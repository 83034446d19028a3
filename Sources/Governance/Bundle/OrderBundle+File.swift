// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension OrderBundle {
    /// The file: `vigil-order-bundle/v1`, then for each part `part <kind> <bytes>`, the bytes, a newline; then `end`.
    ///
    /// `nil` for an entry longer than logs have.
    public var encoded: [UInt8]? {
        guard let packed = try? EntryBundle.encode(entries) else { return nil }
        var file = PartWriter("vigil-order-bundle/v1")
        func add(_ part: BundlePart, _ bytes: [UInt8]) { file.add(part, bytes) }
        add(.order, order)
        for version in charters {
            add(.charter, version.charter)
            add(.logPolicy, version.logPolicy)
            add(.charterEntry, version.entry)
            add(.charterProof, version.proof)
            for approval in version.approvals { add(.charterApproval, approval) }
        }
        for approval in approvals { add(.approval, approval) }
        if let narrower { add(.narrower, narrower) }
        if let notice { add(.notice, notice) }
        for receipt in noStops { add(.noStop, receipt) }
        for checkpoint in checkpoints { add(.checkpoint, checkpoint) }
        var edge = TextWriter()
        edge.line("start", Decimal.text(start))
        for subtree in subtrees { edge.line("subtree", subtree.hex) }
        add(.edge, edge.bytes)
        add(.entries, packed)
        return file.finished
    }

    public init(parsing file: [UInt8]) throws(BundleFormatRefusal) {
        guard file.count <= OrderBundle.longest else { throw .tooLong }
        var reader = try BundleReader(file)
        order = try reader.one(.order)
        var charters: [CharterEvidence] = []
        repeat {
            charters.append(
                CharterEvidence(
                    charter: try reader.one(.charter),
                    logPolicy: try reader.one(.logPolicy),
                    entry: try reader.one(.charterEntry),
                    proof: try reader.one(.charterProof),
                    approvals: try reader.all(.charterApproval)
                )
            )
        } while reader.isNext(.charter) && charters.count < OrderBundle.mostParts
        self.charters = charters
        approvals = try reader.all(.approval)
        narrower = try reader.maybe(.narrower)
        notice = try reader.maybe(.notice)
        noStops = try reader.all(.noStop)
        checkpoints = try reader.all(.checkpoint)
        (start, subtrees) = try BundleReader.edge(try reader.one(.edge))
        entries = try BundleReader.entries(try reader.one(.entries))
        try reader.end()
    }
}

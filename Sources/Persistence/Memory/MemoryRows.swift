// SPDX-License-Identifier: Apache-2.0

import Governance
import Transparency

struct MemoryRows: Sendable {
    struct Document {
        var document: StoredDocument
        var isNamed = false
    }
    struct Checkpoint: Hashable {
        var caseID: CaseID
        var bytes: [UInt8]
    }

    var charters: [DocumentHash: CharterEvidence] = [:]
    var papers: [Paper] = []
    var checkpoints: [Checkpoint] = []
    var documents: [Document] = []
    var stops: [[UInt8]] = []
    var seatKeys: [Name: [UInt8]] = [:]
    var outbox: [[UInt8]] = []
}

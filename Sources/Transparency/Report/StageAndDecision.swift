// SPDX-License-Identifier: Apache-2.0

import Base

/// What seats can say to an order, in the order of the table's rows.
enum StageAndDecision {
    static let count = 6
    private static var stages: [StaticString] { ["intend", "confirm"] }
    private static var decisions: [StaticString] { ["approve", "refuse", "narrow"] }

    static func place(_ stage: [UInt8], _ decision: [UInt8]) -> Int? {
        guard let stage = stages.firstIndex(where: { stage.elementsEqual([UInt8](word: $0)) }),
            let decision = decisions.firstIndex(where: { decision.elementsEqual([UInt8](word: $0)) })
        else { return nil }
        return stage * decisions.count + decision
    }

    static func rows(_ counts: [UInt64]) -> [[ReportCell]] {
        (0..<count).map { place in
            [
                .word(stages[place / decisions.count]), .word(decisions[place % decisions.count]),
                .number(counts[place]),
            ]
        }
    }
}

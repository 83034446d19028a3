// SPDX-License-Identifier: Apache-2.0

/// What mlspp took for the same on a machine of the same kind: suite 1, OpenSSL 3.0, a tree grown by external joins, CPU
/// of one run. The mark that ours are held to.
enum PublishedMark {
    /// In microseconds; `nil` where there is no mark.
    static func microseconds(_ operation: GroupOperationName, members: Int) -> Double? {
        switch (operation, members) {
        case (.externalJoin, 10): 2_800
        case (.externalJoin, 100): 25_000
        case (.externalJoin, 1_000): 210_000
        case (.processExternalJoin, 10): 1_000
        case (.processExternalJoin, 100): 3_400
        case (.processExternalJoin, 1_000): 29_000
        case (.update, 10): 1_600
        case (.update, 100): 3_900
        case (.update, 1_000): 15_000
        case (.processUpdate, 10): 900
        case (.processUpdate, 100): 2_900
        case (.processUpdate, 1_000): 24_000
        case (.remove, 10): 1_800
        case (.remove, 100): 4_600
        case (.remove, 1_000): 13_000
        case (.processRemove, 10): 900
        case (.processRemove, 100): 3_500
        case (.processRemove, 1_000): 26_000
        case (.add, 10): 1_200
        case (.add, 100): 4_500
        case (.add, 1_000): 19_000
        case (.processAdd, 10): 800
        case (.processAdd, 100): 2_700
        case (.processAdd, 1_000): 6_600
        case (.welcomeJoin, 10): 2_300
        case (.welcomeJoin, 100): 30_000
        case (.welcomeJoin, 1_000): 195_000
        default: nil
        }
    }
}

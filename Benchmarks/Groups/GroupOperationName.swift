// SPDX-License-Identifier: Apache-2.0

/// What is measured, by the name in the rows.
enum GroupOperationName: String, Codable, CaseIterable {
    case welcomeJoin = "welcome join"
    case externalJoin = "external join"
    case processExternalJoin = "process external join"
    case add
    case processAdd = "process add"
    case update
    case processUpdate = "process update"
    case remove
    case processRemove = "process remove"
    /// As many signatures as joining has to check: no implementation on this library can join faster.
    case signatures = "signatures alone"
}

// SPDX-License-Identifier: Apache-2.0

/// An entry's place in the life of a case.
public struct CaseLink: Hashable, Sendable {
    public let caseID: CaseID
    /// The leaf hash of the case's entry before; `nil` for the first.
    public let previous: TreeHash?
}

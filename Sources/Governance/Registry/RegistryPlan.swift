// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What follows from an input that was taken. In this order: the texts and checkpoints are made durable, then the entries are logged one
/// after another, then the registry is told of each (``CaseRegistry/record(_:at:papers:)``).
public struct RegistryPlan: Sendable {
    public struct Mark: Hashable, Sendable {
        public let caseID: CaseID
        public let checkpoint: KeptCheckpoint
    }

    public var entries: [LogEntry] = []
    public var papers: [Paper] = []
    public var marks: [Mark] = []
    /// To be kept whatever becomes of the log.
    public var stop: Signed<Stop>?
    /// The signed text's hash.
    public var hash: DocumentHash?
}

// SPDX-License-Identifier: Apache-2.0

/// What a sequencer wants done. At most one of `read`, `write` and `collect` is outstanding at any time.
public enum SequencerAction: Hashable, Sendable {
    /// Answer with ``SequencerInput/read(_:)`` or ``SequencerInput/readFailed``.
    case read([StoreKey])
    /// In this order or at once, as long as all of it is durable before ``SequencerInput/written(_:)``.
    case write(SequencerStep, [StoreWrite])
    /// Show the checkpoint to the witnesses, whose policy is the caller's.
    case collect(VerifiedCheckpoint)
    case acknowledge([Receipt])
    case refuse(Ticket, SubmissionRefusal)
    /// Nothing more will happen: a person must look at it.
    case stop(SequencerFault)
}

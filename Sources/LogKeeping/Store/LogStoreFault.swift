// SPDX-License-Identifier: Apache-2.0

/// Why a write to a log's store failed.
public enum LogStoreFault: Error, Hashable, Sendable {
    case disk(DiskFault)
    /// The record isn't what it was when the sequencer read it: somebody else writes here.
    case recordChanged
}

extension LogStoreFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .disk(let fault): fault.description
        case .recordChanged: "another process has changed the log's record"
        }
    }
}

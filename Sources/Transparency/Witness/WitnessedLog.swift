// SPDX-License-Identifier: Apache-2.0

import Base

/// One log at a witness: requests for it are taken one after another.
struct WitnessedLog: Sendable {
    enum State: Sendable {
        case loading
        /// Couldn't be read; tried again at the next tick.
        case unloaded
        case ready(WitnessRecord?)
        /// The record is on its way to the disk, and its signature waits for it.
        case storing(WitnessRecord, request: UInt64)
        case stopped
    }

    struct Waiting: Sendable {
        let request: UInt64
        let body: [UInt8]
        let parsed: AddCheckpointRequest
    }

    /// Requests that wait while a record is stored; further ones are told that we are busy.
    static let mostWaiting = 16

    let log: KnownLog
    var state = State.loading
    var waiting: [Waiting] = []
    /// What the disk held before the record on its way, to be compared with.
    var stored: [UInt8]?
}

// SPDX-License-Identifier: Apache-2.0

/// What must never happen.
struct ScheduleFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

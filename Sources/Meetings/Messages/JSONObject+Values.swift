// SPDX-License-Identifier: Apache-2.0

import Base

extension JSONObject {
    init(of write: (inout JSONObject) -> Void) {
        self.init()
        write(&self)
    }

    mutating func set(_ name: String, number: Int) { set(name, .integer(Int64(number))) }

    /// Below 2⁵³ on any node that runs for less than a million years.
    mutating func set(_ name: String, count: UInt64) { set(name, .integer(Int64(clamping: count))) }

    mutating func set(_ name: String, bytes: [UInt8]) { set(name, .string(Base64URL.encode(bytes))) }

    mutating func set(_ name: String, _ participant: ParticipantID) { set(name, .string(participant.text)) }
}

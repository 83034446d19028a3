// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import Membership

/// What decodes has to encode to the same bytes.
private func check<Value: WireCodable>(_ type: Value.Type, _ bytes: [UInt8]) {
    guard let value = try? Value(decoding: bytes) else { return }
    precondition(value.encoded == bytes, "decoded and written differently")
}

fuzz { input in
    let bytes = Array(input)
    _ = try? NodeMessage(decoding: bytes)
    _ = try? MemberInput(decoding: bytes)
    check(Card.self, bytes)
    check(ChatLine.self, bytes)
    check(CommitRefusal.self, bytes)
    check(MeetingPolicy.self, bytes)
    check(MemberIdentity.self, bytes)
    check(MemberSettings.self, bytes)
    check(Statement.self, bytes)
}

// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import MLS
import StandInCrypto

/// What decodes has to encode to the same bytes.
private func check<Value: WireCodable>(_ type: Value.Type, _ bytes: [UInt8]) {
    guard let value = try? Value(decoding: bytes) else { return }
    precondition(value.encoded == bytes, "decoded and written differently")
}

fuzz { input in
    let bytes = Array(input)
    check(MLSMessage.self, bytes)
    check(KeyPackage.self, bytes)
    check(GroupInfo.self, bytes)
    check(Welcome.self, bytes)
    check(Proposal.self, bytes)
    check(Commit.self, bytes)
    check(AuthenticatedContent.self, bytes)
    if let tree = try? RatchetTree(decoding: bytes) {
        precondition(tree.encoded == bytes, "tree written differently")
        for index in 0..<tree.width.nodeCount { _ = tree.parent(NodeIndex(index)) }
    }
    // Joining reads a tree and everything in it.
    if let info = try? GroupInfo(decoding: bytes) { _ = try? PublicGroup<StandInCrypto>(info, rules: OpenRules()) }
    _ = try? PublicGroup<StandInCrypto>(restoring: bytes)
    _ = try? Group<StandInCrypto>(restoring: Secret(bytes))
}

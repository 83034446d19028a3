// SPDX-License-Identifier: Apache-2.0

import Base

/// What the meeting knows of its host token: a hash, compared in constant time.
struct HostLock: Sendable {
    private let digest: Secret

    init(_ token: HostToken, hash: ([UInt8]) -> [UInt8]) {
        digest = Self.digest(token, hash)
    }

    func opens(with token: HostToken?, hash: ([UInt8]) -> [UInt8]) -> Bool {
        guard let token else { return false }
        return Secret.equal(digest, Self.digest(token, hash))
    }

    private static func digest(_ token: HostToken, _ hash: ([UInt8]) -> [UInt8]) -> Secret {
        Secret(hash(token.bytes.withBytes { Array($0) }))
    }
}

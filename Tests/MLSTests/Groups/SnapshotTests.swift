// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import Testing

@testable import MLS

@Suite("MLS, snapshots")
struct SnapshotTests {
    @Test("a restored member goes on: late messages, its own update, the next commits")
    func restored() throws {
        var scene = try Scene(3)
        let late = try scene.encrypt(by: 0, [1])
        let later = try scene.encrypt(by: 0, [2])
        try scene.deliver(later)
        try scene.commit(by: 2)
        let update = try scene.update(by: 1)
        try scene.spread(update, except: 1)
        scene.members[1] = try NativeGroup(restoring: scene.members[1].snapshot())
        guard case .application(let message) = try scene.deliver(late) else {
            Issue.record("no application message")
            return
        }
        #expect(message.data == [1])
        #expect(throws: MLSRefusal.keyAlreadyUsed) { try scene.deliver(later) }
        try scene.commit(by: 0)
        try scene.commit(by: 1)
        #expect(scene.agrees)
    }

    @Test("a key package comes back from its snapshot, and from nothing else")
    func keyPackage() throws {
        var scene = Scene.three
        let bundle = try scene.bundle("Ana")
        let bytes = bundle.snapshot().withBytes { Array($0) }
        let restored = try KeyPackageBundle(restoring: Secret(bytes), with: NativeCrypto.self)
        #expect(restored.keyPackage == bundle.keyPackage)
        for wrong in [bytes + [0], Array(bytes.dropLast())] {
            #expect(throws: MLSRefusal.snapshotInvalid) {
                _ = try KeyPackageBundle(restoring: Secret(wrong), with: NativeCrypto.self)
            }
        }
    }

    @Test("a snapshot cut anywhere, or with a byte changed, is refused or restored, never a trap")
    func damaged() throws {
        let scene = Scene.three
        let bytes = scene.members[1].snapshot().withBytes { Array($0) }
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: MLSRefusal.snapshotInvalid) {
                _ = try NativeGroup(restoring: Secret(bytes.prefix(length)))
            }
        }
        for index in stride(from: 0, to: bytes.count, by: 3) {
            var changed = bytes
            changed[index] ^= 0x81
            _ = try? NativeGroup(restoring: Secret(changed))
        }
    }
}

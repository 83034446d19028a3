// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import Transparency

extension Fields {
    /// Files that were asked for, in their order: a count, then for each one byte that says if it is there, and its bytes.
    mutating func files() throws(CoreRefusal) -> [[UInt8]?] {
        var files: [[UInt8]?] = []
        for _ in 0..<(try word32()) { files.append(try byte() == 0 ? nil : try bytes()) }
        return files
    }

    /// A policy that was read before, so that it has no fault left to be named.
    mutating func policy() throws(CoreRefusal) -> TrustPolicy {
        let text = try bytes()
        do throws(PolicyRefusal) {
            return try TrustPolicy(parsing: text, with: MeetingCrypto.self)
        } catch {
            throw .named("audit.policy")
        }
    }

    mutating func time() throws(CoreRefusal) -> CosignatureTime {
        guard let time = CosignatureTime(seconds: try word64()) else { throw .malformedCall }
        return time
    }
}

extension ByteWriter {
    mutating func writeField(_ text: String) { writeField(Array(text.utf8)) }

    mutating func write(_ flag: Bool) { write(flag ? UInt8(1) : 0) }

    mutating func write(count: Int) { write(UInt32(truncatingIfNeeded: count)) }

    mutating func write(_ hash: TreeHash) { write(hash.bytes) }
}

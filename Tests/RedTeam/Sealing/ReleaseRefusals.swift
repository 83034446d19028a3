// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import SealingSupport

@testable import Sealing

/// What a custodian's machine says, asked to release under a permit: the rule that refuses, or nothing.
func refusal(of vault: Vault, by name: String, under permit: Permit) throws -> ReleaseRefusal? {
    do {
        _ = try vault.release(name, under: permit)
        return nil
    } catch let refusal as ReleaseRefusal {
        return refusal
    }
}

extension Vault {
    /// All that a node stores of a sealed record: what an administrator, or whoever owns the database, has.
    var database: [[UInt8]] { [record.text] + shares.map { $0.text } }

    /// True if something that was sealed stands in these bytes, in any of the spellings in which bytes are written.
    func isLegible(in files: [[UInt8]]) -> Bool {
        let everything = files.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        return Vault.contents.values.contains { content in
            Vault.spellings(of: Array(content.utf8)).contains { everything.contains($0) }
        }
    }

    private static func spellings(of bytes: [UInt8]) -> [String] {
        let base64 = String(decoding: Base64.encode(bytes.prefix(bytes.count / 3 * 3)), as: UTF8.self)
        return [String(decoding: bytes, as: UTF8.self), Hexadecimal.text(bytes), base64]
    }
}

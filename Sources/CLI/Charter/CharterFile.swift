// SPDX-License-Identifier: Apache-2.0

import Foundation
import Governance
import NativeCrypto

/// A charter out of a file.
enum CharterFile {
    static func read(_ path: String) throws -> Charter {
        let bytes = try FileText.read(path, longest: Charter.longest)
        do throws(CharterRefusal) {
            return try Charter(parsing: bytes, with: NativeCrypto.self)
        } catch {
            print("FAULT \(path): line \(error.line), \(error.rule)")
            throw LogExit.faults
        }
    }
}

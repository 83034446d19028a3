// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Governance
import Transparency

/// What a row says, or that it can't be what we wrote.
extension Row {
    func bytes(_ column: String) throws -> [UInt8] { Array(try decode(Data.self, forColumn: column)) }

    func caseID(_ column: String) throws -> CaseID {
        guard let id = CaseID(try bytes(column)) else { throw StorageFault.failed("a row without a case") }
        return id
    }

    func hash(_ column: String) throws -> DocumentHash {
        guard let hash = TreeHash(try bytes(column)) else { throw StorageFault.failed("a row without a hash") }
        return hash
    }
}

extension [UInt8] {
    var blob: Data { Data(self) }
}

extension CaseID {
    var blob: Data { Data(bytes) }
}

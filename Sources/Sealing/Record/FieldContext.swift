// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import Transparency

/// What every key, commitment and share of one field of one record is bound to.
struct FieldContext {
    let genesis: DocumentHash
    let salt: [UInt8]
    let field: Name

    /// `label || 0 || genesis || salt || field`: all but the last of fixed length.
    func bytes(_ label: StaticString) -> [UInt8] { label.bytes + [0] + genesis.bytes + salt + field.bytes }
}

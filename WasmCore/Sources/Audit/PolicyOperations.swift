// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import Transparency

/// By whose keys a log is judged.
enum PolicyOperations {
    /// 0 and the line in which a text is no policy, or 1 and what it says: whether it asks for witnesses, each log's name and key,
    /// each witness's name.
    static func read(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let text = try fields.bytes()
        try fields.end()
        var writer = ByteWriter(reserving: 1_024)
        let policy: TrustPolicy
        do throws(PolicyRefusal) {
            policy = try TrustPolicy(parsing: text, with: MeetingCrypto.self)
        } catch {
            writer.write(false)
            writer.write(count: error.line)
            return writer.bytes
        }
        writer.write(true)
        writer.write(policy.quorum != .none)
        writer.write(count: policy.logs.count)
        for log in policy.logs {
            writer.writeField(log.log.origin.bytes)
            writer.writeField(log.key.text)
        }
        writer.write(count: policy.witnesses.count)
        for witness in policy.witnesses { writer.writeField(witness.name) }
        return writer.bytes
    }
}

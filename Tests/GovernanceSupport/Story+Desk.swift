// SPDX-License-Identifier: Apache-2.0

public import Governance
import NativeCrypto
public import Transparency

extension Story {
    /// What the desk answers to an input, logged.
    @discardableResult
    public func handle(_ input: CaseInput, at desk: inout CaseDesk) throws -> [LogEntry] {
        let entries = try desk.handle(
            input,
            after: last,
            under: council.charter(),
            now: council.time(),
            with: NativeCrypto.self
        )
        for entry in entries { adopt(entry) }
        return entries
    }
}

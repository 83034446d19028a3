// SPDX-License-Identifier: Apache-2.0

public import Base

/// The pre-shared keys that an application has at hand (RFC 9420 §8.4).
public struct PreSharedKeys: Sendable {
    private var external: [[UInt8]: Secret] = [:]
    private var resumption: [ResumptionKey: Secret] = [:]

    private struct ResumptionKey: Hashable {
        var groupID: [UInt8]
        var epoch: UInt64
    }

    public static let none = PreSharedKeys()

    public init() {}

    public mutating func set(external identifier: [UInt8], _ key: Secret) {
        external[identifier] = key
    }

    /// The `resumption_psk` of an epoch of another group.
    public mutating func set(resumptionOf groupID: [UInt8], epoch: UInt64, _ key: Secret) {
        resumption[ResumptionKey(groupID: groupID, epoch: epoch)] = key
    }

    func key(_ source: PreSharedKeySource) -> Secret? {
        switch source {
        case .external(let identifier): external[identifier]
        case .resumption(_, let groupID, let epoch): resumption[ResumptionKey(groupID: groupID, epoch: epoch)]
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Base

/// The pre-shared keys that an application has at hand (RFC 9420 §8.4).
public struct PreSharedKeys: Sendable {
    /// By what names a key on the wire, whatever its use.
    private var keys = SortedMap<[UInt8], Secret>()

    public static let none = PreSharedKeys()

    public init() {}

    public mutating func set(external identifier: [UInt8], _ key: Secret) {
        keys[name(.external(identifier: identifier))] = key
    }

    /// The `resumption_psk` of an epoch of another group.
    public mutating func set(resumptionOf groupID: [UInt8], epoch: UInt64, _ key: Secret) {
        keys[name(.resumption(.application, groupID: groupID, epoch: epoch))] = key
    }

    func key(_ source: PreSharedKeySource) -> Secret? {
        keys[name(source)]
    }

    private func name(_ source: PreSharedKeySource) -> [UInt8] {
        switch source {
        case .external: source.encoded
        case .resumption(_, let groupID, let epoch):
            PreSharedKeySource.resumption(.application, groupID: groupID, epoch: epoch).encoded
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Which id stands for which header extension on one connection (RFC 8285 §5).
///
/// Two words: copied freely, looked up without allocation.
public struct HeaderExtensionMap: Hashable, Sendable {
    /// Four bits per id 0…15: the raw value of its extension, 0 for none.
    @usableFromInline var kinds: UInt64 = 0
    /// Eight bits per extension's raw value: its id, 0 for none.
    @usableFromInline var ids: UInt64 = 0

    @inlinable
    public init() {}

    /// For tests and fixed tables. Ids that can't be used are left out.
    public init(_ entries: [(HeaderExtension, UInt8)]) {
        for (kind, id) in entries { _ = assign(id, to: kind) }
    }

    /// Puts `kind` under `id`: 1…14 fit one-byte elements, 16…255 need two-byte ones.
    ///
    /// False, with nothing changed, for the ids 0 and 15 and for an id that already means something else.
    public mutating func assign(_ id: UInt8, to kind: HeaderExtension) -> Bool {
        guard id != 0, id != 15 else { return false }
        if let present = self[id] { return present == kind }
        let shift = UInt64(kind.rawValue) * 8
        let former = UInt8(truncatingIfNeeded: ids >> shift)
        if former != 0, former < 15 { kinds &= ~(0xF << (UInt64(former) * 4)) }
        ids = ids & ~(0xFF << shift) | UInt64(id) << shift
        if id < 15 { kinds |= UInt64(kind.rawValue) << (UInt64(id) * 4) }
        return true
    }

    /// What `id` stands for.
    @inlinable
    public subscript(id: UInt8) -> HeaderExtension? {
        if id < 15 { return HeaderExtension(rawValue: UInt8(truncatingIfNeeded: kinds >> (UInt64(id) &* 4) & 0xF)) }
        var rest = ids >> 8
        var raw: UInt8 = 1
        while rest != 0 {
            if UInt8(truncatingIfNeeded: rest) == id { return HeaderExtension(rawValue: raw) }
            rest >>= 8
            raw &+= 1
        }
        return nil
    }

    /// The id under which `kind` travels, or `nil` when it wasn't negotiated.
    @inlinable
    public func id(of kind: HeaderExtension) -> UInt8? {
        let id = UInt8(truncatingIfNeeded: ids >> (UInt64(kind.rawValue) &* 8))
        return id == 0 ? nil : id
    }

    @inlinable public var isEmpty: Bool { ids == 0 }
}

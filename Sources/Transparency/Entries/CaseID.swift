// SPDX-License-Identifier: Apache-2.0

public import Base

/// A case's pseudonym in the log: 16 random bytes, 32 hex digits.
public struct CaseID: Hashable, Sendable {
    package let bytes: [UInt8]

    static let length = 16

    /// `nil` unless there are 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == CaseID.length else { return nil }
        self.bytes = Array(bytes)
    }

    package init?(parsing text: ArraySlice<UInt8>) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes)
    }

    /// A new case's.
    public static func random(using randomness: inout some Randomness) -> CaseID {
        CaseID(unchecked: randomness.bytes(CaseID.length))
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    public var text: String { Hexadecimal.text(bytes) }
}

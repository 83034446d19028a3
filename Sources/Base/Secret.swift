// SPDX-License-Identifier: Apache-2.0

/// Key material: zeroed when the last reference goes, without a printable form, compared in constant time.
public final class Secret: Sendable {
    nonisolated(unsafe) private let storage: UnsafeMutableRawBufferPointer

    /// Copies `bytes`. The caller's own copy is the caller's to forget.
    public convenience init(_ bytes: some Collection<UInt8>) {
        self.init(count: bytes.count)
        storage.copyBytes(from: bytes)
    }

    /// Apart from the generic one: Embedded Swift has no generic designated initialisers of classes.
    private init(count: Int) {
        storage = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    }

    deinit {
        // Through `withExtendedLifetime` on the opaque pointer the optimiser may not drop the stores.
        for index in storage.indices { storage[index] = 0 }
        Secret.keep(storage.baseAddress)
        storage.deallocate()
    }

    public var count: Int { storage.count }

    /// Lends the bytes; they must not escape `body`.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(storage))
    }

    /// Constant time in the contents; the length is not secret.
    public static func equal(_ lhs: Secret, _ rhs: Secret) -> Bool {
        guard lhs.storage.count == rhs.storage.count else { return false }
        var difference: UInt8 = 0
        for index in lhs.storage.indices { difference |= lhs.storage[index] ^ rhs.storage[index] }
        return difference == 0
    }

    @inline(never)
    @_optimize(none)
    private static func keep(_ pointer: UnsafeMutableRawPointer?) {}
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "secret" }
    public var debugDescription: String { "secret" }
}

#if !hasFeature(Embedded)
extension Secret: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
#endif

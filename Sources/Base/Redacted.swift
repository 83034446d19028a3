// SPDX-License-Identifier: Apache-2.0

/// A value about a person (an address, a name) that has no printable form.
///
/// Interpolating, logging or dumping it yields a constant, so that no log line, trace or test failure can leak it.
public struct Redacted<Value> {
    public var value: Value

    public init(_ value: Value) {
        self.value = value
    }
}

extension Redacted: Sendable where Value: Sendable {}
extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "redacted" }
    public var debugDescription: String { "redacted" }
}

#if !hasFeature(Embedded)
extension Redacted: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
#endif

// SPDX-License-Identifier: Apache-2.0

/// The extended number nearest to `reference` whose low 16 bits are `sequenceNumber` (RFC 3711 §3.3.1), or nothing when
/// that would lie before the stream's beginning.
@inline(__always)
func extend(_ sequenceNumber: UInt16, near reference: UInt64) -> UInt64? {
    let distance = Int16(bitPattern: sequenceNumber &- UInt16(truncatingIfNeeded: reference))
    if distance < 0, reference < UInt64(distance.magnitude) { return nil }
    return reference &+ UInt64(bitPattern: Int64(distance))
}

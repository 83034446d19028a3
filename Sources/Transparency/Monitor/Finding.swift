// SPDX-License-Identifier: Apache-2.0

/// Something that isn't as it should be in a log, and where.
public struct Finding: Hashable, Sendable {
    public let place: FindingPlace
    public let fault: FindingFault

    /// False for what is worth knowing but may be in order.
    public var isFault: Bool {
        switch fault {
        case .unknownType, .behind: false
        default: true
        }
    }

    /// A line for people: where, then what.
    public var text: String { place.text + ": " + fault.text }
}

// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance

/// What a person had sealed in one field. It has no printable form: whoever shows it says so.
public struct OpenedField: Hashable, Sendable {
    public let name: Name
    public let content: Redacted<[UInt8]>
}

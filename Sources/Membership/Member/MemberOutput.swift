// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a member wants done, in order.
public enum MemberOutput: Sendable, WireEncodable {
    case send(NodeRequest)
    case frames(FrameKeyChange)
    case event(MemberEvent)

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .send(let request):
            writer.write(UInt8(0))
            request.write(into: &writer)
        case .frames(let change):
            writer.write(UInt8(1))
            change.write(into: &writer)
        case .event(let event):
            writer.write(UInt8(2))
            event.write(into: &writer)
        }
    }
}

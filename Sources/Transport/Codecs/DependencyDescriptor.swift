// SPDX-License-Identifier: Apache-2.0

/// The mandatory fields of the dependency descriptor, and whether a template structure is attached
/// (AV1 RTP payload format 1.0, appendix A.8.2 and A.8.3).
public struct DependencyDescriptor: Hashable, Sendable {
    public var isFrameStart: Bool
    public var isFrameEnd: Bool
    /// Six bits.
    public var templateID: UInt8
    public var frameNumber: UInt16
    /// Structures travel with the first packet of key frames.
    public var hasTemplateStructure: Bool

    /// `nil` below three bytes.
    @inlinable
    public static func parse(_ value: UnsafeRawBufferPointer) -> DependencyDescriptor? {
        guard value.count >= 3 else { return nil }
        return DependencyDescriptor(
            isFrameStart: value[0] & 0x80 != 0,
            isFrameEnd: value[0] & 0x40 != 0,
            templateID: value[0] & 0x3F,
            frameNumber: UInt16(value[1]) << 8 | UInt16(value[2]),
            hasTemplateStructure: value.count > 3 && value[3] & 0x80 != 0
        )
    }

    @usableFromInline
    init(
        isFrameStart: Bool,
        isFrameEnd: Bool,
        templateID: UInt8,
        frameNumber: UInt16,
        hasTemplateStructure: Bool
    ) {
        self.isFrameStart = isFrameStart
        self.isFrameEnd = isFrameEnd
        self.templateID = templateID
        self.frameNumber = frameNumber
        self.hasTemplateStructure = hasTemplateStructure
    }

    @inlinable public var isKeyFrame: Bool { isFrameStart && hasTemplateStructure }
}

// SPDX-License-Identifier: Apache-2.0

/// The most bytes that one part of a message may have, before base64url. What isn't listed is bounded by its message.
enum ByteLimits {
    static let keyPackage = 8 * 1024
    static let card = 8 * 1024
    static let knock = 16 * 1024
    /// Without a tree, so it doesn't grow with the meeting.
    static let sealedGroupInfo = 64 * 1024
    static let proposal = 16 * 1024
    static let refusal = 1024
    static let invitation = 1024
    /// What a newcomer is told of everybody and of the chat.
    static let message = 512 * 1024
}

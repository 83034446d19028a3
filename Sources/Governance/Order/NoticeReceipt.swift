// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What the person affected was sent, and when: the document whose hash the log's `notice` entry has as `receipt`.
///
/// ```
/// vigil-notice/v1
/// order 1f0c…
/// subject 5a90…
/// document 8be1…
/// channel client
/// sent 2026-11-24T10:00:00Z
/// ```
public struct NoticeReceipt: Hashable, Sendable {
    public enum Channel: Keyword {
        case client
        case contact
        case paper

        public var word: StaticString {
            switch self {
            case .client: "client"
            case .contact: "contact"
            case .paper: "paper"
            }
        }
    }

    public let order: DocumentHash
    public let subject: DocumentHash
    /// The notice itself: reasons, and how to appeal.
    public let document: DocumentHash
    public let channel: Channel
    public let sent: EntryTime

    public init(
        order: DocumentHash,
        subject: DocumentHash,
        document: DocumentHash,
        channel: Channel,
        sent: EntryTime
    ) {
        self.order = order
        self.subject = subject
        self.document = document
        self.channel = channel
        self.sent = sent
    }

    /// `nil` for anything but the canonical text.
    public init?(parsing text: [UInt8]) {
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-notice/v1"), let order = fields.take("order").flatMap({ DocumentHash(hex: $0) }),
            let subject = fields.take("subject").flatMap({ DocumentHash(hex: $0) }),
            let document = fields.take("document").flatMap({ DocumentHash(hex: $0) }),
            let channel = fields.take("channel").flatMap({ Channel(parsing: $0) }),
            let sent = fields.take("sent").flatMap({ EntryTime(parsing: $0) }), fields.isAtEnd
        else { return nil }
        self.init(order: order, subject: subject, document: document, channel: channel, sent: sent)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-notice/v1")
        writer.line("order", order.hex)
        writer.line("subject", subject.hex)
        writer.line("document", document.hex)
        writer.line("channel", channel.word.utf8Bytes)
        writer.line("sent", sent.bytes)
        return writer.bytes
    }
}

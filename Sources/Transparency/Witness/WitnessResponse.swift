// SPDX-License-Identifier: Apache-2.0

/// What a witness answers: for HTTP to carry as it is.
public struct WitnessResponse: Hashable, Sendable {
    public let status: Int
    public let contentType: String
    public let body: [UInt8]

    /// "Its `Content-Type` of `text/x.tlog.size`" goes with a conflict (C2SP tlog-witness, add-checkpoint).
    public static let sizeType = "text/x.tlog.size"
    static let textType = "text/plain; charset=utf-8"

    public init(status: Int, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// "A sequence of one or more note signature lines."
    init(cosignature: NoteSignature) {
        self.init(status: 200, contentType: WitnessResponse.textType, body: cosignature.line)
    }

    init(_ refusal: WitnessRefusal) {
        status = refusal.status
        if case .conflict(let latest) = refusal {
            // "The tree size of the latest cosigned checkpoint in decimal, followed by a newline."
            contentType = WitnessResponse.sizeType
            body = Decimal.text(latest) + [.newline]
        } else {
            contentType = WitnessResponse.textType
            var text: [UInt8] = []
            text.append(refusal.reason)
            body = text
        }
    }
}

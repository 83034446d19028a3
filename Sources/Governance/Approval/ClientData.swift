// SPDX-License-Identifier: Apache-2.0

import Base

/// What the browser says it was asked (WebAuthn L3 §5.8.1). Members that we don't know are left alone: Chromium adds one at random
/// to keep readers honest. Names that stand twice are refused by the reader.
enum ClientData {
    static let limits = JSONLimits(size: 4_096, depth: 4, values: 64)

    static func check(
        _ bytes: [UInt8],
        challenge: [UInt8],
        origin: [UInt8]
    ) throws(AssertionRefusal) {
        let value: JSONValue
        do throws(JSONRefusal) { value = try JSONValue(parsing: bytes, limits: limits) } catch {
            throw .clientData(error)
        }
        guard case .object(let members) = value else { throw .malformedClientData }
        guard try text("type", in: members).elementsEqual([UInt8](word: "webauthn.get")) else { throw .wrongType }
        // Compared as text: one challenge has one spelling, without padding.
        guard try text("challenge", in: members).elementsEqual(Base64URL.letters(challenge)) else {
            throw .wrongChallenge
        }
        guard try text("origin", in: members).elementsEqual(origin) else { throw .wrongOrigin }
        if let crossOrigin = members["crossOrigin"] {
            guard case .bool(let isCross) = crossOrigin else { throw .malformedClientData }
            guard !isCross else { throw .crossOrigin }
        }
        guard members["topOrigin"] == nil else { throw .topOrigin }
    }

    private static func text(_ name: String, in members: JSONObject) throws(AssertionRefusal) -> [UInt8] {
        guard case .string(let text)? = members[name] else { throw .malformedClientData }
        return Array(text.utf8)
    }
}

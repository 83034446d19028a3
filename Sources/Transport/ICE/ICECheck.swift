// SPDX-License-Identifier: Apache-2.0

import Base

/// Rules about checks that lite and full agents share.
enum ICECheck {
    /// Parses a Binding message; everything else is refused.
    static func parse(_ datagram: UnsafeRawBufferPointer) throws(ICERefusal) -> STUNMessage {
        let message: STUNMessage
        do { message = try STUNMessage.parse(datagram) } catch { throw .malformed(error) }
        guard message.method == STUNMessage.bindingMethod else { throw .notBinding }
        return message
    }

    static func authenticate(
        _ message: STUNMessage,
        with key: Secret
    ) throws(ICERefusal) -> AuthenticatedSTUNMessage {
        do { return try message.authenticated(with: key) } catch { throw .unauthenticated(error) }
    }

    /// USERNAME of a request to us: `local:remote` (RFC 8445 §7.2.2). An unknown remote ufrag is accepted: a check may
    /// outrun the answer that tells it.
    static func username(_ message: STUNMessage, matches local: ICECredentials, _ remote: ICECredentials?) -> Bool {
        guard let username = message.username, let colon = username.firstIndex(of: UInt8(ascii: ":")) else {
            return false
        }
        guard username[..<colon].elementsEqual(local.ufrag.utf8) else { return false }
        guard let remote else { return true }
        return username[(colon + 1)...].elementsEqual(remote.ufrag.utf8)
    }

    /// Success, with where we saw the peer.
    static func response(to request: AuthenticatedSTUNMessage, from address: TransportAddress, key: Secret) -> [UInt8] {
        var builder = STUNMessageBuilder(.success, transactionID: request.message.transactionID)
        builder.appendXORMappedAddress(address)
        return builder.finish(key: key)
    }

    static func roleConflict(_ request: AuthenticatedSTUNMessage, key: Secret) -> [UInt8] {
        var builder = STUNMessageBuilder(.error, transactionID: request.message.transactionID)
        builder.appendErrorCode(487, reason: "Role Conflict")
        return builder.finish(key: key)
    }

    /// The 420 that answers unknown comprehension-required attributes; `nil` when all are known.
    static func unknownAttributes(_ request: AuthenticatedSTUNMessage, key: Secret) -> [UInt8]? {
        let unknown = request.message.unknownRequiredAttributes
        guard !unknown.isEmpty else { return nil }
        var builder = STUNMessageBuilder(.error, transactionID: request.message.transactionID)
        builder.appendErrorCode(420, reason: "Unknown Attribute")
        builder.appendUnknownAttributes(unknown)
        return builder.finish(key: key)
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Base
package import SFrame

/// Why a call from the page was refused. The page is told the name.
package enum CoreRefusal: Error {
    case unknownOperation
    /// The call's fields are cut short, or some are left over.
    case malformedCall
    case unknownHandle
    case tooManyHandles
    case sframe(SFrameRefusal)
    case crypto(CryptoRefusal)
    /// From an area that only some builds have, by name.
    case named(StaticString)

    package var name: StaticString {
        switch self {
        case .unknownOperation: "core.unknownOperation"
        case .malformedCall: "core.malformedCall"
        case .unknownHandle: "core.unknownHandle"
        case .tooManyHandles: "core.tooManyHandles"
        case .sframe(let refusal): refusal.name
        case .crypto(let refusal): refusal.name
        case .named(let name): name
        }
    }
}

extension SFrameRefusal {
    fileprivate var name: StaticString {
        switch self {
        case .malformedHeader: "sframe.malformedHeader"
        case .unknownKeyID: "sframe.unknownKeyID"
        case .ownKeyID: "sframe.ownKeyID"
        case .authenticationFailed: "sframe.authenticationFailed"
        case .replayed: "sframe.replayed"
        case .beyondReplayWindow: "sframe.beyondReplayWindow"
        case .countersExhausted: "sframe.countersExhausted"
        case .invalidKeyID: "sframe.invalidKeyID"
        case .staleEpoch: "sframe.staleEpoch"
        case .tooManyContexts: "sframe.tooManyContexts"
        case .invalidKey: "sframe.invalidKey"
        case .nothingToSealWith: "sframe.nothingToSealWith"
        case .tooLong: "sframe.tooLong"
        case .malformedSnapshot: "sframe.malformedSnapshot"
        case .primitiveFailed: "sframe.primitiveFailed"
        }
    }
}

extension CryptoRefusal {
    fileprivate var name: StaticString {
        switch self {
        case .invalidKey: "crypto.invalidKey"
        case .authenticationFailed: "crypto.authenticationFailed"
        case .invalidLength: "crypto.invalidLength"
        case .invalidSharedSecret: "crypto.invalidSharedSecret"
        case .unsupported: "crypto.unsupported"
        case .libraryFailure: "crypto.libraryFailure"
        }
    }
}

/// Runs `body`, and names the area its refusal comes from.
package func sframe<Result>(_ body: () throws(SFrameRefusal) -> Result) throws(CoreRefusal) -> Result {
    do throws(SFrameRefusal) { return try body() } catch { throw .sframe(error) }
}

package func crypto<Result>(_ body: () throws(CryptoRefusal) -> Result) throws(CoreRefusal) -> Result {
    do throws(CryptoRefusal) { return try body() } catch { throw .crypto(error) }
}

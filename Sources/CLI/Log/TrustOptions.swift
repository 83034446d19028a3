// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// By which keys a log is judged.
struct TrustOptions: ParsableArguments {
    @Option(help: "Policy file (c2sp.org/tlog-policy) with the log's key, its witnesses and their quorum.")
    var policy: String?

    @Option(help: "The log's key (NAME+ID+KEY) alone, without witnesses.")
    var key: String?

    func validate() throws {
        if policy != nil, key != nil { throw ValidationError("--policy and --key exclude each other.") }
    }

    /// A policy, and where it is from.
    struct Trust {
        let policy: TrustPolicy
        let text: [UInt8]
        /// True if nobody but the node itself says so.
        let isClaimed: Bool
    }

    /// - Parameter source: asked for its own policy if nothing was given.
    func trust(_ source: LogSource<NetworkExchange>) async throws -> Trust {
        if let policy {
            return try TrustOptions.read(
                FileText.read(policy, longest: TrustPolicy.longest),
                named: policy,
                isClaimed: false
            )
        }
        if let key {
            return try TrustOptions.read(Array("log \(key)\nquorum none\n".utf8), named: "--key", isClaimed: false)
        }
        let claimed: [UInt8]?
        do throws(LogSourceFault) {
            claimed = try await source.fetch(path: "policy", longest: TrustPolicy.longest)
        } catch {
            throw LogExit.unreadable(error)
        }
        guard let claimed else {
            throw LogExit.unreadable("\(source.prefix) doesn't name its key; give it with --policy or --key")
        }
        return try TrustOptions.read(claimed, named: source.prefix + "/policy", isClaimed: true)
    }

    static func read(_ text: [UInt8], named name: String, isClaimed: Bool) throws -> Trust {
        do throws(PolicyRefusal) {
            return Trust(
                policy: try TrustPolicy(parsing: text, with: NativeCrypto.self),
                text: text,
                isClaimed: isClaimed
            )
        } catch {
            throw LogExit.unreadable("\(name) is no policy: line \(error.line), \(error.rule)")
        }
    }
}

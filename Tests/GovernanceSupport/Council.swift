// SPDX-License-Identifier: Apache-2.0

public import Governance
import NativeCrypto
import TestSupport
public import Transparency

/// A deployment under the `council` charter: seats with passkeys in software, and a witnessed log.
public final class Council {
    public static let beginning: UInt64 = 1_790_000_000

    public struct Person: Sendable {
        public let name: String
        public let role: Role
        public let organisation: String
        public let countries: [String]

        public init(_ name: String, _ role: Role, _ organisation: String, _ countries: [String]) {
            self.name = name
            self.role = role
            self.organisation = organisation
            self.countries = countries
        }
    }

    public static let people: [Person] = [
        Person("lee", .liaison, "operator", ["CN"]),
        Person("cora", .clerk, "registry", ["IE"]),
        Person("cyril", .clerk, "archive", ["CH"]),
        Person("alice", .counsel, "firm-a", ["NL"]),
        Person("bob", .counsel, "firm-b", ["BE"]),
        Person("carol", .counsel, "firm-c", ["CA"]),
        Person("dan", .counsel, "firm-d", ["SE", "CN"]),
        Person("eve", .counsel, "firm-e", ["JP"]),
        Person("ned", .counsel, "firm-a", ["NL"]),
        Person("frank", .external, "ngo-f", ["KE"]),
        Person("grace", .external, "ngo-g", ["NO"]),
        Person("ada", .advocate, "watch-a", ["IS"]),
        Person("abel", .advocate, "watch-b", ["NZ"]),
        Person("kim", .keeper, "house-1", ["PT"]),
        Person("kofi", .keeper, "house-2", ["GH"]),
        Person("karl", .keeper, "house-3", ["AT"]),
    ]

    /// Seconds since 1970, on every clock that isn't told to be wrong.
    public var now: UInt64
    public let log: TestLog
    public let policy: [UInt8]
    public private(set) var passkeys: [String: [SoftwarePasskey]] = [:]
    public private(set) var chain: [CharterEvidence] = []
    public private(set) var charterIndex: UInt64 = 0
    /// Checkpoints that bundles carry.
    public private(set) var marks: [[UInt8]] = []

    public init(
        template: CharterTemplate = .council,
        people: [Person] = Council.people,
        witnesses: Int = 7,
        quorum: Int = 5,
        weightless: Int = 0,
        edit: (String) -> String = { $0 }
    ) throws {
        now = Council.beginning
        log = try TestLog(witnesses: witnesses)
        policy = log.policyText(quorum: quorum, weightless: weightless)
        for number in 0..<5 {
            let hash = TreeHash.of(document: [UInt8(number)], with: NativeCrypto.self).text
            log.append(
                try LogEntry(
                    .release,
                    at: time(),
                    [(.component, "web"), (.release, "1.\(number)"), (.artifact, hash)]
                ).encoded
            )
        }
        let text = template.text(
            deployment: try Council.name("meet.example"),
            issued: try time(),
            logPolicy: .of(document: policy, with: NativeCrypto.self),
            seats: try people.map { try seat($0) }
        )
        try publish(Array(edit(String(decoding: text, as: UTF8.self)).utf8), approvals: [])
        now += 60
        try mark()
        now += 60
    }

    /// The next version's text: the present one, edited, numbered and dated.
    public func amended(_ edit: (String) -> String = { $0 }) throws -> [UInt8] {
        var lines = charterText.split(separator: "\n").map(String.init)
        lines[1] = "version \(chain.count + 1)"
        lines[2] = "prev \(charterHash.text)"
        lines[4] = "issued \(try time().text)"
        lines[5] = "expires \(try time(now + 365 * 86_400).text)"
        return Array(edit(lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Keepers' signatures under a version that follows the present one.
    public func keepers(_ names: [String], for text: [UInt8]) throws -> [[UInt8]] {
        try names.map { name in
            try passkey(name).sign(
                CharterApproval(
                    charter: .of(document: text, with: NativeCrypto.self),
                    previous: charterHash,
                    seat: Council.name(name)
                )
            ).text
        }
    }

    /// A new version, signed by all keepers.
    public func amend(_ edit: (String) -> String = { $0 }) throws {
        let text = try amended(edit)
        try publish(text, approvals: keepers(["kim", "kofi", "karl"], for: text))
    }

    public static func name(_ text: String) throws -> Name {
        guard let name = Name(text) else { throw SupportFailure.notAName(text) }
        return name
    }

    public func time(_ seconds: UInt64? = nil) throws -> EntryTime {
        guard let time = EntryTime(seconds: seconds ?? now) else { throw SupportFailure.notATime }
        return time
    }

    /// Two passkeys, made anew for every name.
    public func seat(_ person: Person) throws -> Seat {
        var seed: UInt64 = 17
        for byte in person.name.utf8 { seed = seed &* 257 &+ UInt64(byte) }
        let keys = try (0..<2).map { try SoftwarePasskey(seed: seed &+ UInt64($0) &* 1_000_003) }
        passkeys[person.name] = keys
        return Seat(
            name: try Council.name(person.name),
            role: person.role,
            organisation: try Council.name(person.organisation),
            jurisdictions: try person.countries.map {
                guard let country = Country($0) else { throw SupportFailure.notAName($0) }
                return country
            },
            holder: .of(document: Array("holder \(person.name)".utf8), with: NativeCrypto.self),
            since: try time(),
            until: nil,
            credentials: keys.map { $0.credential }
        )
    }

    /// Logs a version of the charter and adds it to the chain.
    public func publish(_ text: [UInt8], approvals: [[UInt8]], policy: [UInt8]? = nil, version: Int? = nil) throws {
        let hash = DocumentHash.of(document: text, with: NativeCrypto.self)
        let entry = try LogEntry(
            .charter,
            at: time(),
            [(.version, "\(version ?? chain.count + 1)"), (.document, hash.text)]
        ).encoded
        charterIndex = log.append(entry)
        now += 10
        chain.append(
            CharterEvidence(
                charter: text,
                logPolicy: policy ?? self.policy,
                entry: entry,
                proof: try log.proof(of: charterIndex, at: now),
                approvals: approvals
            )
        )
    }

    public var charterText: String { String(decoding: chain[chain.count - 1].charter, as: UTF8.self) }
    public var charterHash: DocumentHash { .of(document: chain[chain.count - 1].charter, with: NativeCrypto.self) }
    public var genesis: DocumentHash { .of(document: chain[0].charter, with: NativeCrypto.self) }

    public func charter() throws -> Charter {
        try Charter(parsing: chain[chain.count - 1].charter, with: NativeCrypto.self)
    }

    public func passkey(_ name: String) throws -> SoftwarePasskey {
        guard let key = passkeys[name]?.first else { throw SupportFailure.missing(name) }
        return key
    }

    /// Asks the witnesses for a checkpoint and keeps it.
    @discardableResult
    public func mark() throws -> [UInt8] {
        let checkpoint = try log.checkpoint(at: now)
        marks.append(checkpoint)
        return checkpoint
    }

    public func forgetMarks() { marks = [] }

    public func append(_ type: EntryType, _ fields: [(EntryField, String)]) throws -> UInt64 {
        log.append(try LogEntry(type, at: time(), fields).encoded)
    }

    public func stop(_ name: String, _ target: Stop.Target) throws -> Signed<Stop> {
        try passkey(name).sign(Stop(genesis: genesis, seat: Council.name(name), target: target))
    }
}

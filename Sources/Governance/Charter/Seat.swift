// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A place in a charter, held by one person.
public struct Seat: Hashable, Sendable {
    public let name: Name
    public let role: Role
    public let organisation: Name
    /// Where its holder lives, which is what counts as distinct; then every other country with a hold on them
    /// (nationality, employer). Any of them excludes.
    public let jurisdictions: [Country]
    /// A salted hash of who holds it, made at enrolment: one person has one seat.
    public let holder: DocumentHash
    public let since: EntryTime
    public let until: EntryTime?
    /// Two at least, so that losing one silences nobody.
    public internal(set) var credentials: [Credential]

    public init(
        name: Name,
        role: Role,
        organisation: Name,
        jurisdictions: [Country],
        holder: DocumentHash,
        since: EntryTime,
        until: EntryTime?,
        credentials: [Credential]
    ) {
        self.name = name
        self.role = role
        self.organisation = organisation
        self.jurisdictions = jurisdictions
        self.holder = holder
        self.since = since
        self.until = until
        self.credentials = credentials
    }

    /// Distinctness counts this one.
    public var home: Country? { jurisdictions.first }

    func isTied(to country: Country) -> Bool { jurisdictions.contains(country) }
}

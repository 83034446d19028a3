// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension CharterReader {
    /// `seat <name> <role> <organisation> <country>[+<country>…] <holder> <since> <until or ->` and its credentials.
    mutating func readSeat() throws(CharterRefusal) -> Bool {
        guard let items = next("seat") else { return false }
        guard items.count == 7 else { throw refusal(.wrongItemCount) }
        guard charter.seats.count < Charter.mostOfAKind else { throw refusal(.tooLarge) }
        let name = try define(items[0])
        guard let role = Role(parsing: items[1]), let organisation = Name(items[2]),
            let holder = DocumentHash(hex: items[4]), let since = EntryTime(parsing: items[5])
        else { throw refusal(.invalidItem) }
        var until: EntryTime?
        if !items[6].isWord("-") {
            until = EntryTime(parsing: items[6])
            guard let until else { throw refusal(.invalidItem) }
            guard since < until else { throw refusal(.untilBeforeSince) }
        }
        guard !charter.seats.contains(where: { $0.holder == holder }) else { throw refusal(.personTwice) }
        var seat = Seat(
            name: name,
            role: role,
            organisation: organisation,
            jurisdictions: try countries(items[3]),
            holder: holder,
            since: since,
            until: until,
            credentials: []
        )
        try advance()
        while let items = next("credential") { try readCredential(items, of: &seat) }
        guard seat.credentials.count >= 2 else { throw refusal(.tooFewCredentials) }
        charter.seats.append(seat)
        return true
    }

    private func countries(_ text: ArraySlice<UInt8>) throws(CharterRefusal) -> [Country] {
        var countries: [Country] = []
        for part in text.split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false) {
            guard let country = Country(part), !countries.contains(country), countries.count < 8 else {
                throw refusal(.invalidItem)
            }
            countries.append(country)
        }
        return countries
    }

    /// `credential <seat> <origin> <rp id> <credential id> <key> <aaguid> device-bound`
    private mutating func readCredential(_ items: Items, of seat: inout Seat) throws(CharterRefusal) {
        guard items.count == 7 else { throw refusal(.wrongItemCount) }
        guard items[0].elementsEqual(seat.name.bytes) else { throw refusal(.invalidItem) }
        guard seat.credentials.count < Charter.mostCredentials else { throw refusal(.tooLarge) }
        guard Credential.isOrigin(items[1], of: items[2]) else { throw refusal(.wrongOrigin) }
        guard let id = Base64URL.decode(String(decoding: items[3], as: UTF8.self)), Credential.idLengths ~= id.count,
            let key = Hexadecimal.decode(items[4]), let aaguid = Hexadecimal.decode(items[5]), aaguid.count == 16
        else { throw refusal(.invalidItem) }
        guard key.count == 65, key[0] == 0x04, Crypto.isValidPublicKey(.p256, key) else { throw refusal(.invalidKey) }
        // The flag BE, said at enrolment and asked for again in every assertion.
        if items[6].isWord("synced") { throw refusal(.syncedCredential) }
        guard items[6].isWord("device-bound") else { throw refusal(.invalidItem) }
        for other in charter.seats + [seat] {
            for known in other.credentials where known.id == id || known.publicKey == key {
                throw refusal(.personTwice)
            }
        }
        seat.credentials.append(
            Credential(origin: Array(items[1]), rpID: Array(items[2]), id: id, publicKey: key, aaguid: aaguid)
        )
        try advance()
    }

    /// `group <name> <k> <member>…`, members defined before: a group can't contain itself.
    mutating func readGroup() throws(CharterRefusal) -> Bool {
        guard let items = next("group") else { return false }
        guard items.count >= 3 else { throw refusal(.wrongItemCount) }
        guard charter.groups.count < Charter.mostOfAKind else { throw refusal(.tooLarge) }
        let name = try define(items[0])
        var members: [GroupMember] = []
        var depth = 1
        for item in items.dropFirst(2) {
            let member = try member(item)
            guard !members.contains(member) else { throw refusal(.memberTwice) }
            if case .group(let index) = member { depth = max(depth, depths[index] + 1) }
            members.append(member)
        }
        guard let threshold = number(items[1], within: 1...members.count) else { throw refusal(.invalidThreshold) }
        guard depth <= Charter.deepest else { throw refusal(.tooDeep) }
        depths.append(depth)
        charter.groups.append(Group(name: name, threshold: threshold, members: members))
        try advance()
        return true
    }
}

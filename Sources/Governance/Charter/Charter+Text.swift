// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension Charter {
    /// The canonical text, newline after every line.
    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-charter/v1")
        writer.line("version", Decimal.text(version))
        writer.line("prev", previous?.hex ?? [UInt8](word: "none"))
        writer.line("deployment", deployment.bytes)
        writer.line("issued", issued.bytes)
        writer.line("expires", expires.bytes)
        writer.line("log-policy", logPolicy.hex)
        for seat in seats { seat.write(to: &writer) }
        for group in groups { write(group, to: &writer) }
        for (action, rule) in rules { write(rule, of: action.word.utf8Bytes, to: &writer) }
        return writer.bytes
    }

    func name(of member: GroupMember) -> Name {
        switch member {
        case .seat(let index): seats[index].name
        case .group(let index): groups[index].name
        }
    }

    private func write(_ group: Group, to writer: inout TextWriter) {
        var members: [UInt8] = []
        for member in group.members {
            if !members.isEmpty { members.append(.space) }
            members += name(of: member).bytes
        }
        writer.line("group", group.name.bytes, Decimal.text(UInt(group.threshold)), members)
    }

    private func write(_ rule: ActionRule, of action: [UInt8], to writer: inout TextWriter) {
        writer.line("quorum", action, name(of: rule.quorum).bytes)
        if let count = rule.jurisdictions {
            writer.line("distinct", action, [UInt8](word: "jurisdiction"), Decimal.text(UInt(count)))
        }
        if let count = rule.organisations {
            writer.line("distinct", action, [UInt8](word: "organisation"), Decimal.text(UInt(count)))
        }
        if !rule.exclusions.isEmpty {
            var words: [UInt8] = []
            for exclusion in rule.exclusions {
                if !words.isEmpty { words.append(.space) }
                words.append(exclusion.word)
            }
            writer.line("exclude", action, words)
        }
        if let timelock = rule.timelock { writer.line("timelock", action, timelock.bytes) }
        switch rule.notice {
        case .before(let term): writer.line("notice", action, [UInt8](word: "before"), term.bytes)
        case .atOnce: writer.line("notice", action, [UInt8](word: "at-once"))
        case nil: break
        }
        if let embargo = rule.embargo { writer.line("embargo", action, embargo.bytes) }
        switch rule.effect {
        case .fields(let count):
            writer.line("effect", action, [UInt8](word: "fields"), Decimal.text(UInt(count)))
        case .term(let term): writer.line("effect", action, [UInt8](word: "term"), term.bytes)
        case nil: break
        }
        if let expiry = rule.expiry { writer.line("expiry", action, expiry.bytes) }
    }
}

extension Seat {
    fileprivate func write(to writer: inout TextWriter) {
        var countries: [UInt8] = []
        for country in jurisdictions {
            if !countries.isEmpty { countries.append(UInt8(ascii: "+")) }
            countries += country.bytes
        }
        writer.line(
            "seat",
            name.bytes,
            role.word.utf8Bytes,
            organisation.bytes,
            countries,
            holder.hex,
            since.bytes,
            until?.bytes ?? [UInt8(ascii: "-")]
        )
        for credential in credentials {
            writer.line(
                "credential",
                name.bytes,
                credential.origin,
                credential.rpID,
                Base64URL.letters(credential.id),
                Hexadecimal.encode(credential.publicKey),
                Hexadecimal.encode(credential.aaguid),
                [UInt8](word: "device-bound")
            )
        }
    }
}

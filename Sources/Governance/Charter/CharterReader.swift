// SPDX-License-Identifier: Apache-2.0

public import Base
import Transparency

/// Reads a charter line by line. Sections stand in one order: head, seats with their credentials, groups, actions.
struct CharterReader<Crypto: CryptoProvider> {
    typealias Items = [ArraySlice<UInt8>]

    private var lines: LineReader
    private(set) var line = 0
    /// The next line's items; `nil` at the end.
    private var items: Items?
    var charter: Charter
    /// How deep each group's nesting is.
    var depths: [Int] = []

    static func read(_ file: [UInt8]) throws(CharterRefusal) -> Charter {
        guard file.count <= Charter.longest else { throw CharterRefusal(0, .tooLarge) }
        var reader = try CharterReader(file)
        while try reader.readSeat() {}
        while try reader.readGroup() {}
        for action in Action.allCases { try reader.readRule(of: action) }
        guard reader.items == nil else { throw reader.unexpected() }
        let charter = reader.charter
        do throws(CharterRule) { try charter.checkFloors() } catch { throw CharterRefusal(0, error) }
        guard charter.text == file else { throw CharterRefusal(0, .notCanonical) }
        return charter
    }

    private init(_ file: [UInt8]) throws(CharterRefusal) {
        var lines = LineReader(file[...])
        guard let first = lines.next(), first.isWord("vigil-charter/v1") else { throw CharterRefusal(1, .wrongHeader) }
        var head: Items = []
        var line = 1
        for key in ["version", "prev", "deployment", "issued", "expires", "log-policy"] as [StaticString] {
            line += 1
            guard let text = lines.next() else { throw CharterRefusal(line, .malformedLine) }
            guard let rest = text.dropping(key), rest.first == .space else {
                throw CharterRefusal(line, .unknownKeyword)
            }
            head.append(rest.dropFirst())
        }
        guard let version = Decimal.parse(head[0]), version > 0 else { throw CharterRefusal(2, .invalidItem) }
        var previous: DocumentHash?
        if !head[1].isWord("none") {
            previous = DocumentHash(hex: head[1])
            if previous == nil { throw CharterRefusal(3, .invalidItem) }
        }
        guard (version == 1) == (previous == nil) else { throw CharterRefusal(3, .wrongPrevious) }
        guard let deployment = Name(head[2]) else { throw CharterRefusal(4, .invalidItem) }
        guard let issued = EntryTime(parsing: head[3]) else { throw CharterRefusal(5, .invalidItem) }
        guard let expires = EntryTime(parsing: head[4]) else { throw CharterRefusal(6, .invalidItem) }
        guard let policy = DocumentHash(hex: head[5]) else { throw CharterRefusal(7, .invalidItem) }
        guard issued < expires else { throw CharterRefusal(6, .expiresBeforeIssue) }
        guard expires.seconds - issued.seconds <= Charter.longestLife else { throw CharterRefusal(6, .expiryTooFar) }
        charter = Charter(
            version: version,
            previous: previous,
            deployment: deployment,
            issued: issued,
            expires: expires,
            logPolicy: policy,
            seats: [],
            groups: [],
            rules: []
        )
        self.lines = lines
        self.line = line
        try advance()
    }

    /// To the next line.
    mutating func advance() throws(CharterRefusal) {
        items = nil
        guard !lines.isAtEnd else { return }
        line += 1
        guard let text = lines.next() else { throw refusal(.malformedLine) }
        guard text.allSatisfy({ 0x20...0x7E ~= $0 }), !text.isEmpty else { throw refusal(.malformedLine) }
        items = text.split(separator: .space, omittingEmptySubsequences: false)
    }

    func refusal(_ rule: CharterRule) -> CharterRefusal { CharterRefusal(line, rule) }

    /// For a line that has no place: what can never be ordered is said by name.
    func unexpected() -> CharterRefusal {
        for item in items ?? [] {
            if let never = NeverListed(parsing: item) { return refusal(.neverOrderable(never)) }
        }
        return refusal(.unknownKeyword)
    }

    /// The items after `keyword`, if it begins the next line.
    func next(_ keyword: StaticString) -> Items? {
        guard let items, let first = items.first, first.isWord(keyword) else { return nil }
        return Array(items.dropFirst())
    }

    /// The items after `keyword` and the action.
    func next(_ keyword: StaticString, _ action: Action) -> Items? {
        guard let items = next(keyword), let first = items.first, first.isWord(action.word) else { return nil }
        return Array(items.dropFirst())
    }

    func member(_ text: ArraySlice<UInt8>) throws(CharterRefusal) -> GroupMember {
        guard let name = Name(text) else { throw refusal(.invalidItem) }
        if let index = charter.index(of: name) { return .seat(index) }
        guard let index = charter.groups.firstIndex(where: { $0.name == name }) else { throw refusal(.undefinedName) }
        return .group(index)
    }

    func define(_ text: ArraySlice<UInt8>) throws(CharterRefusal) -> Name {
        // Orders and statements have other uses for these two words.
        guard let name = Name(text), !text.isWord("outside"), !text.isWord("none") else { throw refusal(.invalidItem) }
        guard charter.index(of: name) == nil, !charter.groups.contains(where: { $0.name == name }) else {
            throw refusal(.duplicateName)
        }
        return name
    }

    func number(_ text: ArraySlice<UInt8>, within range: ClosedRange<Int>) -> Int? {
        guard let number = Decimal.parse(text), let value = Int(exactly: number), range ~= value else { return nil }
        return value
    }
}

extension Charter {
    /// Reads a charter: exactly the canonical text of one that keeps every rule of docs/charter.md.
    public init<Crypto: CryptoProvider>(parsing file: [UInt8], with crypto: Crypto.Type) throws(CharterRefusal) {
        self = try CharterReader<Crypto>.read(file)
    }
}

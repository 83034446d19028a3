// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object, in the order in which they stand.
///
/// Names are compared byte by byte: two spellings that Unicode calls equivalent are two names.
public struct JSONObject: Equatable, Sendable {
    public struct Member: Equatable, Sendable {
        public let name: String
        public let value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var members: [Member]

    public init() {
        members = []
    }

    /// The reader has refused duplicates before it calls this.
    init(distinct members: [Member]) {
        self.members = members
    }

    public subscript(name: String) -> JSONValue? {
        members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// Sets a member: in its place if there is one of that name, else at the end.
    public mutating func set(_ name: String, _ value: JSONValue) {
        let member = Member(name: name, value: value)
        if let index = members.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
            members[index] = member
        } else {
            members.append(member)
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Of members with the same name the last one counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (name, value) in elements { set(name, value) }
    }
}

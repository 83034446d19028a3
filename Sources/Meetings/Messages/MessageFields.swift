// SPDX-License-Identifier: Apache-2.0

import Base

/// Reads a message's members with refusals that name the member.
struct MessageFields {
    private let object: JSONObject
    /// Repeated in refusals, so that the client knows which of its offers failed.
    var request: Int?

    init(_ object: JSONObject) {
        self.object = object
    }

    /// - Parameter limits: of the whole message.
    init(parsing bytes: [UInt8], limits: JSONLimits) throws(MessageRefusal) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: limits)
        } catch {
            switch error {
            case .tooLarge, .tooDeep, .tooManyValues: throw MessageRefusal(.tooLarge, "message")
            default: throw MessageRefusal(.malformed, "not JSON")
            }
        }
        guard let object = value.object else { throw MessageRefusal(.malformed, "not an object") }
        self.object = object
    }

    func refusal(_ name: StaticString, _ code: ErrorCode = .malformed) -> MessageRefusal {
        MessageRefusal(code, name, request: request)
    }

    /// The member, `nil` if it is absent or `null`.
    private func value(_ name: StaticString) -> JSONValue? {
        guard let value = object["\(name)"], !value.isNull else { return nil }
        return value
    }

    func optionalString(_ name: StaticString) throws(MessageRefusal) -> String? {
        guard let value = value(name) else { return nil }
        guard let string = value.string else { throw refusal(name) }
        return string
    }

    func string(_ name: StaticString) throws(MessageRefusal) -> String {
        guard let string = try optionalString(name) else { throw refusal(name) }
        return string
    }

    func optionalBool(_ name: StaticString) throws(MessageRefusal) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let bool = value.bool else { throw refusal(name) }
        return bool
    }

    func bool(_ name: StaticString) throws(MessageRefusal) -> Bool {
        guard let bool = try optionalBool(name) else { throw refusal(name) }
        return bool
    }

    /// A number of 0…2³¹−1, so that it is the same everywhere.
    func optionalNumber(_ name: StaticString) throws(MessageRefusal) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.integer, (0...Int64(Int32.max)).contains(number) else { throw refusal(name) }
        return Int(number)
    }

    func number(_ name: StaticString) throws(MessageRefusal) -> Int {
        guard let number = try optionalNumber(name) else { throw refusal(name) }
        return number
    }

    func milliseconds(_ name: StaticString) throws(MessageRefusal) -> Int64 {
        guard let number = value(name)?.integer, number >= 0 else { throw refusal(name) }
        return number
    }

    /// An epoch or a place in the order of broadcasts: 0…2⁵³−1, which every reader of JSON has exactly (RFC 7493 §2.2).
    func optionalCount(_ name: StaticString) throws(MessageRefusal) -> UInt64? {
        guard let value = value(name) else { return nil }
        guard let number = value.integer, (0..<1 << 53).contains(number) else { throw refusal(name) }
        return UInt64(number)
    }

    func count(_ name: StaticString) throws(MessageRefusal) -> UInt64 {
        guard let count = try optionalCount(name) else { throw refusal(name) }
        return count
    }

    /// Unpadded base64url.
    func optionalBytes(_ name: StaticString, maximum: Int = .max) throws(MessageRefusal) -> [UInt8]? {
        guard let text = try optionalString(name) else { return nil }
        guard let bytes = Base64URL.decode(text) else { throw refusal(name) }
        guard bytes.count <= maximum else { throw refusal(name, .tooLarge) }
        return bytes
    }

    func bytes(_ name: StaticString, maximum: Int = .max) throws(MessageRefusal) -> [UInt8] {
        guard let bytes = try optionalBytes(name, maximum: maximum) else { throw refusal(name) }
        return bytes
    }

    func meeting(_ name: StaticString) throws(MessageRefusal) -> MeetingID {
        guard let meeting = MeetingID(try string(name)) else { throw refusal(name) }
        return meeting
    }

    func optionalParticipant(_ name: StaticString) throws(MessageRefusal) -> ParticipantID? {
        guard let text = try optionalString(name) else { return nil }
        guard let participant = ParticipantID(text) else { throw refusal(name) }
        return participant
    }

    func participant(_ name: StaticString) throws(MessageRefusal) -> ParticipantID {
        guard let participant = try optionalParticipant(name) else { throw refusal(name) }
        return participant
    }

    func word<Word: RawRepresentable<String>>(_ name: StaticString, _ type: Word.Type) throws(MessageRefusal) -> Word {
        guard let word = Word(rawValue: try string(name)) else { throw refusal(name) }
        return word
    }

    /// An array of objects, at most `maximum` of them.
    func objects(_ name: StaticString, maximum: Int) throws(MessageRefusal) -> [MessageFields] {
        guard let array = value(name)?.array, array.count <= maximum else { throw refusal(name) }
        var result: [MessageFields] = []
        result.reserveCapacity(array.count)
        for element in array {
            guard let object = element.object else { throw refusal(name) }
            var fields = MessageFields(object)
            fields.request = request
            result.append(fields)
        }
        return result
    }

    func optionalObjects(_ name: StaticString, maximum: Int) throws(MessageRefusal) -> [MessageFields]? {
        value(name) == nil ? nil : try objects(name, maximum: maximum)
    }

    func manyBytes(_ name: StaticString, maximum: Int) throws(MessageRefusal) -> [[UInt8]] {
        var result: [[UInt8]] = []
        for text in try strings(name, maximum: maximum) {
            guard let bytes = Base64URL.decode(text) else { throw refusal(name) }
            result.append(bytes)
        }
        return result
    }

    func strings(_ name: StaticString, maximum: Int) throws(MessageRefusal) -> [String] {
        guard let array = value(name)?.array, array.count <= maximum else { throw refusal(name) }
        var result: [String] = []
        for element in array {
            guard let string = element.string else { throw refusal(name) }
            result.append(string)
        }
        return result
    }

    func optionalFields(_ name: StaticString) throws(MessageRefusal) -> MessageFields? {
        guard let value = value(name) else { return nil }
        guard let object = value.object else { throw refusal(name) }
        var fields = MessageFields(object)
        fields.request = request
        return fields
    }

    /// A media section's name (RFC 8843 §7.1 recommends short ones): 1…16 printable ASCII characters.
    func mid() throws(MessageRefusal) -> String {
        let mid = try string("mid")
        guard (1...16).contains(mid.utf8.count), mid.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw refusal("mid")
        }
        return mid
    }
}

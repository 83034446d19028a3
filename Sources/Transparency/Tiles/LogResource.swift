// SPDX-License-Identifier: Apache-2.0

/// What a log serves below its prefix (C2SP tlog-tiles, APIs).
public enum LogResource: Hashable, Sendable {
    /// `checkpoint`: mutable, "its headers SHOULD prevent caching beyond a few seconds".
    case checkpoint
    /// `tile/<L>/<N>[.p/<W>]`: immutable.
    case tile(TileCoordinate)
    /// `tile/entries/<N>[.p/<W>]`: immutable.
    case entries(BundleCoordinate)

    /// The path below the prefix, without a leading slash.
    public var path: String {
        var path: [UInt8] = []
        switch self {
        case .checkpoint:
            path.append("checkpoint")
        case .tile(let tile):
            path.append("tile/")
            path += Decimal.text(UInt64(tile.level))
            LogResource.append(index: tile.index, width: tile.width, to: &path)
        case .entries(let bundle):
            path.append("tile/entries")
            LogResource.append(index: bundle.index, width: bundle.width, to: &path)
        }
        return String(decoding: path, as: UTF8.self)
    }

    /// The folder that holds all partial versions of this tile or bundle.
    public var partialsPath: String? {
        var path: [UInt8] = []
        switch self {
        case .checkpoint:
            return nil
        case .tile(let tile):
            path = Array(LogResource.tile(tile.full).path.utf8)
        case .entries(let bundle):
            path = Array(LogResource.entries(bundle.full).path.utf8)
        }
        path.append(".p")
        return String(decoding: path, as: UTF8.self)
    }

    /// "Encoded into zero-padded 3-digit path elements. All but the last path element MUST begin with an x" (Merkle Tree).
    private static func append(index: UInt64, width: Int, to path: inout [UInt8]) {
        var groups: [UInt64] = []
        var rest = index
        repeat {
            groups.append(rest % 1_000)
            rest /= 1_000
        } while rest > 0
        for (place, group) in groups.enumerated().reversed() {
            path.append("/")
            if place > 0 { path.append("x") }
            path.append(UInt8(ascii: "0") + UInt8(group / 100))
            path.append(UInt8(ascii: "0") + UInt8(group / 10 % 10))
            path.append(UInt8(ascii: "0") + UInt8(group % 10))
        }
        guard width < TileCoordinate.fullWidth else { return }
        path.append(".p/")
        path += Decimal.text(UInt64(width))
    }

    /// The resource of a path; `nil` for everything that isn't spelled just so.
    public init?(path: some Collection<UInt8>) {
        let path = Array(path)
        if path.count == 10, path.dropping("checkpoint") != nil {
            self = .checkpoint
            return
        }
        var elements = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        guard elements.count >= 3, elements.count <= 12, elements.popFirst()?.elementsEqual("tile".utf8) == true,
            let kind = elements.popFirst(), var last = elements.popLast()
        else { return nil }
        var width = TileCoordinate.fullWidth
        if let index = elements.last, index.suffix(2).elementsEqual(".p".utf8) {
            // "a decimal ASCII integer between 1 and 255, with no additional leading zeroes".
            guard let partial = Decimal.parse(last), 1..<256 ~= partial else { return nil }
            width = Int(partial)
            last = index.dropLast(2)
            elements.removeLast()
        }
        guard let index = LogResource.index(leading: elements, last: last) else { return nil }
        if kind.elementsEqual("entries".utf8) {
            self = .entries(BundleCoordinate(index, width))
        } else {
            // "a decimal ASCII integer between 0 and 63, with no additional leading zeroes".
            guard let level = Decimal.parse(kind), level <= 63 else { return nil }
            self = .tile(TileCoordinate(Int(level), index, width))
        }
    }

    private static func index(leading: ArraySlice<ArraySlice<UInt8>>, last: ArraySlice<UInt8>) -> UInt64? {
        var index: UInt64 = 0
        for (place, element) in (leading + [last]).enumerated() {
            let isLast = place == leading.count
            if !isLast, element.first != UInt8(ascii: "x") { return nil }
            let digits = isLast ? element : element.dropFirst()
            guard digits.count == 3 else { return nil }
            var group: UInt64 = 0
            for digit in digits {
                guard case UInt8(ascii: "0")...UInt8(ascii: "9") = digit else { return nil }
                group = group * 10 + UInt64(digit - UInt8(ascii: "0"))
            }
            // One number has one spelling: no group of zeros in front.
            if place == 0, !isLast, group == 0 { return nil }
            let (shifted, over) = index.multipliedReportingOverflow(by: 1_000)
            let (sum, past) = shifted.addingReportingOverflow(group)
            guard !over, !past else { return nil }
            index = sum
        }
        return index
    }
}

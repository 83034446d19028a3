// SPDX-License-Identifier: Apache-2.0

import Base

extension Monitor {
    private var size: UInt64 { checkpoint?.head.size ?? 0 }

    /// The bundles from `first` on, as many as are read at once, each with its tile. A partial one is asked for at its full width
    /// as well, since the log may have grown meanwhile and tidied it away.
    mutating func nextBundles(from first: UInt64) -> MonitorAction {
        var resources: [LogResource] = []
        var count = 0
        while count < max(1, options.bundlesAtOnce), let bundle = bundle(first + UInt64(count)) {
            resources += [.entries(bundle), .tile(bundle.tile)]
            if !bundle.isFull { resources += [.entries(bundle.full), .tile(bundle.tile.full)] }
            count += 1
        }
        guard count > 0 else { return finishTree() }
        phase = .bundles(first, count)
        return .fetch(resources)
    }

    private func bundle(_ index: UInt64) -> BundleCoordinate? {
        TileMath.tile(level: 0, index: index, size: size).map { BundleCoordinate($0.index, $0.width) }
    }

    mutating func readBundles(_ first: UInt64, _ count: Int, _ files: [[UInt8]?]) -> MonitorAction {
        var files = files[...]
        completed = []
        for offset in 0..<count {
            guard let place = bundle(first + UInt64(offset)) else { return end() }
            let bundle = files.popFirst() ?? nil
            let tile = files.popFirst() ?? nil
            let fullBundle = place.isFull ? nil : files.popFirst() ?? nil
            let fullTile = place.isFull ? nil : files.popFirst() ?? nil
            guard let entries = entries(place, bundle, fullBundle) else { return end() }
            read(entries, of: place, tile: self.tile(place.tile, tile, fullTile))
        }
        let next = first + UInt64(count)
        // Level 0 came with the bundles.
        let upper = completed.filter { $0.coordinate.level > 0 }
        guard !upper.isEmpty else { return nextBundles(from: next) }
        phase = .tiles(upper, next: next)
        return .fetch(upper.map { .tile($0.coordinate) })
    }

    private mutating func entries(_ place: BundleCoordinate, _ bytes: [UInt8]?, _ full: [UInt8]?) -> [[UInt8]]? {
        do throws(TileRefusal) {
            if let entries = try EntryBundle.decode(bytes, orFull: full, at: place) { return entries }
            find(.resource(.entries(place)), .missing)
        } catch {
            find(.resource(.entries(place)), .tile(error))
        }
        return nil
    }

    private mutating func tile(_ place: TileCoordinate, _ bytes: [UInt8]?, _ full: [UInt8]?) -> Tile? {
        do throws(TileRefusal) {
            if let tile = try Tile.decode(bytes, orFull: full, at: place) { return tile }
            find(.resource(.tile(place)), .missing)
        } catch {
            find(.resource(.tile(place)), .tile(error))
        }
        return nil
    }

    private mutating func read(_ entries: [[UInt8]], of place: BundleCoordinate, tile: Tile?) {
        let first = place.index << UInt64(TileMath.height)
        let known = reading.edge.lastLeaves
        for (offset, entry) in entries.enumerated() {
            let index = first + UInt64(offset)
            let leaf = MerkleTree<Crypto>.leafHash(entry)
            if let tile, tile.hashes[offset] != leaf { find(.entry(index), .tile(.entryNotInTile)) }
            if index < reading.edge.size {
                // Read in an earlier run: the last bundle was partial then.
                if offset < known.count, known[offset] != leaf { find(.entry(index), .entryChanged) }
                continue
            }
            completed += reading.edge.append(leaf)
            judge(entry, leaf, index)
        }
    }

    private mutating func judge(_ bytes: [UInt8], _ leaf: TreeHash, _ index: UInt64) {
        let entry: ReadEntry
        do throws(EntryRefusal) { entry = try ReadEntry(parsing: bytes) } catch {
            find(.entry(index), .entry(error))
            return
        }
        if case .unknown(let type, _, _) = entry { find(.entry(index), .unknownType(type)) }
        if entry.time.seconds > now.advanced(by: options.clockTolerance).seconds { find(.entry(index), .futureEntry) }
        do throws(CaseRefusal) { try reading.book.admit(entry, leaf: leaf, index: index) } catch {
            if let link = entry.link { find(.caseEntry(link.caseID, index), .chain(error)) }
        }
    }

    mutating func readTiles(_ expected: [CompletedTile], _ next: UInt64, _ files: [[UInt8]?]) -> MonitorAction {
        for (offset, completed) in expected.enumerated() {
            let bytes = offset < files.count ? files[offset] : nil
            if bytes == nil {
                find(.resource(.tile(completed.coordinate)), .missing)
            } else if bytes != completed.tile.encoded {
                find(.resource(.tile(completed.coordinate)), .tileDiffers)
            }
        }
        return next == .max ? checkRoot() : nextBundles(from: next)
    }

    /// All entries are read: the partial tiles above level 0, then the root.
    private mutating func finishTree() -> MonitorAction {
        let edge = reading.edge.partialTiles.filter { $0.coordinate.level > 0 }
        guard !edge.isEmpty else { return checkRoot() }
        phase = .tiles(edge, next: .max)
        return .fetch(edge.map { .tile($0.coordinate) })
    }

    private mutating func checkRoot() -> MonitorAction {
        guard let head = checkpoint?.head, reading.edge.head == head else {
            find(.checkpoint, .rootMismatch)
            return end()
        }
        reading.head = head
        state = reading
        return finish()
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Base

/// Reads a log and says what is wrong with it, and where. It never fetches and never asks the time: its owner does.
///
/// Checked: the checkpoint's signatures and age; every entry since the last run against its tile and the root, which is more
/// than a consistency proof would show; every tile against the entries; how entries are written; the lives of cases; openings
/// that are due; and checkpoints seen elsewhere against this tree. Not checked: whether what the entries say is true.
public struct Monitor<Crypto: CryptoProvider>: Sendable {
    enum Phase {
        case new
        case checkpoint
        /// Bundles and their tiles, the first index of the window, and how many.
        case bundles(UInt64, Int)
        /// Upper tiles, with what they should hold; then on from this bundle.
        case tiles([CompletedTile], next: UInt64)
        /// Tiles for a view's size.
        case view(Int, [TileCoordinate])
        case done
    }

    let policy: TrustPolicy
    let options: MonitorOptions
    let now: CosignatureTime
    var phase = Phase.new
    /// Up to where everything is in order; moves on only when the root was reached.
    public internal(set) var state: MonitorState<Crypto>
    /// What is being read now.
    var reading: MonitorState<Crypto>
    /// The log's checkpoint, once it was found signed by the log.
    public internal(set) var checkpoint: VerifiedCheckpoint?
    /// The policy's witnesses that cosigned it.
    public internal(set) var cosignatures: [WitnessCosignature] = []
    var views: [(name: String, head: TreeHead, isEarlier: Bool)] = []
    let unread: [CheckpointView]
    public internal(set) var findings: [Finding] = []
    /// Findings beyond the most that are kept.
    public internal(set) var unlisted = 0
    /// Level 0 tiles that came with the window, completed by its entries at the upper levels.
    var completed: [CompletedTile] = []

    /// - Parameters:
    ///   - state: of the last run, or an empty one to read everything.
    ///   - now: the wall clock.
    public init(
        policy: TrustPolicy,
        from state: MonitorState<Crypto> = MonitorState(),
        views: [CheckpointView] = [],
        options: MonitorOptions = MonitorOptions(),
        now: CosignatureTime
    ) {
        self.policy = policy
        self.state = state
        reading = state
        unread = views
        self.options = options
        self.now = now
    }

    /// True if nothing is wrong; findings that aren't faults don't count.
    public var isSound: Bool { unlisted == 0 && !findings.contains { $0.isFault } }

    /// Entries read in this run and before, and entries that the log has.
    public var progress: (read: UInt64, all: UInt64) {
        (reading.edge.size, checkpoint?.head.size ?? reading.edge.size)
    }

    /// Begins.
    public mutating func start() -> MonitorAction {
        phase = .checkpoint
        return .fetch([.checkpoint])
    }

    /// What was asked for, in its order; `nil` for what can't be fetched.
    public mutating func handle(_ files: [[UInt8]?]) -> MonitorAction {
        switch phase {
        case .new, .done: .done
        case .checkpoint: readCheckpoint(files.first ?? nil)
        case .bundles(let first, let count): readBundles(first, count, files)
        case .tiles(let expected, let next): readTiles(expected, next, files)
        case .view(let index, let tiles): readView(index, tiles, files)
        }
    }

    mutating func find(_ place: FindingPlace, _ fault: FindingFault) {
        guard findings.count < options.mostFindings else {
            unlisted += 1
            return
        }
        findings.append(Finding(place: place, fault: fault))
    }

    /// Nothing more can be read.
    mutating func end() -> MonitorAction {
        phase = .done
        return .done
    }
}

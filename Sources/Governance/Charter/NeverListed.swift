// SPDX-License-Identifier: Apache-2.0

/// What can never be ordered, under no charter (governance.md §9.2). The list is code: no file can shorten it.
public enum NeverListed: Keyword {
    case intercept
    case ghostJoin
    case keyEscrow
    case topicSearch
    case bulkSubject
    case degrade
    case targetedBuild
    case silentLog
    case indefiniteEmbargo

    public var word: StaticString {
        switch self {
        case .intercept: "intercept"
        case .ghostJoin: "ghost-join"
        case .keyEscrow: "key-escrow"
        case .topicSearch: "topic-search"
        case .bulkSubject: "bulk-subject"
        case .degrade: "degrade"
        case .targetedBuild: "targeted-build"
        case .silentLog: "silent-log"
        case .indefiniteEmbargo: "indefinite-embargo"
        }
    }
}

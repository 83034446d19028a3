// SPDX-License-Identifier: Apache-2.0

/// The resume token of somebody whom a host removed.
struct VoidToken: Sendable {
    let token: ResumeToken
    let act: HostAct
}

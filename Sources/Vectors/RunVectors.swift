// SPDX-License-Identifier: Apache-2.0

import MLS

/// For the browser's build, which has no command line: a file's counts, and below them a line for each failure and for
/// each vector out of scope.
package func runVectors(_ kind: String, _ file: [UInt8]) throws(VectorFailure) -> String {
    guard let kind = VectorKind.named(kind) else { throw VectorFailure("no kind of that name") }
    let report = try kind.run(file)
    return ([report.line] + report.notes).joined(separator: "\n")
}

/// The digest over the life of a group, in hex: docs/wasm.md.
package func groupTranscript(suite: UInt16) -> String? {
    do throws(MLSRefusal) { return try GroupTranscript.digest(suite: suite) } catch { return nil }
}

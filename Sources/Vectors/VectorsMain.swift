// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `vigil-vectors KIND FILE…`: runs vector files, one line per file, a total last; exit 1 if anything failed.
@main
enum VectorsMain {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, arguments.count > 1, let kind = VectorKind.named(name) else {
            say("usage: vigil-vectors KIND FILE…")
            say("KIND: " + VectorKind.all.map(\.name).joined(separator: " "))
            exit(2)
        }
        var total = VectorReport()
        for file in arguments.dropFirst() {
            do {
                let report = try kind.run(Array(try Data(contentsOf: URL(fileURLWithPath: file))))
                for note in report.notes.prefix(50) { say("\(file): \(note)") }
                print("\(file): \(report.line)")
                total.passed += report.passed
                total.failed += report.failed
                total.skipped += report.skipped
            } catch {
                say("\(file): FAILED: can't be read: \(error)")
                total.failed += 1
            }
        }
        print(total.line)
        exit(total.failed == 0 ? 0 : 1)
    }

    private static func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

// SPDX-License-Identifier: Apache-2.0

extension VectorKind {
    /// A file of transparency-dev/merkle holds one proof.
    static let merkle = VectorKind(name: "merkle") { (bytes) throws(VectorFailure) in
        let vector = try MerkleVector(try VectorEntry(try VectorEntry.parse(bytes), "the file"))
        var report = VectorReport()
        let check = VectorCheck()
        vector.verify(check)
        report.add(0, check)
        return report
    }

    /// Signed notes, or one witness's conversation.
    static let tlog = VectorKind(name: "tlog") { (bytes) throws(VectorFailure) in
        let file = try VectorEntry(try VectorEntry.parse(bytes), "the file")
        var report = VectorReport()
        if file.has("steps") {
            try WitnessVector(file).verify(&report)
        } else {
            let vectors = try file.entries("vectors") { (entry) throws(VectorFailure) in try NoteVector(entry) }
            for (index, vector) in vectors.enumerated() {
                let check = VectorCheck()
                vector.verify(check)
                report.add(index, check)
            }
        }
        return report
    }
}

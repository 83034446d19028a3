// SPDX-License-Identifier: Apache-2.0

import CWasmHost

/// Answers one call of the page; its bytes stay the page's.
///
/// - Returns: 0 with the answer in the result, or 1 with the refusal's name in it.
package func answer(
    _ bytes: UnsafePointer<UInt8>?,
    _ count: Int,
    _ perform: (inout Fields) throws(CoreRefusal) -> [UInt8]
) -> Int32 {
    var fields = Fields(Array(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : max(0, count))))
    do throws(CoreRefusal) {
        var answer = try perform(&fields)
        vigil_set_result(answer, answer.count)
        for index in answer.indices { answer[index] = 0 }
        return 0
    } catch {
        let name = error.name
        vigil_set_result(name.utf8Start, name.utf8CodeUnitCount)
        return 1
    }
}

// SPDX-License-Identifier: Apache-2.0

import Transparency

/// What holds of every order, whatever the charter says.
extension Order {
    func checkTimes() throws(OrderRefusal) {
        guard conductFrom <= conductTo else { throw .conductInverted }
        // No ground in what hasn't happened yet (RT-33).
        guard conductTo <= drafted else { throw .futureConduct }
        guard drafted <= notBefore else { throw .notBeforeDraft }
        guard notBefore < expires, expires.seconds - drafted.seconds <= Charter.thirtyDays else { throw .wrongExpiry }
        if case .account(let until) = scope {
            guard notBefore < until, until.seconds - notBefore.seconds <= Charter.thirtyDays else {
                throw .suspensionTooLong
            }
        }
        if case .embargo(let until, _) = notice {
            guard notBefore < until, until.seconds - notBefore.seconds <= Charter.longestEmbargo else {
                throw .wrongEmbargo
            }
        }
    }

    func checkEvidence() throws(OrderRefusal) {
        guard !action.needsEvidence || !evidence.isEmpty else { throw .evidenceMissing }
        for piece in evidence {
            switch scope {
            // The sender of what grounds it, in the meeting where it was sent (RT-30).
            case .member(let meeting):
                guard piece.author == subject, piece.meeting == meeting else { throw .evidenceAgainstAnother }
            case .account, .fields:
                guard piece.author == subject else { throw .evidenceAgainstAnother }
            case .meeting:
                guard piece.meeting == subject else { throw .evidenceAgainstAnother }
            }
            guard let since = piece.authorSince else {
                // Accounts have keys that somebody has known since some day; guests don't (RT-26).
                if case .account = scope { throw .evidenceFromYoungKey }
                continue
            }
            let (known, over) = since.seconds.addingReportingOverflow(Order.youngestKey)
            guard !over, known <= conductTo.seconds else { throw .evidenceFromYoungKey }
        }
    }
}

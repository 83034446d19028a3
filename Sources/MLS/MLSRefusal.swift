// SPDX-License-Identifier: Apache-2.0

public import Base

/// Which rule refused. Every case names one; where it is checked stands the section of RFC 9420.
public enum MLSRefusal: Error, Hashable, Sendable {
    // Bytes and primitives.
    case malformed(WireRefusal)
    case crypto(CryptoRefusal)
    case unsupportedCipherSuite
    case unsupportedVersion

    // Framing (§6).
    case wrongGroup
    case wrongEpoch
    case epochTooOld
    case notAHandshakeMessage
    case applicationDataInTheClear
    case invalidMembershipTag
    case invalidSignature
    case senderNotAMember
    case ownMessage
    case nonZeroPadding
    case keyAlreadyUsed
    case generationTooFarAhead
    case ratchetExhausted
    case noSuchExternalSender
    case notAllowedForExternalSender
    case newMemberMayOnlyAdd
    case wrongContentForSender
    case missingConfirmationTag
    case invalidConfirmationTag
    case mustBePublic
    case messageTooLarge

    // Leaves and key packages (§5, §7, §10).
    case invalidLeafSignature
    case wrongLeafSource
    case credentialNotListed
    case extensionNotListed
    case defaultTypeListed
    case versionNotListed
    case cipherSuiteNotListed
    case requiredCapabilityMissing
    case credentialNotSupportedByAll
    case groupExtensionNotSupported
    case lifetimeNotCurrent
    case lifetimeTooLong
    case credentialRefused
    case successionRefused
    case signatureKeyNotUnique
    case encryptionKeyNotUnique
    case encryptionKeyUnchanged
    case invalidEncryptionKey
    case invalidSignatureKey
    case keyPackageSignatureInvalid
    case keyPackageForOtherSuite
    case keyPackageForOtherVersion
    case initKeyIsEncryptionKey

    // Tree (§7, §12.4.3).
    case noSuchLeaf
    case treeFull
    case emptyTree
    case lastNodeBlank
    case nodeOfWrongKind
    case treeHashMismatch
    case parentHashInvalid
    case unmergedLeafInvalid
    case unmergedLeafNotInBetween
    case pathLengthWrong
    case pathCiphertextCountWrong
    case pathKeyMismatch
    case pathKeyNotUnique
    case noPathForUs

    // Proposals and commits (§12).
    case unknownProposal
    case tooManyProposals
    case updateByCommitter
    case updateNotFromMember
    case updateByValue
    case removesCommitter
    case removesNobody
    case severalChangesToOneLeaf
    case clientAddedTwice
    case clientAlreadyMember
    case preSharedKeyTwice
    case preSharedKeyNonceLength
    case preSharedKeyUsage
    case tooManyPreSharedKeys
    case preSharedKeyUnknown
    case preSharedKeyMissing
    case severalGroupContextExtensions
    case reInitWithOthers
    case reInitVersion
    case externalInitInRegularCommit
    case proposalTypeNotSupported
    case selfRemoveByValue
    case selfRemoveNotFromMember
    case selfRemoveTwice
    case requiredCapabilitiesNotMet
    case groupExtensionNotSupportedByAll
    case externalSendersInvalid
    case pathMissing
    case externalCommitWithoutPath
    case externalCommitByReference
    case externalCommitProposal
    case externalInitCount
    case externalCommitRemoves
    case applicationRule(UInt16)

    // Joining (§12.4.3).
    case noSecretsForUs
    case joinerLeafMissing
    case signerBlank
    case groupInfoSignatureInvalid
    case groupAlreadyKnown
    case cipherSuiteMismatch
    case treeMissing
    case externalPubMissing
    case resumptionPreSharedKeyNotAlone
    case firstEpochExpected
    case reInitMismatch
    case branchMismatch
    case reInitMembersMissing
    case branchNotASubset

    // The state of this group.
    case reinitialized
    case removed
    case pendingProposals
    case nothingStaged
    case snapshotInvalid
}

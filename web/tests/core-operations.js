// SPDX-License-Identifier: Apache-2.0

// What tests and measurements ask of the module that is built for them (web/tests/core-vectors.wasm), and never shipped.

/** The numbers of WasmCore's PrimitiveOperation.swift and GroupOperation.swift. */
export const Operation = Object.freeze({
    hash: 32, hmac: 33, extract: 34, expand: 35, aeadSeal: 36, aeadOpen: 37, agreementPublicKey: 38,
    agreementSecret: 39, signaturePublicKey: 40, sign: 41, verify: 42, hpkeDeriveKeyPair: 43, hpkeSeal: 44,
    hpkeOpen: 45, sframeHeader: 46, sframeReadHeader: 47, sframeSeal: 48, sframeCipherSeal: 49, sframeCipherOpen: 50,
    keyPackageCreate: 64, keyPackageRead: 65, groupCreate: 66, groupJoin: 67, groupJoinExternally: 68, groupCommit: 69,
    groupPropose: 70, groupProposeFromOutside: 71, groupReceive: 72, groupAdopt: 73, groupDiscard: 74, groupState: 75,
    groupMembers: 76, groupExport: 77, groupEncrypt: 78, groupInfo: 79, groupTree: 80, groupSucceed: 81,
    heldSnapshot: 82, heldRestore: 83, heldRelease: 84,
});

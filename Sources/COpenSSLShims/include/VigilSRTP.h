// SPDX-License-Identifier: Apache-2.0
#ifndef VIGIL_SRTP_H
#define VIGIL_SRTP_H

#include <stddef.h>
#include <stdint.h>

/// One direction of one SRTP cipher with its session key, reused packet after packet: nothing here allocates or looks
/// an algorithm up once it has been made.
typedef struct vigil_srtp_cipher vigil_srtp_cipher;

/// AES-128-GCM for sealing or for opening.
vigil_srtp_cipher *_Nullable vigil_srtp_make_gcm(const uint8_t *_Nonnull key, int sealing);

/// AES-128-CTR with HMAC-SHA1 under a 20-byte key.
vigil_srtp_cipher *_Nullable vigil_srtp_make_ctr(const uint8_t *_Nonnull key, const uint8_t *_Nonnull authentication_key);

void vigil_srtp_free(vigil_srtp_cipher *_Nullable cipher);

/// Encrypts `text` in place and writes the 16-byte tag to `tag`. The associated data is the concatenation of its two
/// parts (the second may be empty: SRTCP's E flag and index lie behind the text). 1 on success.
int vigil_srtp_gcm_seal(vigil_srtp_cipher *_Nonnull cipher, const uint8_t *_Nonnull nonce,
                        const uint8_t *_Nonnull associated, size_t associated_length,
                        const uint8_t *_Nullable associated2, size_t associated2_length,
                        uint8_t *_Nonnull text, size_t length, uint8_t *_Nonnull tag);

/// Decrypts `text` in place; 0 where the tag refuses, and then `text` is worthless.
int vigil_srtp_gcm_open(vigil_srtp_cipher *_Nonnull cipher, const uint8_t *_Nonnull nonce,
                        const uint8_t *_Nonnull associated, size_t associated_length,
                        const uint8_t *_Nullable associated2, size_t associated2_length,
                        uint8_t *_Nonnull text, size_t length, const uint8_t *_Nonnull tag);

/// XORs the AES-CTR keystream that starts at the 16-byte counter block into `text`. 1 on success.
int vigil_srtp_ctr_apply(vigil_srtp_cipher *_Nonnull cipher, const uint8_t *_Nonnull counter,
                         uint8_t *_Nonnull text, size_t length);

/// HMAC-SHA1 over `bytes` followed by `trailer`, all 20 bytes of it. 1 on success.
int vigil_srtp_authenticate(vigil_srtp_cipher *_Nonnull cipher, const uint8_t *_Nonnull bytes, size_t length,
                            const uint8_t *_Nullable trailer, size_t trailer_length, uint8_t *_Nonnull digest);

/// The AES-CM pseudo-random function of RFC 3711 section 4.3.3 over one 16-byte input block. 1 on success.
int vigil_srtp_derive(const uint8_t *_Nonnull master_key, const uint8_t *_Nonnull block,
                      uint8_t *_Nonnull output, size_t length);

#endif

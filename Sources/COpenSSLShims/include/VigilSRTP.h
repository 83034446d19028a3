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

/// AES-128-CTR with HMAC-SHA1 under a 20-byte key, for sealing or for opening.
vigil_srtp_cipher *_Nullable vigil_srtp_make_ctr(const uint8_t *_Nonnull key, const uint8_t *_Nonnull authentication_key,
                                                 int sealing);

void vigil_srtp_free(vigil_srtp_cipher *_Nullable cipher);

/// The initialisation vectors below are 16 bytes, big-endian, in two words; GCM takes the first 12 of them.

/// Seals: encrypts `text` in place and writes the 16-byte tag to `tag`. Or opens: decrypts `text` in place, which is
/// worthless where the tag refuses. The associated data is the concatenation of its two parts (the second may be empty:
/// SRTCP's E flag and index lie behind the text). 1 on success.
int vigil_srtp_gcm(vigil_srtp_cipher *_Nonnull cipher, uint64_t vector_high, uint64_t vector_low,
                   const uint8_t *_Nonnull associated, size_t associated_length,
                   const uint8_t *_Nullable associated2, size_t associated2_length,
                   uint8_t *_Nonnull text, size_t length, uint8_t *_Nonnull tag);

/// Seals: encrypts `text` in place from the given counter block on, then writes to `tag` the first 10 bytes of HMAC-SHA1
/// over `covered` (which `text` is a part of), followed by `trailer` in network order if `has_trailer`. Or opens: compares
/// that tag in constant time, and decrypts only where it matches. 1 on success.
int vigil_srtp_ctr(vigil_srtp_cipher *_Nonnull cipher, uint64_t vector_high, uint64_t vector_low,
                   const uint8_t *_Nonnull covered, size_t covered_length, int has_trailer, uint32_t trailer,
                   uint8_t *_Nonnull text, size_t length, uint8_t *_Nonnull tag);

/// XORs the AES-CTR keystream that starts at the given counter block into `text`. 1 on success.
int vigil_srtp_ctr_apply(vigil_srtp_cipher *_Nonnull cipher, uint64_t vector_high, uint64_t vector_low,
                         uint8_t *_Nonnull text, size_t length);

/// The AES-CM pseudo-random function of RFC 3711 section 4.3.3 over one 16-byte input block. 1 on success.
int vigil_srtp_derive(const uint8_t *_Nonnull master_key, const uint8_t *_Nonnull block,
                      uint8_t *_Nonnull output, size_t length);

#endif

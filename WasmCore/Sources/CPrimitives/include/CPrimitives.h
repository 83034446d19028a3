// SPDX-License-Identifier: Apache-2.0
// The primitives of BoringSSL that the core uses, in fixed-width types only, so that Embedded Swift imports it without
// any header of a C library. Every int answers 1 for success and 0 for refusal. Lengths are the caller's duty where
// they are written into the type.
#ifndef VIGIL_CPRIMITIVES_H
#define VIGIL_CPRIMITIVES_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

void vp_cleanse(void *bytes, size_t count);

// hash: 256, 384 or 512.
int vp_hash(int hash, uint8_t *out, const uint8_t *data, size_t count);
int vp_hmac(int hash, uint8_t *out, const uint8_t *key, size_t key_count, const uint8_t *data, size_t count);
int vp_hkdf_extract(int hash, uint8_t *out, const uint8_t *secret, size_t secret_count, const uint8_t *salt,
                    size_t salt_count);
int vp_hkdf_expand(int hash, uint8_t *out, size_t out_count, const uint8_t *key, size_t key_count, const uint8_t *info,
                   size_t info_count);

// Nonces of 12 bytes, tags of 16 at the end. Each algorithm has functions of its own, so that a module that uses one doesn't
// hold the other. AES with keys of 16 or 32 bytes.
int vp_aes_gcm_seal(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                    const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count);
int vp_aes_gcm_open(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                    const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count);
int vp_chacha_seal(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                   const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count);
int vp_chacha_open(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                   const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count);
int vp_aes128_ctr(uint8_t *out, const uint8_t *data, size_t count, const uint8_t key[16], const uint8_t counter[16]);

void vp_x25519_public(uint8_t out[32], const uint8_t key[32]);
// Refuses a result of zeros.
int vp_x25519(uint8_t out[32], const uint8_t key[32], const uint8_t peer[32]);

void vp_ed25519_public(uint8_t out[32], const uint8_t seed[32]);
int vp_ed25519_sign(uint8_t out[64], const uint8_t *data, size_t count, const uint8_t seed[32]);
int vp_ed25519_verify(const uint8_t *data, size_t count, const uint8_t signature[64], const uint8_t key[32]);

// Public keys are uncompressed points.
int vp_p256_public(uint8_t out[65], const uint8_t key[32]);
int vp_p256_is_valid(const uint8_t key[65]);
int vp_p256_ecdh(uint8_t out[32], const uint8_t key[32], const uint8_t peer[65]);
// SHA-256 of the data, DER. At most 72 bytes; the count comes back.
int vp_p256_sign(uint8_t out[72], size_t *out_count, const uint8_t *data, size_t count, const uint8_t key[32]);
int vp_p256_verify(const uint8_t *signature, size_t signature_count, const uint8_t *data, size_t count,
                   const uint8_t key[65]);

#ifdef __cplusplus
}
#endif
#endif

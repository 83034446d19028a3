// SPDX-License-Identifier: Apache-2.0
#include "CPrimitives.h"

#include <CCryptoBoringSSL.h>
#include <CCryptoBoringSSL_curve25519.h>
#include <CCryptoBoringSSL_hkdf.h>
#include <CCryptoBoringSSL_hmac.h>
#include <string.h>

namespace {

const EVP_MD *digest(int hash) {
  return hash == 256 ? EVP_sha256() : hash == 384 ? EVP_sha384() : hash == 512 ? EVP_sha512() : nullptr;
}

EC_KEY *private_key(const uint8_t key[32]) {
  const EC_GROUP *group = EC_group_p256();
  EC_KEY *result = EC_KEY_new();
  BIGNUM *scalar = BN_bin2bn(key, 32, nullptr);
  EC_POINT *point = EC_POINT_new(group);
  // Zero is no scalar (SEC 1 §3.2.1); BoringSSL refuses what isn't below the order.
  int ok = result && scalar && point && !BN_is_zero(scalar) && EC_KEY_set_group(result, group) &&
           EC_KEY_set_private_key(result, scalar) && EC_POINT_mul(group, point, scalar, nullptr, nullptr, nullptr) &&
           EC_KEY_set_public_key(result, point);
  BN_clear_free(scalar);
  EC_POINT_free(point);
  if (ok) return result;
  EC_KEY_free(result);
  ERR_clear_error();
  return nullptr;
}

EC_KEY *public_key(const uint8_t key[65]) {
  if (key[0] != POINT_CONVERSION_UNCOMPRESSED) return nullptr;
  const EC_GROUP *group = EC_group_p256();
  EC_KEY *result = EC_KEY_new();
  BIGNUM *x = BN_bin2bn(key + 1, 32, nullptr), *y = BN_bin2bn(key + 33, 32, nullptr);
  EC_POINT *point = EC_POINT_new(group);
  // Refuses coordinates out of range and points off the curve. EC_KEY_oct2key would do the same, and bring square roots
  // for compressed points.
  int ok = result && x && y && point && EC_KEY_set_group(result, group) &&
           EC_POINT_set_affine_coordinates_GFp(group, point, x, y, nullptr) && EC_KEY_set_public_key(result, point);
  BN_free(x);
  BN_free(y);
  EC_POINT_free(point);
  if (ok) return result;
  EC_KEY_free(result);
  ERR_clear_error();
  return nullptr;
}

}  // namespace

extern "C" {

void vp_cleanse(void *bytes, size_t count) { OPENSSL_cleanse(bytes, count); }

int vp_hash(int hash, uint8_t *out, const uint8_t *data, size_t count) {
  switch (hash) {
    case 256: SHA256(data, count, out); return 1;
    case 384: SHA384(data, count, out); return 1;
    case 512: SHA512(data, count, out); return 1;
    default: return 0;
  }
}

int vp_hmac(int hash, uint8_t *out, const uint8_t *key, size_t key_count, const uint8_t *data, size_t count) {
  unsigned length;
  // A null key would mean the key of the call before.
  return HMAC(digest(hash), key ? key : out, key_count, data, count, out, &length) != nullptr;
}

int vp_hkdf_extract(int hash, uint8_t *out, const uint8_t *secret, size_t secret_count, const uint8_t *salt,
                    size_t salt_count) {
  size_t length;
  return HKDF_extract(out, &length, digest(hash), secret, secret_count, salt, salt_count);
}

int vp_hkdf_expand(int hash, uint8_t *out, size_t out_count, const uint8_t *key, size_t key_count, const uint8_t *info,
                   size_t info_count) {
  return HKDF_expand(out, out_count, digest(hash), key, key_count, info, info_count);
}

static int aead(const EVP_AEAD *algorithm, int is_seal, uint8_t *out, size_t capacity, const uint8_t *key,
                size_t key_count, const uint8_t nonce[12], const uint8_t *data, size_t count, const uint8_t *additional,
                size_t additional_count) {
  if (EVP_AEAD_key_length(algorithm) != key_count) return 0;
  EVP_AEAD_CTX context;
  if (!EVP_AEAD_CTX_init(&context, algorithm, key, key_count, EVP_AEAD_DEFAULT_TAG_LENGTH, nullptr)) return 0;
  size_t written = 0;
  auto run = is_seal ? EVP_AEAD_CTX_seal : EVP_AEAD_CTX_open;
  int ok = run(&context, out, &written, capacity, nonce, 12, data, count, additional, additional_count) &&
           written == capacity;
  EVP_AEAD_CTX_cleanup(&context);
  OPENSSL_cleanse(&context, sizeof context);
  if (!ok) ERR_clear_error();
  return ok;
}

static const EVP_AEAD *aes_gcm(size_t key_count) {
  return key_count == 16 ? EVP_aead_aes_128_gcm() : EVP_aead_aes_256_gcm();
}

int vp_aes_gcm_seal(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                    const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count) {
  return aead(aes_gcm(key_count), 1, out, capacity, key, key_count, nonce, data, count, additional, additional_count);
}

int vp_aes_gcm_open(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                    const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count) {
  return aead(aes_gcm(key_count), 0, out, capacity, key, key_count, nonce, data, count, additional, additional_count);
}

int vp_chacha_seal(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                   const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count) {
  return aead(EVP_aead_chacha20_poly1305(), 1, out, capacity, key, key_count, nonce, data, count, additional,
              additional_count);
}

int vp_chacha_open(uint8_t *out, size_t capacity, const uint8_t *key, size_t key_count, const uint8_t nonce[12],
                   const uint8_t *data, size_t count, const uint8_t *additional, size_t additional_count) {
  return aead(EVP_aead_chacha20_poly1305(), 0, out, capacity, key, key_count, nonce, data, count, additional,
              additional_count);
}

int vp_aes128_ctr(uint8_t *out, const uint8_t *data, size_t count, const uint8_t key[16], const uint8_t counter[16]) {
  AES_KEY schedule;
  if (AES_set_encrypt_key(key, 128, &schedule) != 0) return 0;
  uint8_t block[16], stream[16];
  unsigned used = 0;
  memcpy(block, counter, 16);
  AES_ctr128_encrypt(data, out, count, &schedule, block, stream, &used);
  OPENSSL_cleanse(&schedule, sizeof schedule);
  OPENSSL_cleanse(stream, sizeof stream);
  return 1;
}

void vp_x25519_public(uint8_t out[32], const uint8_t key[32]) { X25519_public_from_private(out, key); }

int vp_x25519(uint8_t out[32], const uint8_t key[32], const uint8_t peer[32]) {
  int ok = X25519(out, key, peer);
  if (!ok) ERR_clear_error();
  return ok;
}

void vp_ed25519_public(uint8_t out[32], const uint8_t seed[32]) {
  uint8_t expanded[64];
  ED25519_keypair_from_seed(out, expanded, seed);
  OPENSSL_cleanse(expanded, sizeof expanded);
}

int vp_ed25519_sign(uint8_t out[64], const uint8_t *data, size_t count, const uint8_t seed[32]) {
  uint8_t expanded[64], key[32];
  ED25519_keypair_from_seed(key, expanded, seed);
  int ok = ED25519_sign(out, data, count, expanded);
  OPENSSL_cleanse(expanded, sizeof expanded);
  return ok;
}

int vp_ed25519_verify(const uint8_t *data, size_t count, const uint8_t signature[64], const uint8_t key[32]) {
  int ok = ED25519_verify(data, count, signature, key);
  if (!ok) ERR_clear_error();
  return ok;
}

int vp_p256_public(uint8_t out[65], const uint8_t key[32]) {
  EC_KEY *own = private_key(key);
  if (!own) return 0;
  size_t count = EC_POINT_point2oct(EC_group_p256(), EC_KEY_get0_public_key(own), POINT_CONVERSION_UNCOMPRESSED, out,
                                    65, nullptr);
  EC_KEY_free(own);
  return count == 65;
}

int vp_p256_is_valid(const uint8_t key[65]) {
  EC_KEY *peer = public_key(key);
  EC_KEY_free(peer);
  return peer != nullptr;
}

int vp_p256_ecdh(uint8_t out[32], const uint8_t key[32], const uint8_t peer[65]) {
  EC_KEY *own = private_key(key), *other = public_key(peer);
  int ok = own && other && ECDH_compute_key(out, 32, EC_KEY_get0_public_key(other), own, nullptr) == 32;
  EC_KEY_free(own);
  EC_KEY_free(other);
  if (!ok) ERR_clear_error();
  return ok;
}

int vp_p256_sign(uint8_t out[72], size_t *out_count, const uint8_t *data, size_t count, const uint8_t key[32]) {
  EC_KEY *own = private_key(key);
  if (!own) return 0;
  uint8_t hash[32];
  SHA256(data, count, hash);
  unsigned length = 0;
  int ok = ECDSA_sign(0, hash, sizeof hash, out, &length, own);
  *out_count = length;
  EC_KEY_free(own);
  return ok;
}

int vp_p256_verify(const uint8_t *signature, size_t signature_count, const uint8_t *data, size_t count,
                   const uint8_t key[65]) {
  EC_KEY *peer = public_key(key);
  if (!peer) return 0;
  uint8_t hash[32];
  SHA256(data, count, hash);
  int ok = ECDSA_verify(0, hash, sizeof hash, signature, signature_count, peer) == 1;
  EC_KEY_free(peer);
  if (!ok) ERR_clear_error();
  return ok;
}

}  // extern "C"

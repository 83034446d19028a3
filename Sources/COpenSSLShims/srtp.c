// SPDX-License-Identifier: Apache-2.0
#include "VigilSRTP.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

// SHA1_* are deprecated in favour of EVP_MAC, but EVP_MAC allocates twice a packet in OpenSSL 3.0 (each reset
// duplicates the provider's digest state); two saved SHA_CTX copied by value do not.
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

enum { gcm_tag_length = 16, hmac_tag_length = 10 };

struct vigil_srtp_cipher {
    EVP_CIPHER_CTX *context;
    int sealing;
    SHA_CTX inner;
    SHA_CTX outer;
};

static vigil_srtp_cipher *make(const EVP_CIPHER *algorithm, const uint8_t *key, int sealing) {
    vigil_srtp_cipher *cipher = OPENSSL_zalloc(sizeof(*cipher));
    if (cipher == NULL) return NULL;
    cipher->context = EVP_CIPHER_CTX_new();
    if (algorithm == NULL || cipher->context == NULL ||
        EVP_CipherInit_ex(cipher->context, algorithm, NULL, key, NULL, sealing) != 1) {
        vigil_srtp_free(cipher);
        return NULL;
    }
    cipher->sealing = sealing;
    return cipher;
}

vigil_srtp_cipher *vigil_srtp_make_gcm(const uint8_t *key, int sealing) {
    return make(EVP_aes_128_gcm(), key, sealing);
}

vigil_srtp_cipher *vigil_srtp_make_ctr(const uint8_t *key, const uint8_t *authentication_key, int sealing) {
    vigil_srtp_cipher *cipher = make(EVP_aes_128_ctr(), key, sealing);
    if (cipher == NULL) return NULL;
    // RFC 2104: the key, padded with zeros to a block, xored with 0x36… inside and 0x5c… outside.
    uint8_t inner[SHA_CBLOCK], outer[SHA_CBLOCK];
    memset(inner, 0x36, sizeof(inner));
    memset(outer, 0x5c, sizeof(outer));
    for (size_t index = 0; index < SHA_DIGEST_LENGTH; index++) {
        inner[index] ^= authentication_key[index];
        outer[index] ^= authentication_key[index];
    }
    int done = SHA1_Init(&cipher->inner) == 1 && SHA1_Update(&cipher->inner, inner, sizeof(inner)) == 1 &&
               SHA1_Init(&cipher->outer) == 1 && SHA1_Update(&cipher->outer, outer, sizeof(outer)) == 1;
    OPENSSL_cleanse(inner, sizeof(inner));
    OPENSSL_cleanse(outer, sizeof(outer));
    if (!done) {
        vigil_srtp_free(cipher);
        return NULL;
    }
    return cipher;
}

void vigil_srtp_free(vigil_srtp_cipher *cipher) {
    if (cipher == NULL) return;
    EVP_CIPHER_CTX_free(cipher->context);
    OPENSSL_clear_free(cipher, sizeof(*cipher));
}

static void store(uint8_t *bytes, uint64_t word) {
    for (int index = 0; index < 8; index++) bytes[index] = (uint8_t)(word >> (56 - 8 * index));
}

static int begin(EVP_CIPHER_CTX *context, uint64_t vector_high, uint64_t vector_low) {
    uint8_t vector[16];
    store(vector, vector_high);
    store(vector + 8, vector_low);
    return EVP_CipherInit_ex(context, NULL, NULL, NULL, vector, -1) == 1;
}

static int associate(EVP_CIPHER_CTX *context, const uint8_t *associated, size_t associated_length,
                     const uint8_t *associated2, size_t associated2_length) {
    int written;
    return EVP_CipherUpdate(context, NULL, &written, associated, (int)associated_length) == 1 &&
           (associated2_length == 0 ||
            EVP_CipherUpdate(context, NULL, &written, associated2, (int)associated2_length) == 1);
}

static int apply(EVP_CIPHER_CTX *context, uint8_t *text, size_t length) {
    int written;
    return length == 0 || EVP_CipherUpdate(context, text, &written, text, (int)length) == 1;
}

int vigil_srtp_gcm(vigil_srtp_cipher *cipher, uint64_t vector_high, uint64_t vector_low, const uint8_t *associated,
                   size_t associated_length, const uint8_t *associated2, size_t associated2_length, uint8_t *text,
                   size_t length, uint8_t *tag) {
    EVP_CIPHER_CTX *context = cipher->context;
    int written;
    if (!begin(context, vector_high, vector_low) ||
        !associate(context, associated, associated_length, associated2, associated2_length) ||
        !apply(context, text, length) ||
        (!cipher->sealing && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, gcm_tag_length, tag) != 1) ||
        EVP_CipherFinal_ex(context, text + length, &written) != 1)
        return 0;
    return !cipher->sealing || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, gcm_tag_length, tag) == 1;
}

int vigil_srtp_ctr_apply(vigil_srtp_cipher *cipher, uint64_t vector_high, uint64_t vector_low, uint8_t *text,
                         size_t length) {
    return begin(cipher->context, vector_high, vector_low) && apply(cipher->context, text, length);
}

static int authenticate(vigil_srtp_cipher *cipher, const uint8_t *bytes, size_t length, int has_trailer,
                        uint32_t trailer, uint8_t *digest) {
    SHA_CTX state = cipher->inner;
    if (SHA1_Update(&state, bytes, length) != 1) return 0;
    if (has_trailer) {
        uint8_t last[4] = {(uint8_t)(trailer >> 24), (uint8_t)(trailer >> 16), (uint8_t)(trailer >> 8),
                           (uint8_t)trailer};
        if (SHA1_Update(&state, last, sizeof(last)) != 1) return 0;
    }
    if (SHA1_Final(digest, &state) != 1) return 0;
    state = cipher->outer;
    return SHA1_Update(&state, digest, SHA_DIGEST_LENGTH) == 1 && SHA1_Final(digest, &state) == 1;
}

int vigil_srtp_ctr(vigil_srtp_cipher *cipher, uint64_t vector_high, uint64_t vector_low, const uint8_t *covered,
                   size_t covered_length, int has_trailer, uint32_t trailer, uint8_t *text, size_t length,
                   uint8_t *tag) {
    uint8_t digest[SHA_DIGEST_LENGTH];
    if (cipher->sealing && !vigil_srtp_ctr_apply(cipher, vector_high, vector_low, text, length)) return 0;
    if (!authenticate(cipher, covered, covered_length, has_trailer, trailer, digest)) return 0;
    if (!cipher->sealing)
        return CRYPTO_memcmp(digest, tag, hmac_tag_length) == 0 &&
               vigil_srtp_ctr_apply(cipher, vector_high, vector_low, text, length);
    memcpy(tag, digest, hmac_tag_length);
    return 1;
}

int vigil_srtp_derive(const uint8_t *master_key, const uint8_t *block, uint8_t *output, size_t length) {
    vigil_srtp_cipher *cipher = make(EVP_aes_128_ctr(), master_key, 1);
    if (cipher == NULL) return 0;
    memset(output, 0, length);
    int done = EVP_CipherInit_ex(cipher->context, NULL, NULL, NULL, block, -1) == 1 &&
               apply(cipher->context, output, length);
    vigil_srtp_free(cipher);
    return done;
}

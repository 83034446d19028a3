// SPDX-License-Identifier: Apache-2.0
// The dozen SSE2 operations that BoringSSL's constant-time AES and GHASH use, in WebAssembly's SIMD128. With
// -D__SSE2__ they switch on its AES over eight blocks at once; no source of BoringSSL changes.
#pragma once
#include <wasm_simd128.h>

typedef v128_t __m128i;
#define VIGIL_INLINE static inline __attribute__((always_inline)) __m128i

VIGIL_INLINE _mm_and_si128(__m128i a, __m128i b) { return wasm_v128_and(a, b); }
VIGIL_INLINE _mm_or_si128(__m128i a, __m128i b) { return wasm_v128_or(a, b); }
VIGIL_INLINE _mm_xor_si128(__m128i a, __m128i b) { return wasm_v128_xor(a, b); }
VIGIL_INLINE _mm_setr_epi32(int a, int b, int c, int d) { return wasm_i32x4_make(a, b, c, d); }
VIGIL_INLINE _mm_set_epi32(int d, int c, int b, int a) { return wasm_i32x4_make(a, b, c, d); }
VIGIL_INLINE _mm_slli_epi32(__m128i a, int n) { return wasm_i32x4_shl(a, (unsigned)n); }
VIGIL_INLINE _mm_srli_epi32(__m128i a, int n) { return wasm_u32x4_shr(a, (unsigned)n); }
VIGIL_INLINE _mm_unpacklo_epi64(__m128i a, __m128i b) { return wasm_i64x2_shuffle(a, b, 0, 2); }
VIGIL_INLINE _mm_mul_epu32(__m128i a, __m128i b) {
  return wasm_u64x2_extmul_low_u32x4(wasm_i32x4_shuffle(a, a, 0, 2, 0, 2), wasm_i32x4_shuffle(b, b, 0, 2, 0, 2));
}
// Shifts of the whole register by 0…15 bytes.
#define _mm_slli_si128(a, n)                                                                                      \
  ((__m128i)__builtin_shufflevector((__i8x16)wasm_i8x16_const_splat(0), (__i8x16)(a), 16 - (n), 17 - (n),         \
                                    18 - (n), 19 - (n), 20 - (n), 21 - (n), 22 - (n), 23 - (n), 24 - (n),         \
                                    25 - (n), 26 - (n), 27 - (n), 28 - (n), 29 - (n), 30 - (n), 31 - (n)))
#define _mm_srli_si128(a, n)                                                                                      \
  ((__m128i)__builtin_shufflevector((__i8x16)(a), (__i8x16)wasm_i8x16_const_splat(0), 0 + (n), 1 + (n), 2 + (n),  \
                                    3 + (n), 4 + (n), 5 + (n), 6 + (n), 7 + (n), 8 + (n), 9 + (n), 10 + (n),      \
                                    11 + (n), 12 + (n), 13 + (n), 14 + (n), 15 + (n)))

// SPDX-License-Identifier: Apache-2.0
#ifndef VIGIL_CWASMHOST_H
#define VIGIL_CWASMHOST_H
#include <stddef.h>
#include <stdint.h>

// Hands a result to the page, which reads it through core_result and core_result_length.
void vigil_set_result(const uint8_t *bytes, size_t count);

#endif

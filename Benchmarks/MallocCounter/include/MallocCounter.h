// SPDX-License-Identifier: Apache-2.0
#ifndef VIGIL_MALLOC_COUNTER_H
#define VIGIL_MALLOC_COUNTER_H

#include <stdint.h>

/// Whether allocations are counted here: not under a sanitizer, and only with glibc.
int vigil_counts_allocations(void);

/// How many allocations the calling thread has made since it began.
uint64_t vigil_thread_allocations(void);

#endif

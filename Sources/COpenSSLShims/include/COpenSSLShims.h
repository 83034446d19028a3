// SPDX-License-Identifier: Apache-2.0
// What Swift cannot see of OpenSSL (function-like macros, variadic functions) and the few loops better kept in C.
#ifndef VIGIL_COPENSSL_SHIMS_H
#define VIGIL_COPENSSL_SHIMS_H

#include "VigilDTLS.h"
#include "VigilSRTP.h"

#endif

// SPDX-License-Identifier: Apache-2.0
#include "CWebClient.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#if __has_embed("web-client.bin") == __STDC_EMBED_FOUND__
static const unsigned char bytes[] = {
#embed "web-client.bin"
};
const unsigned char *vigil_web_client(void) { return bytes; }
size_t vigil_web_client_length(void) { return sizeof bytes; }
#else
const unsigned char *vigil_web_client(void) { return NULL; }
size_t vigil_web_client_length(void) { return 0; }
#endif

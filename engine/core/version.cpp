// SPDX-License-Identifier: Apache-2.0
#include "core/version.h"

namespace aula::core {

#ifdef __clang__
#define AULA_COMPILER "Clang " __clang_version__
#else
#define AULA_COMPILER "GCC " __VERSION__
#endif

const char* version() { return AULA_VERSION; }
const char* buildDescription() { return AULA_BUILD_TYPE ", " AULA_COMPILER; }

}  // namespace aula::core

// SPDX-License-Identifier: Apache-2.0

// What the tests of exercises include.
#ifndef WORKBOOK_TOOLS_PRECOMPILED_TESTS_H_
#define WORKBOOK_TOOLS_PRECOMPILED_TESTS_H_

#include <gtest/gtest.h>

#include "tools/precompiled/standard_library.h"

#endif  // WORKBOOK_TOOLS_PRECOMPILED_TESTS_H_

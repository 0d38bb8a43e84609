// SPDX-License-Identifier: Apache-2.0

// What every test includes.
#ifndef WORKBOOK_TOOLS_PRECOMPILED_GOOGLETEST_H_
#define WORKBOOK_TOOLS_PRECOMPILED_GOOGLETEST_H_

#include <gtest/gtest.h>

#endif  // WORKBOOK_TOOLS_PRECOMPILED_GOOGLETEST_H_

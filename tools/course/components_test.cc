// SPDX-License-Identifier: Apache-2.0

#include "tools/course/components.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(ComponentsWithThreads, AreThoseThatSaySo) {
  EXPECT_EQ(ComponentsWithThreads("COMPONENTS = {\n"
                                  "    \"words\": component(\n"
                                  "        # no threads = True here\n"
                                  "        cases = [\"words\"],\n"
                                  "    ),\n"
                                  "    \"shared\": component(\n"
                                  "        deps = [\":words\"],\n"
                                  "        threads = True,\n"
                                  "    ),\n"
                                  "    \"rope\": component(),\n"
                                  "    \"count\": component(threads = True),\n"
                                  "}\n"),
            (std::set<std::string>{"shared", "count"}));
  EXPECT_TRUE(ComponentsWithThreads("").empty());
}

}  // namespace
}  // namespace workbook

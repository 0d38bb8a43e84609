// SPDX-License-Identifier: Apache-2.0

// Every table that is published in this tree agrees with its rounds, with
// itself and with what the reporter writes.
#include <string>

#include "gtest/gtest.h"
#include "tools/bench/publish/publish.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

TEST(PublishedTables, AgreeWithTheirRoundsAndThemselves) {
  for (const Problem& problem : CheckPublished(".")) {
    ADD_FAILURE() << problem.Text();
  }
}

TEST(PublishedTables, AreThere) {
  EXPECT_FALSE(FileNames("docs/benchmarks", ".json").empty());
  EXPECT_TRUE(ReadTextFile("BENCHMARKS.md").has_value());
}

}  // namespace
}  // namespace workbook

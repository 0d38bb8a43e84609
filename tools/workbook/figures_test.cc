// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/figures.h"

#include <fstream>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

std::string Figures(const std::string& measured_at) {
  Provenance provenance;
  provenance.measured_at = measured_at;
  provenance.kernel = "6.1.0";
  provenance.compiler = "gcc 12";
  provenance.commit = "abc1234";
  return WithProvenance(R"({"exercise": "01_02", "cases": []})", provenance);
}

TEST(Figures, AreReadBackOldestFirst) {
  const ScratchFolder state;
  for (const char* at : {"2026-11-22T09:00:00Z", "2026-11-21T09:00:00Z",
                         "2026-11-22T09:00:00Z"}) {
    EXPECT_FALSE(SaveFigures(state.path(), "01_02", at, Figures(at)));
  }
  const KeptFigures kept = LoadFigures(state.path(), "01_02");
  ASSERT_EQ(kept.measurements.size(), 3u) << "none replaced another";
  const auto first = nlohmann::json::parse(kept.measurements[0]);
  EXPECT_EQ(first["measured_at"], "2026-11-21T09:00:00Z");
  EXPECT_EQ(first["commit"], "abc1234");
  EXPECT_EQ(first["kernel"], "6.1.0");
  EXPECT_TRUE(LoadFigures(state.path(), "02_02").measurements.empty());
}

TEST(Figures, ADamagedFileIsNamedAndTheOthersAreRead) {
  const ScratchFolder state;
  EXPECT_FALSE(SaveFigures(state.path(), "01_02", "2026-11-21T09:00:00Z",
                           Figures("2026-11-21T09:00:00Z")));
  const fs::path half = state.path() / "figures/01_02/half.json";
  std::ofstream(half) << "{\"schema\": 1, \"exerc";
  const KeptFigures kept = LoadFigures(state.path(), "01_02");
  EXPECT_EQ(kept.measurements.size(), 1u);
  EXPECT_EQ(kept.damaged, std::vector<std::string>{half.string()});
}

// /dev/full cannot be a folder; a file in the folder's place refuses as well.
TEST(Figures, AFolderThatCannotBeMadeIsAProblem) {
  const ScratchFolder state;
  std::ofstream(state.path() / "figures") << "in the way\n";
  const auto problem = SaveFigures(state.path(), "01_02", "now", "{}");
  ASSERT_TRUE(problem.has_value());
  EXPECT_NE(problem->what, "");
  EXPECT_NE(problem->next, "");
}

TEST(ProvenanceNow, KnowsThisMachine) {
  const ScratchFolder nowhere;
  const Provenance now = ProvenanceNow(nowhere.path(), "gcc 12");
  EXPECT_EQ(now.compiler, "gcc 12");
  EXPECT_GT(now.processors, 0);
  EXPECT_NE(now.kernel, "");
  EXPECT_EQ(now.commit, "") << "a folder that is no repository";
}

TEST(Figures, TimesAndInstructionsAreKeptApart) {
  const ScratchFolder state;
  const std::string at = "2026-11-21T09:00:00Z";
  ASSERT_FALSE(SaveFigures(state.path(), "01_02", at, Figures(at)));
  ASSERT_FALSE(
      SaveFigures(state.path(), "01_02", at, Figures(at), FigureKind::kExact));
  EXPECT_EQ(LoadFigures(state.path(), "01_02").measurements.size(), 1u);
  EXPECT_EQ(LoadFigures(state.path(), "01_02", FigureKind::kExact)
                .measurements.size(),
            1u);
  EXPECT_TRUE(LoadFigures(state.path(), "01_02").damaged.empty());
}

}  // namespace
}  // namespace workbook::cli

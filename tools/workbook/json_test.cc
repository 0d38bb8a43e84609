// SPDX-License-Identifier: Apache-2.0

// --json: one value, nothing else on stdout, and each key documented.
#include "nlohmann/json.hpp"

#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

class JsonOutput : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  Json Parsed(std::vector<std::string> words) {
    words.emplace_back("--json");
    const ProcessResult result = Run(words);
    const Json json = Json::parse(result.output, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << words[0] << ": " << result.output;
    return json;
  }
};

void AddKeys(const Json& json, std::set<std::string>& keys) {
  for (const auto& [key, value] : json.items()) {
    if (json.is_object()) keys.insert(key);
    if (value.is_structured()) AddKeys(value, keys);
  }
}

// The part of tools/workbook/README.md about one command.
std::string Section(const std::string& command) {
  const std::string text =
      ReadTextFile("tools/workbook/README.md").value_or("");
  const std::size_t at = text.find("\n### " + command);
  if (at == std::string::npos) return {};
  return text.substr(at, text.find("\n### ", at + 1) - at);
}

TEST_F(JsonOutput, HasNoKeyThatIsNotDocumented) {
  Write(".workbook/predictions",
        "memory-workbook predictions 1\n"
        "answer 09_02 answer 2026-11-21T09:00:00Z 40\n"
        "revealed 09_02 answer 2026-11-22T09:00:00Z 42\n");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"check", "09_01"},
                                             {"list"},
                                             {"progress"},
                                             {"bench", "09_01"},
                                             {"predict", "09_02", "1"},
                                             {"doctor"}}) {
    std::set<std::string> keys;
    AddKeys(Parsed(words), keys);
    EXPECT_FALSE(keys.empty()) << words[0];
    const std::string section =
        Section(words[0] == "progress" ? "list" : words[0]);
    for (const std::string& key : keys) {
      EXPECT_NE(section.find('`' + key + '`'), std::string::npos)
          << words[0] << " has a key " << key;
    }
  }
}

TEST_F(JsonOutput, StaysJsonWhateverATestPrints) {
  ReplayLog("crashing_test",
            "[ RUN      ] Task6Crashing.WritesThroughNull\n\xff\"\\\x01\n");
  const Json json = Parsed({"check", "09_01"});
  EXPECT_EQ(json["tasks"][5]["state"], "crashed");
}

TEST_F(JsonOutput, IsTheSameForListAndProgress) {
  EXPECT_EQ(Parsed({"list"}), Parsed({"progress"}));
}

}  // namespace
}  // namespace workbook::cli

// SPDX-License-Identifier: Apache-2.0

// The probe's own tests once more, with each installed allocator preloaded.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

struct Output {
  int status = -1;
  std::string text;
};

Output RunCommand(const std::string& command) {
  Output output;
  FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> buffer;
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) {
    output.text += buffer.data();
  }
  output.status = pclose(pipe);
  return output;
}

class Preload : public testing::TestWithParam<const char*> {};

TEST_P(Preload, LeavesTheCountsExact) {
  if (ProbeUsesSanitizerHooks()) {
    GTEST_SKIP() << "a sanitizer's malloc cannot be replaced";
  }
  const std::string library = GetParam();
  // The tests within must not write this test's result files.
  const std::string preload =
      "env -u XML_OUTPUT_FILE -u TEST_PREMATURE_EXIT_FILE LD_PRELOAD=" +
      library + " ";
  if (RunCommand(preload + "true").text.find("cannot be preloaded") !=
      std::string::npos) {
    GTEST_SKIP() << library << " is not installed";
  }
  for (const char* test : {"probe_test", "malloc_family_test"}) {
    const Output output = RunCommand(preload + "EXPECTED_ALLOCATOR=" + library +
                                     " tools/probe/" + test);
    EXPECT_EQ(output.status, 0) << output.text;
  }
}

INSTANTIATE_TEST_SUITE_P(EachAllocator, Preload,
                         testing::Values("libjemalloc.so.2", "libmimalloc.so.2",
                                         "libtcmalloc_minimal.so.4",
                                         "libtbbmalloc_proxy.so.2"),
                         [](const auto& tested) {
                           const std::string file = tested.param;
                           return file.substr(3, file.find('.') - 3);
                         });

}  // namespace
}  // namespace workbook

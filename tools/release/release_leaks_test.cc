// SPDX-License-Identifier: Apache-2.0

// Each kind of leak, planted in a course: a release refuses, with place and
// fix.
#include <string>

#include "gtest/gtest.h"
#include "tools/release/sample_release.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

class ReleaseLeaks : public SampleRelease {
 protected:
  void Plant(const std::string& file, const std::string& text) {
    course_.Write("tools/release/contents.txt",
                  std::string(kSampleContents) + file + "\n");
    course_.Write(file, text);
    Commit();
  }
};

TEST_F(ReleaseLeaks, ABodyInAHint) {
  course_.Write("exercises/01_01/hints.md",
                course_.Read("exercises/01_01/hints.md") + "\n" + kSampleBody);
  Commit();
  ExpectLeak("exercises/01_01/hints.md", "solutions/01_01/counter.h");
}

TEST_F(ReleaseLeaks, AMutantUnderAnotherName) {
  Plant("exercises/01_01/more_test.cc",
        course_.Read("solutions/01_01/mutants/pair.first_only.patch"));
  ExpectLeak("exercises/01_01/more_test.cc", "byte for byte");
}

TEST_F(ReleaseLeaks, ABodyRenamedAndLaidOutAnewInATest) {
  std::string body;
  for (const char c : std::string(kSampleBody)) {
    if (c == '\n') continue;
    body += c == '_' ? 'U' : c;  // every name with one has another now
  }
  course_.Write("exercises/01_01/pair_test.cc",
                course_.Read("exercises/01_01/pair_test.cc") +
                    "int Helper() {" + body + "}\n");
  Commit();
  ExpectLeak("exercises/01_01/pair_test.cc", "with other names");
}

TEST_F(ReleaseLeaks, AMutantsNameInAPage) {
  course_.Write("exercises/01_01/README.md", "As pair.first_only does.\n");
  Commit();
  ExpectLeak("exercises/01_01/README.md", "names the mutant");
}

TEST_F(ReleaseLeaks, AFileNamedAfterAMutant) {
  Plant("tools/x/pair.first_only.mutant.txt", "nothing much\n");
  ExpectLeak("tools/x/pair.first_only.mutant.txt", "named after");
}

TEST_F(ReleaseLeaks, AnArchiveOfAReference) {
  Git({"archive", "--format=zip", "--output=tools/data.bin", "HEAD",
       "solutions"});
  Plant("tools/data.bin", course_.Read("tools/data.bin"));
  ExpectLeak("tools/data.bin!solutions/01_01/counter.h", "byte for byte");
}

TEST_F(ReleaseLeaks, AHistory) {
  Git({"bundle", "create", "-q", "tools/course.dat", "HEAD"});
  Plant("tools/course.dat", course_.Read("tools/course.dat"));
  ExpectLeak("tools/course.dat", "a bundle of git");
}

}  // namespace
}  // namespace workbook::release

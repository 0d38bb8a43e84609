// What a test's own source may define outside C++, and a header may not.
#include <gtest/gtest.h>

#include "tools/grade/inspect.h"

namespace workbook::grade {
namespace {

constexpr char kDefinesMmap[] = "0000000000000000 T mmap\n";

TEST(InspectTestObject, LetsATestDefineWhatItsSourceDefines) {
  EXPECT_EQ(InspectTestObject(kDefinesMmap,
                              "extern \"C\" void* mmap(void* a, int n) {\n")
                .rejected,
            "");
}

TEST(InspectTestObject, RefusesWhatAHeaderDefines) {
  EXPECT_NE(InspectTestObject(kDefinesMmap, "void* p = mmap(a, n);").rejected,
            "");
}

TEST(InspectTestObject, RefusesWhatTheTestOnlyDeclares) {
  EXPECT_NE(InspectTestObject(kDefinesMmap,
                              "extern \"C\" void* mmap(void* a, int n);\n{")
                .rejected,
            "");
}

}  // namespace
}  // namespace workbook::grade

// SPDX-License-Identifier: Apache-2.0

// Asks the real g++ and the real readelf.
#include "tools/workbook/case_members.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

constexpr char kSource[] = R"(
#include <string>
#include <vector>
namespace workbook {
struct Link {
  Link* next = nullptr;
  int count = 0;
};
class Base {
  long id_ = 0;
};
class Pool : Base {
 public:
  virtual ~Pool() = default;

 private:
  Link head_;
  std::vector<int> chunks_;
  static int instances;
  bool is_open_ = false;
};
template <class T, unsigned long kCount>
struct Array {
  T* first_ = nullptr;
  T inline_[kCount];
};
namespace {
struct Hidden {
  double value;
};
}  // namespace
}  // namespace workbook
workbook::Pool pool;
workbook::Array<workbook::Hidden, 4> array;
)";

class CaseMembers : public testing::Test {
 protected:
  CaseMembers() { std::ofstream(scratch_.path() / "a.cc") << kSource; }

  // "name@offset:bytes", one behind the other.
  std::string Of(const std::string& type, const std::string& file = "a.cc") {
    std::string text;
    for (const CaseMember& member : MembersOf(scratch_.path(), file, type)) {
      text += member.name + "@" + std::to_string(member.offset) + ":" +
              std::to_string(member.bytes) + " ";
    }
    return text;
  }

  const ScratchFolder scratch_;
};

TEST_F(CaseMembers, NamesThoseOfBasesAndOfMembersToo) {
  EXPECT_EQ(Of("workbook::Pool"),
            "_vptr.Pool@0:8 id_@8:8 head_.next@16:8 head_.count@24:8 "
            "chunks_@32:24 is_open_@56:8 ");
}

TEST_F(CaseMembers, KnowsTemplatesByTheNameThatTheDemanglerWrites) {
  EXPECT_EQ(Of("workbook::Array<workbook::(anonymous namespace)::Hidden, 4ul>"),
            "first_@0:8 inline_@8:32 ");
}

TEST_F(CaseMembers, NamesNothingWhereItCannot) {
  EXPECT_EQ(Of("workbook::Other"), "");
  EXPECT_EQ(Of("workbook::Pool", "missing.cc"), "");
  std::ofstream(scratch_.path() / "b.cc") << "this is no C++\n";
  EXPECT_EQ(Of("workbook::Pool", "b.cc"), "");
  EXPECT_TRUE(ReadMembers("", "workbook::Pool").empty());
  EXPECT_TRUE(ReadMembers(" <0><b>: Abbrev\n <1\n DW_AT_name\n", "a").empty());
}

}  // namespace
}  // namespace workbook::cli

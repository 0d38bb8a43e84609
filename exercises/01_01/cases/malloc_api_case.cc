// SPDX-License-Identifier: Apache-2.0

// What malloc's family promises, call by call: see tools/support/history. The
// process has one allocator: a history gives back what it took.
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_01/malloc_api.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kSizes[] = {32, 5 * kPageBytes, 0};
constexpr std::size_t kNewSizes[] = {128, 6 * kPageBytes, 16};
constexpr std::size_t kTooMuch = SIZE_MAX / 2;

class MallocApiCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 10'000;

  MallocApiCase() = default;
  MallocApiCase(const MallocApiCase&) = delete;
  MallocApiCase& operator=(const MallocApiCase&) = delete;
  ~MallocApiCase() {
    for (; LentCount() != 0; Return()) {
      Aside([](std::byte* begin) { workbook::Free(begin); }, Newest().begin);
    }
  }

  void Start(int) {
    Say("// malloc_api.h has functions only");
    BlocksAreElsewhere();
  }

  bool Malloc(int which) {
    const std::size_t bytes = kSizes[which];
    return Take(
        Text("Malloc(", bytes, ")"), bytes, bytes == 0 ? 8 : 16, false,
        [](std::size_t size) { return workbook::Malloc(size); }, bytes);
  }
  bool Calloc(int) {
    return Take("Calloc(3, 8)", 24, 8, true,
                [] { return workbook::Calloc(3, 8); });
  }
  bool Memalign(int) {
    return Take("Memalign(24, 10)", 10, 32, false,
                [] { return workbook::Memalign(24, 10); });
  }
  bool AlignedAlloc(int) {
    return Take("AlignedAlloc(256, 10)", 10, 256, false,
                [] { return workbook::AlignedAlloc(256, 10); });
  }

  // The k-th newest.
  bool Free(int k) {
    const auto index = static_cast<std::size_t>(k);
    if (LentCount() <= index) return false;
    const Block block = Newest(index);
    Say("Free(", block.name, ");");
    Return(index);
    const int error = Ask(
        [](std::byte* begin) {
          errno = EDOM;
          workbook::Free(begin);
          return errno;
        },
        block.begin);
    Expect(error == EDOM, "", "Free changes errno");
    return true;
  }

  // 0 to 2: the newest, to another size; 3: the oldest, to more pages.
  bool Realloc(int which) {
    const std::size_t k = which == 3 ? LentCount() - 1 : 0;
    if (LentCount() == 0 || (which == 3 && k == 0)) return false;
    const std::size_t bytes = kNewSizes[which == 3 ? 1 : which];
    const Block old = Newest(k);
    const std::vector<std::byte> content =
        BytesAt(old.begin, std::min(old.bytes, bytes));
    const std::string name = NewName();
    Say("void* ", name, " = Realloc(", old.name, ", ", bytes, ");");
    Return(k);
    const auto [had, block] = Ask(
        [](std::byte* begin, std::size_t size) {
          const std::size_t usable = MallocUsableSize(begin);
          return std::pair(usable, workbook::Realloc(begin, size));
        },
        old.begin, bytes);
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr");
    const std::vector<std::byte> now = BytesAt(block, content.size());
    const auto differs =
        std::mismatch(content.begin(), content.end(), now.begin()).first;
    Expect(differs == content.end(), "", "byte ", differs - content.begin(),
           " of ", name, " is not that of ", old.name);
    const std::size_t usable = UsableSize(block);
    const bool was_large = had > kMaxSmallBytes && bytes > had;
    Expect(!was_large || block == old.begin || usable >= had + had / 4, "",
           old.name, " of ", had, " bytes is copied to one of ", usable,
           ", less than a quarter more");
    Lend(name, block, bytes, 8);
    return true;
  }

  bool ReallocTooMuch(int) {
    if (LentCount() == 0) return false;
    const Block& block = Newest();
    return Refuse(
        Text("Realloc(", block.name, ", SIZE_MAX / 2)"), ENOMEM,
        [](std::byte* begin) { return workbook::Realloc(begin, kTooMuch); },
        block.begin);
  }
  bool MallocTooMuch(int) {
    return Refuse("Malloc(SIZE_MAX / 2)", ENOMEM,
                  [] { return workbook::Malloc(kTooMuch); });
  }
  bool CallocOverflows(int) {
    // The product is 16, and what does not fit.
    return Refuse("Calloc(SIZE_MAX / 16 + 2, 16)", ENOMEM,
                  [] { return workbook::Calloc(SIZE_MAX / 16 + 2, 16); });
  }
  bool AlignedAllocOdd(int) {
    return Refuse("AlignedAlloc(24, 10)", EINVAL,
                  [] { return workbook::AlignedAlloc(24, 10); });
  }
  bool PosixMemalignTooMuch(int) {
    Say("errno = EDOM;");
    Say("{ void* none = &errno; PosixMemalign(&none, 64, SIZE_MAX / 2); }");
    const auto [error, block, now] = Ask([] {
      void* none = nullptr;
      errno = EDOM;
      const int returned = workbook::PosixMemalign(&none, 64, kTooMuch);
      return std::tuple<int, void*, int>(returned, none, errno);
    });
    Expect(now == EDOM, "errno == EDOM", "it changes errno");
    Expect(error == ENOMEM, "", "it returns ", error, "; expected ENOMEM");
    Expect(block == nullptr, "", "it changes the pointer");
    return true;
  }

  void Check() {
    for (std::size_t k = 0; k != LentCount(); ++k) {
      const Block& block = Newest(k);
      const std::size_t usable = UsableSize(block.begin);
      Expect(
          usable >= block.bytes,
          Text("MallocUsableSize(", block.name, ") + 1 > ", block.bytes, "u"),
          "the usable size of ", block.name, " is ", usable,
          ", less than was asked for");
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    for (; LentCount() != 0; Return()) {
      In([](std::byte* begin) { workbook::Free(begin); }, Newest().begin);
    }
  }

  static constexpr CallKind<MallocApiCase> kCalls[] = {
      {3, &MallocApiCase::Malloc},
      {2, &MallocApiCase::Free},
      {4, &MallocApiCase::Realloc},
      {1, &MallocApiCase::Calloc},
      {1, &MallocApiCase::Memalign},
      {1, &MallocApiCase::AlignedAlloc},
      {1, &MallocApiCase::MallocTooMuch},
      {1, &MallocApiCase::ReallocTooMuch},
      {1, &MallocApiCase::CallocOverflows},
      {1, &MallocApiCase::AlignedAllocOdd, 2},
      {1, &MallocApiCase::PosixMemalignTooMuch, 2},
  };

 private:
  std::size_t UsableSize(const void* block) {
    return Ask([](const void* of) { return MallocUsableSize(of); }, block);
  }

  template <class F, class... Args>
  bool Take(const std::string& code, std::size_t bytes,
            std::size_t alignment_bytes, bool is_zeroed, F call,
            const Args&... args) {
    if (LentCount() == 6) return false;
    const std::string name = NewName();
    Say("void* ", name, " = ", code, ";");
    void* const block = Ask(call, args...);
    Expect(Allocations() == 0, "", "it calls the malloc that it replaces");
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr");
    Expect(!is_zeroed || BytesAt(block, bytes) == std::vector<std::byte>(bytes),
           "", name, " is not zeroed");
    Lend(name, block, bytes, alignment_bytes);
    return true;
  }

  template <class F, class... Args>
  bool Refuse(const std::string& code, int error, F call, const Args&... args) {
    Say("errno = EDOM;");
    Say(code, ";");
    Aside([] { errno = EDOM; });
    void* const block = Ask(call, args...);
    const int now = Aside([] { return errno; });
    Expect(block == nullptr, "", "it returns a block; expected nullptr");
    const char* const name = error == ENOMEM ? "ENOMEM" : "EINVAL";
    Expect(now == error, Text("errno == ", name), "errno is ", now,
           "; expected ", name);
    return true;
  }
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(MallocApiCase, "01_01/malloc_api.h", "")

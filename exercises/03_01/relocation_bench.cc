// SPDX-License-Identifier: Apache-2.0

// Two thousand handles, each an owner of nothing, appended to an empty array:
// by move constructors and destructors, or by their bytes.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <type_traits>
#include <vector>

#include "03_01/relocation.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/vector.hpp>
#endif

namespace workbook {
namespace {

constexpr int kHandles = 2000;  // see kAppends of dyn_array_bench.cc

// As std::unique_ptr: a pointer, and a destructor that looks at it.
class Handle {
 public:
  using TriviallyRelocatable = std::true_type;

  explicit Handle(int number) : number_(number) {}
  Handle(Handle&& other) noexcept
      : number_(other.number_), owned_(other.owned_) {
    other.owned_ = nullptr;
  }
  ~Handle() { delete owned_; }
  int number() const { return number_; }

 private:
  int number_;
  int* owned_ = nullptr;
};

struct EmplaceBack {
  template <class Array>
  void operator()(Array& array, int number) const {
    array.EmplaceBack(number);
  }
};
struct StandardEmplaceBack {
  template <class Array>
  void operator()(Array& array, int number) const {
    array.emplace_back(number);
  }
};

template <class Array, class Append>
void AppendAll(benchmark::State& state, Append append) {
  {
    Array array;
    for (int i = 0; i < kHandles; ++i) append(array, i);
    Digest digest;
    for (std::size_t i = 0; i < array.size(); ++i) {
      digest.Add(static_cast<std::uint64_t>(array[i].number()));
    }
    RequireSameDigest(state, "relocation/append_handles", digest);
  }
  int first = 0;
  for (auto _ : state) {
    Keep(first);
    Array array;
    for (int i = 0; i < kHandles; ++i) append(array, first + i);
    Keep(array.data());
    first = (first + 1) % 1000;
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kHandles});
}

template <class Array, class Append>
void Add(Role role, const char* implementation, Append append) {
  AddRow("relocation/append_handles", role, implementation,
         [append](benchmark::State& state) { AppendAll<Array>(state, append); })
      ->CountedIterations(4);
}

const RegisterRows registration([] {
  Add<std::vector<Handle>>(Role::kBaseline, "std::vector",
                           StandardEmplaceBack());
  Add<RelocatingArray<Handle>>(Role::kSubject, "RelocatingArray",
                               EmplaceBack());
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  Add<boost::container::vector<Handle>>(Role::kPeer, "boost::container::vector",
                                        StandardEmplaceBack());
#else
  AddGap("relocation/append_handles", "boost::container::vector",
         "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook

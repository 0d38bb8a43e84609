// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_01/given/snippets.h"

#include <any>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/bench/keep.h"

namespace workbook {
namespace {

// Names of 25 letters, too long for the room inside of a std::string.
const std::vector<std::string>& LongNames() {
  static const std::vector<std::string> names = {"a name of 25 letters: one",
                                                 "a name of 25 letters: two",
                                                 "a name of 25 letters: six"};
  return names;
}

std::vector<int> Thousand() {
  std::vector<int> numbers(1000, 7);
  return numbers;
}

template <class Callback>
void Twice(Callback callback) {
  callback();
  callback();
}

// [region array_and_vector]
void ArrayAndVector() {
  const std::array<char, 256> array = {};
  const std::vector<char> vector(256);
  const std::size_t bytes = array.size() + vector.size();
  Keep(bytes);
}
// [end]

// [region return_by_value]
void ReturnByValue() {
  const std::vector<int> numbers = Thousand();
  Keep(numbers);
}
// [end]

const std::vector<int>& KeptThousand() {
  static const std::vector<int> numbers = Thousand();
  return numbers;
}

// [region capture]
void Capture() {
  const std::vector<int>& numbers = KeptThousand();
  Twice([numbers] { Keep(numbers); });
}
// [end]

// [region shared_pointers]
void SharedPointers() {
  const std::shared_ptr<int> made_by_new(new int(1));
  const std::shared_ptr<int> made_shared = std::make_shared<int>(2);
  Keep(made_by_new);
  Keep(made_shared);
}
// [end]

// [region function_limit]
void FunctionLimit() {
  long a = 1;
  long b = 2;
  long c = 3;
  const std::function<long()> two = [&a, &b] { return a + b; };
  const std::function<long()> three = [&a, &b, &c] { return a + b + c; };
  Keep(two);
  Keep(three);
}
// [end]

// [region short_and_long_text]
void ShortAndLongText() {
  const std::string fifteen(15, 'x');
  const std::string sixteen(16, 'x');
  Keep(fifteen);
  Keep(sixteen);
}
// [end]

// [region initializer_list]
void InitializerList() {
  const std::vector<std::string> names = {LongNames()[0], LongNames()[1],
                                          LongNames()[2]};
  Keep(names);
}
// [end]

// [region range_for]
void RangeFor() {
  for (auto name : LongNames()) Keep(name);
}
// [end]

// [region concatenation]
void Concatenation() {
  const std::string& name = LongNames()[0];
  const std::string greeting = "Hello, " + name + " and " + name + "!";
  Keep(greeting);
}
// [end]

// [region map_look_up]
void MapLookUp() {
  static std::map<std::string, int> ages = {{LongNames()[0], 41}};
  Keep(ages["a name of 25 letters: one"]);
}
// [end]

// [region emplace]
void Emplace() {
  static std::unordered_map<int, int> squares = {{3, 9}};
  squares.emplace(3, 9);  // it is there already
}
// [end]

// [region any]
void Any() {
  const std::any pair = std::pair<void*, void*>();
  Keep(pair);
}
// [end]

// [region vector_of_bool]
void VectorOfBool() {
  const std::vector<bool> seen(1000);
  Keep(seen);
}
// [end]

// [region aligned_new]
void AlignedNew() {
  struct alignas(64) CacheLine {
    char bytes[64];
  };
  CacheLine* line = new CacheLine();
  Keep(line);
  delete line;
}
// [end]

// [region exception]
void Exception() {
  try {
    throw std::runtime_error("disk full");
  } catch (const std::runtime_error& error) {
    Keep(error);
  }
}
// [end]

// [region optional]
void Optional() {
  std::optional<std::array<char, 256>> block;
  block.emplace();
  Keep(block);
}
// [end]

// [region new_and_delete]
void NewAndDelete() {
  int* p = new int(1);
  delete p;
}
// [end]

constexpr Snippet kSnippets[] = {
    {"array_and_vector", ArrayAndVector},
    {"return_by_value", ReturnByValue},
    {"capture", Capture},
    {"shared_pointers", SharedPointers},
    {"function_limit", FunctionLimit},
    {"short_and_long_text", ShortAndLongText},
    {"initializer_list", InitializerList},
    {"range_for", RangeFor},
    {"concatenation", Concatenation},
    {"map_look_up", MapLookUp},
    {"emplace", Emplace},
    {"any", Any},
    {"vector_of_bool", VectorOfBool},
    {"aligned_new", AlignedNew},
    {"exception", Exception},
    {"optional", Optional},
    {"new_and_delete", NewAndDelete},
};

}  // namespace

std::span<const Snippet> Snippets() { return kSnippets; }

}  // namespace workbook

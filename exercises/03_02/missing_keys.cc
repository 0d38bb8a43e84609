// SPDX-License-Identifier: Apache-2.0

#include "03_02/missing_keys.h"

#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t NumberNewWords(WordNumbers& numbers,
                           std::span<const std::string> words) {
  Todo("03_02 task 1: NumberNewWords");
}

bool AddSession(Sessions& sessions, int id,
                std::unique_ptr<Session>&& session) {
  Todo("03_02 task 1: AddSession");
}

std::uint64_t SumOfNumbers(const WordNumbers& numbers,
                           std::span<const std::string> words) {
  Todo("03_02 task 1: SumOfNumbers");
}

}  // namespace workbook

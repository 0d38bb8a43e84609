// SPDX-License-Identifier: Apache-2.0

// What a piece of code allocates, read from the probe.
#ifndef WORKBOOK_02_01_SNIPPET_COSTS_H_
#define WORKBOOK_02_01_SNIPPET_COSTS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "exercises/02_01/given/snippets.h"

namespace workbook {

struct SnippetCost {
  std::string_view name;
  std::int64_t allocations = 0;
  std::int64_t bytes = 0;       // asked for by these allocations
  std::int64_t left_bytes = 0;  // of them, what the snippet has not freed
};

// Runs a snippet twice and returns what the *second* run allocated. The first
// run pays for what is made once, such as static objects.
// Cost: two runs.
// Thread safety: one thread at a time for each snippet.
SnippetCost CostOf(const Snippet& snippet);

// Returns the cost of each snippet, in their order. A snippet's cost holds
// nothing of what the table itself allocates.
// Cost: two runs of each; one allocation.
// Thread safety: as above.
std::vector<SnippetCost> CostsOf(std::span<const Snippet> snippets);

}  // namespace workbook

#endif  // WORKBOOK_02_01_SNIPPET_COSTS_H_

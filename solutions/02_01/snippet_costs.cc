// SPDX-License-Identifier: Apache-2.0

#include "02_01/snippet_costs.h"

#include "tools/probe/probe.h"

namespace workbook {

SnippetCost CostOf(const Snippet& snippet) {
  snippet.run();
  const AllocationScope scope;
  snippet.run();
  const AllocationCounts counts = scope.Counts();
  return {.name = snippet.name,
          .allocations = counts.allocations,
          .bytes = counts.bytes_allocated,
          .left_bytes = counts.live_bytes};
}

std::vector<SnippetCost> CostsOf(std::span<const Snippet> snippets) {
  std::vector<SnippetCost> costs;
  costs.reserve(snippets.size());
  for (const Snippet& snippet : snippets) costs.push_back(CostOf(snippet));
  return costs;
}

}  // namespace workbook

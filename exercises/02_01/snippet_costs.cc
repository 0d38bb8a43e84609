// SPDX-License-Identifier: Apache-2.0

#include "02_01/snippet_costs.h"

#include "tools/exercise/todo.h"
#include "tools/probe/probe.h"

namespace workbook {

SnippetCost CostOf(const Snippet& snippet) { Todo("02_01 task 1: CostOf"); }

std::vector<SnippetCost> CostsOf(std::span<const Snippet> snippets) {
  Todo("02_01 task 1: CostsOf");
}

}  // namespace workbook

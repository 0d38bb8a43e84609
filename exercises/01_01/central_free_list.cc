// SPDX-License-Identifier: Apache-2.0

#include "01_01/central_free_list.h"

#include <cstring>

#include "tools/exercise/todo.h"

namespace workbook {

void CentralFreeList::Init(std::size_t size_class, const SizeClass& shape,
                           PageHeap& heap, PageMap& map) {
  Todo("01_01 task 4: CentralFreeList::Init");
}

std::size_t CentralFreeList::Fetch(void** objects, std::size_t count,
                                   Pages from) {
  Todo("01_01 task 4: CentralFreeList::Fetch");
}

void CentralFreeList::Release(void* const* objects, std::size_t count) {
  Todo("01_01 task 4: CentralFreeList::Release");
}

void CentralFreeList::Reclaim(void* const* objects, std::size_t count) {
  Todo("01_01 task 4: CentralFreeList::Reclaim");
}

bool CentralFreeList::HasBuffered() const {
  Todo("01_01 task 4: CentralFreeList::HasBuffered");
}

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  Todo("01_01 task 4: CentralFreeList::GetStatistics");
}

}  // namespace workbook

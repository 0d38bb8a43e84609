#include "01_01/central_free_list.h"

#include <cstring>

namespace workbook {

void CentralFreeList::Init([[maybe_unused]] std::size_t size_class,
                           [[maybe_unused]] const SizeClass& shape,
                           [[maybe_unused]] PageHeap& heap,
                           [[maybe_unused]] PageMap& map) {
  Todo("01_01 task 4: CentralFreeList::Init");
}

std::size_t CentralFreeList::Fetch([[maybe_unused]] void** objects,
                                   [[maybe_unused]] std::size_t count,
                                   [[maybe_unused]] Pages from) {
  Todo("01_01 task 4: CentralFreeList::Fetch");
}

void CentralFreeList::Release([[maybe_unused]] void* const* objects,
                              [[maybe_unused]] std::size_t count) {
  Todo("01_01 task 4: CentralFreeList::Release");
}

void CentralFreeList::Reclaim([[maybe_unused]] void* const* objects,
                              [[maybe_unused]] std::size_t count) {
  Todo("01_01 task 4: CentralFreeList::Reclaim");
}

bool CentralFreeList::HasBuffered() const {
  Todo("01_01 task 4: CentralFreeList::HasBuffered");
}

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  Todo("01_01 task 4: CentralFreeList::GetStatistics");
}

}  // namespace workbook

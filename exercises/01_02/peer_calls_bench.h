// SPDX-License-Identifier: Apache-2.0

// How rows call what they compare: as the mallocs are called, by a pointer that
// the compiler can't look through, and with a free that is told the size where
// a malloc has one and the caller knows it.
#ifndef WORKBOOK_EXERCISES_01_02_PEER_CALLS_BENCH_H_
#define WORKBOOK_EXERCISES_01_02_PEER_CALLS_BENCH_H_

#include <dlfcn.h>

#include <cstddef>

#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"

namespace workbook {

// Returns `function`; the compiler forgets which one it is.
template <typename Function>
Function* ByPointer(Function* function) {
  Keep(function);
  return function;
}

// Calls `use(deallocate)`, where deallocate(block, bytes) is the malloc's free
// with the size, or its plain one if it has no other or blocks are counted.
template <typename Use>
void WithSizedFree(const MallocPeer& peer, Use use) {
  Dl_info library = {};
  void* handle = nullptr;
  if (!IsCountingPass() &&
      dladdr(reinterpret_cast<void*>(peer.deallocate), &library) != 0) {
    handle = dlopen(library.dli_fname, RTLD_NOW | RTLD_NOLOAD);
  }
  const auto find = [handle](const char* name) {
    return handle == nullptr ? nullptr : dlsym(handle, name);
  };
  for (const char* const name : {"tc_free_sized", "mi_free_size"}) {
    if (void* const found = find(name)) {
      const auto free_sized =
          reinterpret_cast<void (*)(void*, std::size_t)>(found);
      return use([free_sized](void* block, std::size_t bytes) {
        free_sized(block, bytes);
      });
    }
  }
  if (void* const found = find("sdallocx")) {
    const auto free_sized =
        reinterpret_cast<void (*)(void*, std::size_t, int)>(found);
    return use([free_sized](void* block, std::size_t bytes) {
      free_sized(block, bytes, 0);
    });
  }
  use([free = peer.deallocate](void* block, std::size_t) { free(block); });
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_PEER_CALLS_BENCH_H_

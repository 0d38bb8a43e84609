// SPDX-License-Identifier: Apache-2.0

// The allocator as programs get it, and as the peers are called: from its
// shared library, through pointers.
#ifndef WORKBOOK_EXERCISES_01_01_PRELOADED_BENCH_H_
#define WORKBOOK_EXERCISES_01_01_PRELOADED_BENCH_H_

#include <dlfcn.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "01_01/malloc_api.h"
#include "tools/bench/malloc_peers.h"
#include "tools/probe/probe.h"

namespace workbook {

template <class Function>
void LookUpPreloaded(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (function == nullptr) {
    throw std::runtime_error(std::string("libpreload.so has no ") + name);
  }
}

// Opens libpreload.so, which lies beside the benchmark. RTLD_LOCAL: it does not
// take over the malloc of the process.
// On failure: std::runtime_error, which is the error of a row.
inline MallocPeer OpenPreloaded() {
  MallocPeer peer;
  peer.name = "CachingAllocator";
  if (ProbeUsesSanitizerHooks()) {  // which want to be the only malloc
    peer.allocate = [](std::size_t bytes) { return Malloc(bytes); };
    peer.deallocate = [](void* block) { Free(block); };
    return peer;
  }
  const auto file =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() /
      "libpreload.so";
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* const error = dlerror();
    throw std::runtime_error(error != nullptr ? error : "it can't be opened");
  }
  LookUpPreloaded(library, "malloc", peer.allocate);
  LookUpPreloaded(library, "free", peer.deallocate);
  return peer;
}

// Never closed: blocks and thread-local state may outlive any one row.
inline const MallocPeer& Preloaded() {
  static const MallocPeer peer = OpenPreloaded();
  return peer;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_PRELOADED_BENCH_H_

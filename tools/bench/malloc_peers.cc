// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/malloc_peers.h"

#include <dlfcn.h>

#include <array>
#include <cstring>
#include <utility>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

enum PeerIndex { kGlibc, kJemalloc, kMimalloc, kTcmalloc, kTbbmalloc, kPeers };

struct Library {
  const char* name;
  const char* package;
  const char* file;
  const char* allocate;
  const char* deallocate;
  const char* allocate_aligned;
  const char* reallocate;
};

constexpr std::array<Library, kPeers> kLibraries = {{
    {"glibc", "libc6", "libc.so.6", "malloc", "free", "memalign", "realloc"},
    {"jemalloc", "libjemalloc2", "libjemalloc.so.2", "malloc", "free",
     "memalign", "realloc"},
    {"mimalloc", "libmimalloc2.0", "libmimalloc.so.2", "mi_malloc", "mi_free",
     "mi_memalign", "mi_realloc"},
    {"tcmalloc", "libtcmalloc-minimal4", "libtcmalloc_minimal.so.4",
     "tc_malloc", "tc_free", "tc_memalign", "tc_realloc"},
    {"tbbmalloc", "libtbbmalloc2", "libtbbmalloc.so.2", "scalable_malloc",
     "scalable_free", "scalable_aligned_malloc", "scalable_realloc"},
}};

bool static_tls_was_short = false;

template <typename Function>
void LookUp(void* library, const char* name, Function& function,
            std::string& problem) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (function == nullptr) problem = std::string("it has no ") + name;
}

// oneTBB's takes the size first.
void* (*tbb_aligned_malloc)(std::size_t, std::size_t) = nullptr;

void* AllocateAlignedFromTbb(std::size_t alignment, std::size_t size_bytes) {
  return tbb_aligned_malloc(size_bytes, alignment);
}

MallocPeer Open(const Library& library) {
  MallocPeer peer;
  peer.name = library.name;
  peer.package = library.package;
  if (ProbeUsesSanitizerHooks()) {
    peer.problem = "not under a sanitizer";
    return peer;
  }
  // Never closed: blocks and thread-local state may outlive any one row.
  void* const handle = dlopen(library.file, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* const error = dlerror();
    peer.problem = error != nullptr ? error : "it cannot be opened";
    if (peer.problem.find("static TLS") != std::string::npos) {
      static_tls_was_short = true;
    } else if (peer.problem.find("No such file") != std::string::npos) {
      peer.problem =
          std::string("not installed: apt-get install ") + library.package;
    }
    return peer;
  }
  LookUp(handle, library.allocate, peer.allocate, peer.problem);
  LookUp(handle, library.deallocate, peer.deallocate, peer.problem);
  LookUp(handle, library.allocate_aligned, peer.allocate_aligned, peer.problem);
  LookUp(handle, library.reallocate, peer.reallocate, peer.problem);
  if (std::strcmp(library.name, "tbbmalloc") == 0) {
    tbb_aligned_malloc = peer.allocate_aligned;
    peer.allocate_aligned = AllocateAlignedFromTbb;
  }
  return peer;
}

// The same functions, reporting to the probe: one set for each peer, because a
// plain function pointer carries no state.
template <std::size_t kIndex>
struct Counted {
  static void* Allocate(std::size_t size_bytes) {
    void* const block = MallocPeers()[kIndex].allocate(size_bytes);
    CountAllocation(block, size_bytes);
    return block;
  }
  static void Deallocate(void* block) {
    CountFree(block);
    MallocPeers()[kIndex].deallocate(block);
  }
  static void* AllocateAligned(std::size_t alignment, std::size_t size_bytes) {
    void* const block =
        MallocPeers()[kIndex].allocate_aligned(alignment, size_bytes);
    CountAllocation(block, size_bytes);
    return block;
  }
  static void* Reallocate(void* block, std::size_t size_bytes) {
    void* const moved = MallocPeers()[kIndex].reallocate(block, size_bytes);
    if (moved == nullptr) return nullptr;
    CountFree(block);
    CountAllocation(moved, size_bytes);
    return moved;
  }
  static void Apply(MallocPeer& peer) {
    peer.allocate = Allocate;
    peer.deallocate = Deallocate;
    peer.allocate_aligned = AllocateAligned;
    peer.reallocate = Reallocate;
  }
};

template <std::size_t... kIndices>
std::vector<MallocPeer> MakeCountedPeers(std::index_sequence<kIndices...>) {
  std::vector<MallocPeer> peers = MallocPeers();
  (Counted<kIndices>::Apply(peers[kIndices]), ...);
  return peers;
}

const std::vector<MallocPeer>& CountedPeers() {
  static const auto* const peers = new std::vector<MallocPeer>(
      MakeCountedPeers(std::make_index_sequence<kPeers>()));
  return *peers;
}

std::vector<MallocPeer> OpenAll() {
  std::vector<MallocPeer> peers;
  for (const Library& library : kLibraries) peers.push_back(Open(library));
  return peers;
}

}  // namespace

const std::vector<MallocPeer>& MallocPeers() {
  static const auto* const peers = new std::vector<MallocPeer>(OpenAll());
  return *peers;
}

std::vector<const MallocPeer*> FourMallocs() {
  std::vector<const MallocPeer*> four;
  for (const MallocPeer& peer : MallocPeers()) {
    if (peer.problem.empty() && peer.name != "tbbmalloc") four.push_back(&peer);
  }
  return four;
}

bool PeersNeedMoreStaticTls() { return static_tls_was_short; }

void AddMallocPeerRows(
    const std::string& case_name,
    const std::function<void(benchmark::State&, const MallocPeer&)>& function,
    const std::function<void(Row*)>& prepare) {
  for (std::size_t i = 0; i < MallocPeers().size(); ++i) {
    const MallocPeer& peer = MallocPeers()[i];
    Row* const row = AddRow(
        case_name, Role::kPeer, peer.name,
        [function, i](benchmark::State& state) {
          const auto& peers = IsCountingPass() ? CountedPeers() : MallocPeers();
          function(state, peers[i]);
        });
    row->gap = peer.problem;
    if (prepare) prepare(row);
  }
}

}  // namespace workbook

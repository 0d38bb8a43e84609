// SPDX-License-Identifier: Apache-2.0

// A server that frees as a garbage collector of generations does, for the
// recorder: what requests make dies together, at a collection, and the heap
// swings by far more than it keeps.
//
//   server [COLLECTIONS]
//
// Requests fill a young generation of 64 MiB. A collection frees what nine in
// ten of them made, in the order of birth; what survives two grows old, and the
// old generation loses two thirds when it has 24 MiB. Buffers of a request live
// beside, as long as it does. A fixed seed: each run asks for the same.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t kYoungBytes = std::size_t{64} << 20;
constexpr std::size_t kOldBytes = std::size_t{24} << 20;
constexpr int kCollections = 5;

// What one request made.
struct Objects {
  std::vector<void*> blocks;
  std::size_t bytes = 0;
  int age = 0;

  void Free() {
    for (void* const block : blocks) std::free(block);
  }
};

class Heap {
 public:
  ~Heap() {
    for (Objects& objects : young_) objects.Free();
    for (Objects& objects : old_) objects.Free();
  }

  // Returns whether the young generation is full.
  bool Add(Objects objects) {
    young_bytes_ += objects.bytes;
    young_.push_back(std::move(objects));
    return young_bytes_ >= kYoungBytes;
  }

  void Collect(std::minstd_rand* random) {
    std::vector<Objects> survivors;
    young_bytes_ = 0;
    for (Objects& objects : young_) {
      if ((*random)() % 10 != 0) {
        objects.Free();
      } else if (++objects.age == 2) {
        old_bytes_ += objects.bytes;
        old_.push_back(std::move(objects));
      } else {
        young_bytes_ += objects.bytes;
        survivors.push_back(std::move(objects));
      }
    }
    young_ = std::move(survivors);
    if (old_bytes_ >= kOldBytes) CollectOld(random);
  }

 private:
  void CollectOld(std::minstd_rand* random) {
    std::vector<Objects> survivors;
    old_bytes_ = 0;
    for (Objects& objects : old_) {
      if ((*random)() % 3 != 0) {
        objects.Free();
      } else {
        old_bytes_ += objects.bytes;
        survivors.push_back(std::move(objects));
      }
    }
    old_ = std::move(survivors);
  }

  std::vector<Objects> young_;
  std::vector<Objects> old_;
  std::size_t young_bytes_ = 0;
  std::size_t old_bytes_ = 0;
};

// Most objects are small, most bytes are in arrays and texts.
std::size_t ObjectBytes(std::minstd_rand* random) {
  const std::size_t kind = (*random)() % 100;
  const std::size_t any = (*random)();
  if (kind < 50) return 16 + any % 240;
  if (kind < 80) return 256 + any % 1792;
  if (kind < 97) return 2048 + any % 14336;
  return 16384 + any % 49152;
}

// Parses into one buffer and answers in another.
Objects Serve(std::minstd_rand* random) {
  void* const input = std::malloc(8192);
  void* output = std::malloc(4096);
  Objects made;
  const std::size_t objects = 40 + (*random)() % 200;
  for (std::size_t i = 0; i < objects; ++i) {
    const std::size_t bytes = ObjectBytes(random);
    void* const block = std::malloc(bytes);
    if (block == nullptr) std::abort();
    made.blocks.push_back(block);
    made.bytes += bytes;
  }
  for (std::size_t bytes = 8192; bytes <= 65536 && (*random)() % 3 != 0;
       bytes *= 2) {
    void* const grown = std::realloc(output, bytes);
    if (grown == nullptr) std::abort();
    output = grown;
  }
  std::free(input);
  std::free(output);
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  const int collections = argc > 1 ? std::atoi(argv[1]) : kCollections;
  if (collections < 1) {
    std::fprintf(stderr,
                 "usage: server [COLLECTIONS]\nFix: name a number "
                 "from 1 on.\n");
    return 2;
  }
  std::minstd_rand random(20260101);
  Heap heap;
  for (int i = 0; i < collections; ++i) {
    while (!heap.Add(Serve(&random))) {
    }
    heap.Collect(&random);
  }
  return 0;
}

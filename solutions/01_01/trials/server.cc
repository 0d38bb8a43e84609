// SPDX-License-Identifier: Apache-2.0

// A server that frees as a garbage collector of generations does, for the
// recorder: what a request makes dies together, at a collection.
//
//   server [COLLECTIONS]
//
// Requests fill a young generation of 24 MiB. Each collection frees nine tenths
// of it in the order of birth; what survives two of them grows old, and the old
// generation loses two thirds when it has 24 MiB. Buffers of requests live
// beside, for one request each. A fixed seed: each run asks for the same.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t kYoungBytes = std::size_t{24} << 20;
constexpr std::size_t kOldBytes = std::size_t{24} << 20;
constexpr int kCollections = 6;

struct Object {
  void* block = nullptr;
  std::size_t bytes = 0;
  int age = 0;
};

class Heap {
 public:
  ~Heap() {
    for (const Object& object : young_) std::free(object.block);
    for (const Object& object : old_) std::free(object.block);
  }

  // Returns whether the young generation is full.
  bool Add(std::size_t bytes) {
    void* const block = std::malloc(bytes);
    if (block == nullptr) std::abort();
    young_.push_back({block, bytes, 0});
    young_bytes_ += bytes;
    return young_bytes_ >= kYoungBytes;
  }

  void Collect(std::minstd_rand* random) {
    std::vector<Object> survivors;
    young_bytes_ = 0;
    for (Object& object : young_) {
      if ((*random)() % 10 != 0) {
        std::free(object.block);
      } else if (++object.age == 2) {
        old_.push_back(object);
        old_bytes_ += object.bytes;
      } else {
        survivors.push_back(object);
        young_bytes_ += object.bytes;
      }
    }
    young_ = std::move(survivors);
    if (old_bytes_ >= kOldBytes) CollectOld(random);
  }

 private:
  void CollectOld(std::minstd_rand* random) {
    std::vector<Object> survivors;
    old_bytes_ = 0;
    for (const Object& object : old_) {
      if ((*random)() % 3 != 0) {
        std::free(object.block);
      } else {
        survivors.push_back(object);
        old_bytes_ += object.bytes;
      }
    }
    old_ = std::move(survivors);
  }

  std::vector<Object> young_;
  std::vector<Object> old_;
  std::size_t young_bytes_ = 0;
  std::size_t old_bytes_ = 0;
};

// Most objects are small; the mean is some 600 bytes.
std::size_t ObjectBytes(std::minstd_rand* random) {
  const std::size_t kind = (*random)() % 100;
  const std::size_t any = (*random)();
  if (kind < 60) return 16 + any % 112;
  if (kind < 90) return 128 + any % 896;
  if (kind < 99) return 1024 + any % 7168;
  return 8192 + any % 24576;
}

// Parses into one buffer and answers in another.
bool Serve(Heap* heap, std::minstd_rand* random) {
  void* const input = std::malloc(8192);
  void* output = std::malloc(4096);
  bool is_full = false;
  const std::size_t objects = 40 + (*random)() % 200;
  for (std::size_t i = 0; i < objects; ++i) {
    is_full = heap->Add(ObjectBytes(random));
  }
  for (std::size_t bytes = 8192; bytes <= 65536 && (*random)() % 3 != 0;
       bytes *= 2) {
    void* const grown = std::realloc(output, bytes);
    if (grown == nullptr) std::abort();
    output = grown;
  }
  std::free(input);
  std::free(output);
  return is_full;
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
    while (!Serve(&heap, &random)) {
    }
    heap.Collect(&random);
  }
  return 0;
}

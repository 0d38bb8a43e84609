// SPDX-License-Identifier: Apache-2.0

// Blocks by every name that libc has for them, found at run time, and by the
// functions that allocate for their caller: each is freed by free.
#include <dlfcn.h>
#include <malloc.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace {

int wrong = 0;

// An own name is used where libc has it: what is printed is the same.
template <typename Function>
Function* Find(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

void Check(const char* name, void* block, std::size_t bytes) {
  const bool fits = block != nullptr && malloc_usable_size(block) >= bytes;
  wrong += !fits;
  if (fits) std::memset(block, 0x5a, bytes);
  std::free(block);
  std::printf("%s: %s\n", name, fits ? "freed" : "FAILED");
}

void AskByName() {
  for (const char* name : {"malloc", "__libc_malloc", "valloc", "__libc_valloc",
                           "pvalloc", "__libc_pvalloc"}) {
    Check(name, Find<void*(std::size_t)>(name)(100), 100);
  }
  for (const char* name : {"calloc", "__libc_calloc"}) {
    Check(name, Find<void*(std::size_t, std::size_t)>(name)(10, 10), 100);
  }
  for (const char* name : {"memalign", "__libc_memalign", "aligned_alloc"}) {
    Check(name, Find<void*(std::size_t, std::size_t)>(name)(64, 128), 128);
  }
  for (const char* name : {"realloc", "__libc_realloc"}) {
    Check(name, Find<void*(void*, std::size_t)>(name)(std::malloc(8), 3'000),
          3'000);
  }
  for (const char* name : {"free", "__libc_free"}) {
    Find<void(void*)>(name)(std::malloc(100));
    std::printf("%s: called\n", name);
  }
  const auto sized = Find<void(void*, std::size_t)>("free_sized");
  if (sized != nullptr) sized(std::malloc(100), 100);
}

void AskFunctions() {
  Check("strdup", strdup("a line of text"), 15);
  Check("strndup", strndup("a line of text", 6), 7);
  char* text = nullptr;
  if (asprintf(&text, "%d lines", 100) < 0) ++wrong;
  Check("asprintf", text, 10);
  Check("getcwd", getcwd(nullptr, 0), 2);
  Check("realpath", realpath("/", nullptr), 2);
  std::size_t bytes = 0;
  std::FILE* const memory = open_memstream(&text, &bytes);
  for (int i = 0; i < 10'000; ++i) std::fprintf(memory, "%d,", i);
  std::fclose(memory);
  Check("open_memstream", text, bytes);
  std::FILE* const file = std::tmpfile();
  std::fprintf(file, "%05000d\n", 7);
  std::rewind(file);
  text = nullptr;
  bytes = 0;
  if (getline(&text, &bytes, file) != 5'001) ++wrong;
  Check("getline", text, 5'002);
  std::fclose(file);
}

}  // namespace

int main() {
  AskByName();
  AskFunctions();
  return wrong == 0 ? 0 : 1;
}

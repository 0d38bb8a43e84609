// One fault of each kind that a sanitizer reports: see record_reports.sh.
#ifndef WORKBOOK_EXERCISES_09_01_CRASHING_H_
#define WORKBOOK_EXERCISES_09_01_CRASHING_H_

#include <cstdlib>
#include <thread>

inline int* Make() { return new int[4]; }

inline void Free(int* block) { delete[] block; }

inline void Write(int* block, int at) { block[at] = 7; }

inline void UseAfterFree() {
  int* block = Make();
  Free(block);
  Write(block, 0);
}

inline void Overflow() {
  int* block = Make();
  Write(block, 4);
  Free(block);
}

inline void FreeTwice() {
  int* block = Make();
  Free(block);
  Free(block);
}

inline void FreeByAnotherFamily() {
  int* block = Make();
  std::free(block);
}

inline void OverflowLocal() {
  int local[4] = {};
  Write(local, 4);
}

inline void Leak() { Write(Make(), 0); }

inline int Shift(int by) { return 1 << by; }

inline int MisalignedRead(const char* bytes) {
  return *reinterpret_cast<const int*>(bytes + 1);
}

inline long shared_count = 0;
inline void Bump() { ++shared_count; }

inline void Race() {
  std::thread first([] { Bump(); });
  std::thread second([] { Bump(); });
  first.join();
  second.join();
}

#endif  // WORKBOOK_EXERCISES_09_01_CRASHING_H_

#ifndef WORKBOOK_EXERCISES_09_01_NOTES_H_
#define WORKBOOK_EXERCISES_09_01_NOTES_H_

struct Pool {
  void* Allocate(int bytes);
  void* Allocate(int bytes, int alignment);
};

inline void* Use(Pool& pool) { return pool.Allocate("eight"); }
inline int Later() { return missing_name; }

#endif  // WORKBOOK_EXERCISES_09_01_NOTES_H_

#ifndef WORKBOOK_01_01_COUNTER_H_
#define WORKBOOK_01_01_COUNTER_H_

namespace workbook {

// Counts up from 1.
class Counter {
 public:
  // Returns the next number.
  int Next() { return ++last_; }

 private:
  int last_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_COUNTER_H_

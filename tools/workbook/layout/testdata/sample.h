// Every way in which a part can lie; layout_tool_test.cc asks for it.
#include <atomic>
#include <cstdint>

namespace workbook {

struct Base {
  virtual ~Base() = default;
  int count;
  char state;
};

class Derived : public Base {
 public:
  struct Options {
    bool on;
    double ratio;
    bool verbose;
  };

 private:
  char in_the_tail_of_base;
  unsigned low : 3;
  unsigned high : 7;
  union {
    int number;
    double real;
  };
  alignas(64) std::atomic<long> head;
  Options options;
};

template <class First, class Second>
struct Tagged {
  char tag;
  First first;
  char other_tag;
  Second second;
};

using IntTagged = Tagged<int, long>;
inline IntTagged int_tagged;

struct Empty {};

struct FarBase : virtual Base {
  [[no_unique_address]] Empty empty;
  int own;
};

struct Crossing {
  char first_line[60];
  std::int32_t words[2];
  char big[1000];
};

union Either {
  int number;
  char text[12];
};

namespace {
struct Hidden {
  int value;
};
}  // namespace

struct Declared;
static const int kClass = 0;

}  // namespace workbook

#include "exercises/09_01/test_calls.h"

int main() {
  Ring ring;
  ring.Push(1);
}

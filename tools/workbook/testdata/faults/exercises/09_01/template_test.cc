#include "exercises/09_01/template.h"

int main() { return 0; }

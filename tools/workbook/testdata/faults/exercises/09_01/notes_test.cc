#include "exercises/09_01/notes.h"

int main() { return 0; }

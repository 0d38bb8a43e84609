// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/flags.h"

namespace workbook::grade {

FlagKind KindOf(const std::string& flag) {
  if (flag.starts_with("impossible: ")) return FlagKind::kFigure;
  if (flag.starts_with("a test ") || flag.starts_with("a header ") ||
      flag.find("the judge's") != std::string::npos) {
    return FlagKind::kTest;
  }
  if (flag.starts_with("observations differ: ")) return FlagKind::kValue;
  if (flag.find("mentions ") != std::string::npos) return FlagKind::kReach;
  return FlagKind::kCall;
}

const char* Title(FlagKind kind) {
  switch (kind) {
    case FlagKind::kFigure:
      return "Impossible figures";
    case FlagKind::kTest:
      return "A test does not ask what it asks of the reference";
    case FlagKind::kReach:
      return "Words that honest code has no use for";
    case FlagKind::kValue:
      return "A hidden test saw other values than over the reference";
    case FlagKind::kCall:
      break;
  }
  return "Calls that the reference does not make";
}

const char* WhatToLookAt(FlagKind kind) {
  switch (kind) {
    case FlagKind::kFigure:
      return "Run the task's tests by hand on the submitted files: a result or "
             "a count was forged, or work was hidden.";
    case FlagKind::kTest:
      return "Compare the submitted header with the one that was handed out: "
             "something in it takes part in a test's own comparison.";
    case FlagKind::kReach:
      return "Search the submitted files for the word: honest code has no "
             "use for it.";
    case FlagKind::kValue:
      return "Read what the hidden test asserts at that line. Where another "
             "honest solution can't differ there, look for what answers the "
             "test in place of the code.";
    case FlagKind::kCall:
      break;
  }
  return "Search the submitted files for the call, and ask what the task needs "
         "it for.";
}

}  // namespace workbook::grade

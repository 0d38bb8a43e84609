// SPDX-License-Identifier: Apache-2.0

// Whether clang can build with its sanitizers here.
#ifndef WORKBOOK_TOOLS_AUTHORING_CLANG_SANITIZERS_H_
#define WORKBOOK_TOOLS_AUTHORING_CLANG_SANITIZERS_H_

namespace workbook {

// Whether the sanitizers' libraries, a package of their own (Debian:
// libclang-rt-14-dev), lie where clang++ says that it looks for them.
// Cost: a start of clang++, 30 ms. Thread safety: any thread.
// On failure: false, as without clang++.
bool ClangSanitizes();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_CLANG_SANITIZERS_H_

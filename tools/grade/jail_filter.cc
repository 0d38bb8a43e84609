// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail_filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "tools/grade/jail_calls.h"

namespace workbook::grade {
namespace {

constexpr std::uint32_t kX32Bit = 0x40000000;

sock_filter Load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

sock_filter Return(std::uint32_t value) {
  return BPF_STMT(BPF_RET | BPF_K, value);
}

constexpr std::uint32_t Refuse(int error) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error);
}

// What follows for one number: it ends with a return.
std::vector<sock_filter> Body(const CallRule& rule) {
  // On x86-64 the low half comes first.
  std::vector<sock_filter> body{
      Load(offsetof(seccomp_data, args) + 8 * rule.argument)};
  if (rule.mask != ~0U) {
    body.push_back(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, rule.mask));
  }
  const std::uint32_t refused = Refuse(rule.refusal);
  const bool only = rule.answer == CallRule::kOnly;
  for (const std::uint32_t value : rule.values) {
    body.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    body.push_back(Return(only ? SECCOMP_RET_ALLOW : refused));
  }
  body.push_back(Return(only ? refused : SECCOMP_RET_ALLOW));
  return body;
}

struct Branch {
  std::uint32_t number;
  std::vector<sock_filter> body;
};

std::vector<Branch> Branches() {
  std::vector<Branch> branches;
  for (const Call& call : AllowedCalls()) {
    branches.push_back({call.number, {Return(SECCOMP_RET_ALLOW)}});
  }
  for (const Call& call : ForbiddenCalls()) {
    branches.push_back({call.number, {Return(Refuse(EPERM))}});
  }
  for (const CallRule& rule : CallRules()) {
    branches.push_back({rule.call.number, Body(rule)});
  }
  return branches;
}

std::vector<sock_filter> MakeFilter() {
  std::vector<sock_filter> filter{
      Load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
      Return(Refuse(ENOSYS)),
      Load(offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kX32Bit, 0, 1),
      Return(Refuse(ENOSYS))};
  for (const Branch& branch : Branches()) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, branch.number, 0,
                              static_cast<std::uint8_t>(branch.body.size())));
    filter.insert(filter.end(), branch.body.begin(), branch.body.end());
  }
  filter.push_back(Return(Refuse(ENOSYS)));
  return filter;
}

}  // namespace

std::string CallFilterBytes() {
  const std::vector<sock_filter> filter = MakeFilter();
  std::string bytes(filter.size() * sizeof(sock_filter), '\0');
  std::memcpy(bytes.data(), filter.data(), bytes.size());
  return bytes;
}

}  // namespace workbook::grade

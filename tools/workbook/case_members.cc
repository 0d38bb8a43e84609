// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/case_members.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

// An entry of the debug information.
struct Entry {
  std::size_t depth = 0;
  std::string_view tag;   // "class_type"
  std::string_view name;  // "" for none
  std::optional<std::size_t> location;
  std::size_t bytes = 0;
  std::size_t type = 0;    // the offset of its entry; 0 for none
  std::size_t parent = 0;  // an index
  bool is_declaration = false;
};

std::optional<std::size_t> Number(std::string_view text, int base) {
  std::size_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// 0x7f of "...<7f>..." or "...<0x7f>..."; `text` then begins behind it.
std::size_t TakeBracketed(std::string_view& text, int base) {
  std::size_t begin = std::min(text.find('<'), text.size() - 1) + 1;
  if (text.substr(begin).starts_with("0x")) begin += 2;
  const auto number = Number(text.substr(begin), base);
  text.remove_prefix(std::min(text.find('>', begin), text.size() - 1) + 1);
  return number.value_or(0);
}

class DebugInfo {
 public:
  explicit DebugInfo(std::string_view dump) {
    for (const std::string_view line : SplitLines(dump)) ReadLine(line);
  }

  std::vector<CaseMember> MembersOf(const std::string& type) const {
    const std::string wanted = Plain(type);
    std::vector<CaseMember> members;
    for (std::size_t i = 0; i != entries_.size(); ++i) {
      if (!IsClass(i) || entries_[i].is_declaration) continue;
      if (Plain(FullName(i)) != wanted) continue;
      AddMembers(i, 0, "", members);
      break;
    }
    return members;
  }

 private:
  void ReadLine(std::string_view line) {
    if (line.starts_with(" <")) return BeginEntry(line);
    const std::size_t at = line.find("DW_AT_");
    const std::size_t colon = line.find(": ", at);
    if (entries_.empty() || colon == std::string_view::npos) return;
    std::string_view key = line.substr(at + 6, colon - at - 6);
    key = key.substr(0, key.find(' '));
    std::string_view value = line.substr(colon + 2);
    if (value.starts_with("(indirect")) {
      value.remove_prefix(std::min(value.find("): ") + 3, value.size()));
    }
    Entry& entry = entries_.back();
    if (key == "name") entry.name = value;
    if (key == "declaration") entry.is_declaration = true;
    if (key == "byte_size") entry.bytes = Number(value, 10).value_or(0);
    if (key == "type") entry.type = TakeBracketed(value, 16);
    if (key == "data_member_location") entry.location = Number(value, 10);
  }

  // " <2><34b>: Abbrev Number: 37 (DW_TAG_structure_type)"
  void BeginEntry(std::string_view line) {
    Entry entry;
    entry.depth = TakeBracketed(line, 10);
    const std::size_t offset = TakeBracketed(line, 16);
    constexpr std::string_view kTag = "(DW_TAG_";
    const std::size_t tag = line.find(kTag);
    if (tag == std::string_view::npos) return;  // the end of a list
    entry.tag = line.substr(tag + kTag.size());
    entry.tag = entry.tag.substr(0, entry.tag.find(')'));
    parents_.resize(entry.depth + 1);
    entry.parent = entry.depth == 0 ? 0 : parents_[entry.depth - 1];
    parents_[entry.depth] = entries_.size();
    by_offset_[offset] = entries_.size();
    entries_.push_back(entry);
  }

  bool IsClass(std::size_t i) const {
    return entries_[i].tag == "class_type" ||
           entries_[i].tag == "structure_type";
  }

  std::string FullName(std::size_t i) const {
    std::string name(entries_[i].name);
    for (; entries_[i].depth > 1; i = entries_[i].parent) {
      const std::string_view outer = entries_[entries_[i].parent].name;
      name = (outer.empty() ? "(anonymous namespace)" : std::string(outer)) +
             "::" + name;
    }
    return name;
  }

  // Two ways to write one name: g++'s in debug information, and the demangler's
  // with "32ul" for a number and blanks.
  static std::string Plain(std::string_view name) {
    std::string plain;
    bool is_number = false;
    for (const char letter : name) {
      const bool is_suffix = is_number && (letter == 'u' || letter == 'l');
      if (is_suffix || letter == ' ') continue;
      is_number = letter >= '0' && letter <= '9';
      plain += letter;
    }
    constexpr std::string_view kBraces = "{anonymous}";
    for (std::size_t at = plain.find(kBraces); at != std::string::npos;
         at = plain.find(kBraces)) {
      plain.replace(at, kBraces.size(), "(anonymousnamespace)");
    }
    return plain;
  }

  // The class behind typedefs and qualifiers; nothing for any other type.
  std::optional<std::size_t> ClassAt(std::size_t type) const {
    for (auto found = by_offset_.find(type); found != by_offset_.end();
         found = by_offset_.find(type)) {
      const Entry& entry = entries_[found->second];
      if (IsClass(found->second)) return found->second;
      if (entry.tag != "typedef" && entry.tag != "const_type") break;
      type = entry.type;
    }
    return std::nullopt;
  }

  bool IsOfLibrary(std::size_t i) const {
    const std::string name = FullName(i);
    return name.starts_with("std::") || name.starts_with("__gnu");
  }

  void AddMembers(std::size_t of, std::size_t offset, const std::string& prefix,
                  std::vector<CaseMember>& members) const {
    const std::size_t first = members.size();
    const std::size_t end = offset + entries_[of].bytes;
    for (std::size_t i = of + 1; i != entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      if (entry.depth <= entries_[of].depth) break;
      if (entry.parent != of || !entry.location) continue;
      const bool is_base = entry.tag == "inheritance";
      if (entry.tag != "member" && !is_base) continue;
      const std::size_t at = offset + *entry.location;
      const auto inner = ClassAt(entry.type);
      const std::string name = prefix + std::string(entry.name);
      if (inner && !IsOfLibrary(*inner)) {
        AddMembers(*inner, at, is_base ? prefix : name + ".", members);
      } else if (!is_base) {
        members.push_back({.offset = at, .name = name});
      }
    }
    // g++ writes a base before the pointer to the virtual table above it.
    std::stable_sort(members.begin() + static_cast<std::ptrdiff_t>(first),
                     members.end(),
                     [](const CaseMember& a, const CaseMember& b) {
                       return a.offset < b.offset;
                     });
    for (std::size_t i = first; i < members.size(); ++i) {
      const std::size_t next =
          i + 1 == members.size() ? end : members[i + 1].offset;
      members[i].bytes = next - members[i].offset;
    }
  }

  std::vector<Entry> entries_;
  std::vector<std::size_t> parents_;  // of the entry that is read, by depth
  std::map<std::size_t, std::size_t> by_offset_;
};

}  // namespace

std::vector<CaseMember> MembersOf(const std::filesystem::path& root,
                                  const std::filesystem::path& source,
                                  const std::string& type) {
  const ScratchFolder scratch;
  const std::string object = (scratch.path() / "case.o").string();
  ProcessOptions options;
  options.working_directory = root.string();
  options.environment = {{"LC_ALL", "C"}};
  options.timeout = std::chrono::minutes(1);
  options.output_limit_bytes = std::size_t{64} << 20;
  const ProcessResult compiled =
      RunProcess({"g++", "-std=c++20", "-w", "-g", "-O0",
                  // Whole types, though their virtual table is elsewhere.
                  "-femit-class-debug-always", "-I.", "-Iexercises", "-c",
                  source.string(), "-o", object},
                 options);
  if (!compiled.ExitedWith(0)) return {};
  const ProcessResult dump =
      RunProcess({"readelf", "--debug-dump=info", object}, options);
  return ReadMembers(dump.output, type);
}

std::vector<CaseMember> ReadMembers(std::string_view dump,
                                    const std::string& type) {
  return DebugInfo(dump).MembersOf(type);
}

}  // namespace workbook::cli

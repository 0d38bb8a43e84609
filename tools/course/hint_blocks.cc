// SPDX-License-Identifier: Apache-2.0

// hints.md by sub-goals.
#include <cctype>
#include <utility>

#include "tools/course/hint_readers.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kDot = " · ";
constexpr std::string_view kFence = "```";
constexpr std::string_view kCodeFence = "```cpp";
constexpr std::size_t kIndent = 3;

// Splits at commas.
std::vector<std::string> NamesIn(std::string_view list) {
  std::vector<std::string> names;
  while (true) {
    const std::size_t comma = list.find(',');
    names.emplace_back(TrimSpace(list.substr(0, comma)));
    if (comma == list.npos) return names;
    list.remove_prefix(comma + 1);
  }
}

class BlockReader {
 public:
  BlockReader(std::string file, HintsResult& result)
      : file_(std::move(file)), result_(result) {}

  void Read(std::string_view line) {
    ++line_;
    if (!in_fence_ && line.starts_with('#')) {
      ReadHeading(line);
    } else if (block_ != nullptr) {
      ReadOfBlock(line);
    }
  }

  void CloseBlock() {
    if (block_ == nullptr) return;
    if (in_fence_)
      Refuse(block_->line, "has a fence that does not end",
             "close it with a line `   ```` in its level");
    for (std::string& level : block_->levels) level = TrimSpace(level);
    CheckBlock();
    block_ = nullptr;
    in_fence_ = in_code_ = false;
  }

 private:
  void Refuse(int line, const std::string& what, const std::string& fix) {
    result_.problems.push_back(ProblemIn(file_, line, "", what, fix));
  }

  void ReadHeading(std::string_view line) {
    CloseBlock();
    if (line.starts_with("# ") && result_.blocks.empty()) return;
    const std::string form =
        "write `## Task N · TestName: what is seen`, N being a task's number";
    std::size_t end = 0;
    const int task = line.starts_with(kTaskHeading)
                         ? LeadingNumber(line.substr(kTaskHeading.size()), end)
                         : 0;
    std::string_view rest =
        line.substr(std::min(line.size(), kTaskHeading.size() + end));
    const std::size_t colon = rest.find(": ");
    if (task == 0 || !rest.starts_with(kDot) || colon == rest.npos) {
      Refuse(line_, "has the heading `" + std::string(line) + "`", form);
      return;
    }
    HintBlock block;
    block.task = task;
    block.names = NamesIn(rest.substr(kDot.size(), colon - kDot.size()));
    block.seen = TrimSpace(rest.substr(colon + 2));
    block.line = line_;
    for (const std::string& name : block.names) {
      if (!name.empty()) continue;
      Refuse(line_, "names no test", form);
      return;
    }
    if (block.seen.empty()) Refuse(line_, "does not say what is seen", form);
    if (!result_.blocks.empty() && result_.blocks.back().task > task) {
      Refuse(line_,
             "has task " + std::to_string(task) + " behind task " +
                 std::to_string(result_.blocks.back().task),
             "put the blocks in the order of the tasks");
    }
    result_.blocks.push_back(std::move(block));
    block_ = &result_.blocks.back();
  }

  void ReadOfBlock(std::string_view line) {
    std::string_view text = line;
    if (!in_fence_ && OpensLevel(line)) {
      block_->levels.emplace_back();
      text = line.substr(kIndent);
    } else if (TrimSpace(line).empty()) {
      text = "";
    } else if (line.starts_with("   ") && !block_->levels.empty()) {
      text = line.substr(kIndent);
    } else {
      Refuse(line_, "has a line that belongs to no level",
             "begin it with `1. `, `2. ` or `3. `, or indent it by three "
             "spaces below its level");
      return;
    }
    if (block_->levels.empty()) return;
    ReadFence(text);
    block_->levels.back() += std::string(text) + "\n";
  }

  // "2. " and so on; a number that is not the next one is refused.
  bool OpensLevel(std::string_view line) {
    std::size_t end = 0;
    const int level = LeadingNumber(line, end);
    if (level == 0 || end != 1 || !line.substr(end).starts_with(". ")) {
      return false;
    }
    const int expected = static_cast<int>(block_->levels.size()) + 1;
    if (level != expected || level > kHintLevels) {
      Refuse(line_,
             "has level " + std::to_string(level) +
                 (level > kHintLevels
                      ? ", and there are three"
                      : " where level " + std::to_string(expected) +
                            " would follow"),
             "number the levels 1, 2 and 3: a question, the idea, code");
    }
    return true;
  }

  void ReadFence(std::string_view text) {
    const std::string_view fence = TrimSpace(text);
    if (in_fence_ && fence == kFence) {
      in_fence_ = in_code_ = false;
    } else if (in_code_) {
      block_->code.back().text += std::string(text) + "\n";
    } else if (!in_fence_ && fence.starts_with(kFence)) {
      in_fence_ = true;
      in_code_ = fence == kCodeFence && block_->levels.size() == kHintLevels;
      if (in_code_) block_->code.push_back({"", line_ + 1});
    }
  }

  void CheckBlock() {
    const std::string of = " in the hints for " + block_->names.front();
    for (int level = 1; level <= kHintLevels; ++level) {
      const auto index = static_cast<std::size_t>(level - 1);
      if (index < block_->levels.size() && !block_->levels[index].empty()) {
        continue;
      }
      Refuse(block_->line, "has no level " + std::to_string(level) + of,
             "add it to the list: 1. a question, 2. the idea, 3. code");
      return;
    }
    if (block_->code.empty()) {
      Refuse(block_->line, "has no code in level 3" + of,
             "write it between lines ```cpp and ```, indented by three spaces");
    }
  }

  std::string file_;
  HintsResult& result_;
  HintBlock* block_ = nullptr;
  int line_ = 0;
  bool in_fence_ = false;
  bool in_code_ = false;  // in a fence ```cpp of level 3
};

bool HasBlock(const HintsResult& result, int task) {
  for (const HintBlock& block : result.blocks) {
    if (block.task == task) return true;
  }
  return false;
}

}  // namespace

int LeadingNumber(std::string_view text, std::size_t& end) {
  int number = 0;
  end = 0;
  while (end < text.size() &&
         std::isdigit(static_cast<unsigned char>(text[end])) != 0) {
    number = number * 10 + (text[end++] - '0');
    if (end > 3) return 0;
  }
  return number;
}

void ReadHintBlocks(const std::string& text, const std::string& file,
                    int task_count, HintsResult& result) {
  BlockReader reader(file, result);
  for (const std::string_view line : SplitLines(text)) reader.Read(line);
  reader.CloseBlock();
  for (int task = 1; task <= task_count; ++task) {
    if (HasBlock(result, task)) continue;
    result.problems.push_back(
        ProblemIn(file, 1, "", "has no hints for task " + std::to_string(task),
                  "add `## Task " + std::to_string(task) +
                      " · TestName: what is seen` and a list of three levels"));
  }
  for (const HintBlock& block : result.blocks) {
    if (block.task <= task_count) continue;
    result.problems.push_back(ProblemIn(
        file, block.line, "",
        "has hints for task " + std::to_string(block.task) +
            ", and the manifest has " + std::to_string(task_count) + " tasks",
        "remove them, or add the task to exercise.toml"));
  }
}

}  // namespace workbook

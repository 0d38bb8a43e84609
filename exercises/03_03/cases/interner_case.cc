// SPDX-License-Identifier: Apache-2.0

// What Interner promises, call by call: see tools/support/history. Whatever
// text it gets is overwritten when the call is over.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "03_03/interner.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// Of libstdc++'s hashes of the first two, 32 bits agree.
constexpr const char* kWords[] = {"jayi", "tiuo", "",
                                  "no string holds it inline"};

// Many texts: each a letter, so many times.
struct Series {
  char end;
  std::size_t size;
};
constexpr Series kSeries[] = {{'m', 1}, {'i', 2100}};

class InternerCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 4000;

  void Start(int) {
    Say("Interner interner;");
    In([](auto& interner) { interner.Make(); }, interner_);
    Draw("interner", interner_);
  }

  bool Intern(int word) {
    Say("interner.Intern(\"", kWords[word], "\");");
    InternNow(kWords[word]);
    return true;
  }

  bool InternSeries(int which) {
    const auto [end, size] = kSeries[which];
    if (numbers_.contains(std::string(size, 'a'))) return false;
    Say("for (char c = 'a'; c != '", end, "'; ++c) interner.Intern(",
        "std::string(", size, ", c));");
    for (char c = 'a'; c != end; ++c) InternNow(std::string(size, c));
    return true;
  }

  bool InternPart(int) {
    if (texts_.empty() || texts_.back().text.empty()) return false;
    const auto newest = static_cast<Symbol>(texts_.size() - 1);
    Say("interner.Intern(interner.TextOf(", SymbolText(texts_.size() - 1),
        ").substr(1));");
    InternBy(
        texts_.back().text.substr(1),
        [](auto& interner, Symbol symbol) {
          return interner->Intern(interner->TextOf(symbol).substr(1));
        },
        newest);
    return true;
  }

  // The first `allowed` allocations succeed.
  bool InternWithoutMemory(int allowed) {
    const auto* const word =
        std::find_if(std::begin(kWords), std::end(kWords),
                     [this](auto* text) { return !numbers_.contains(text); });
    if (word == std::end(kWords)) return false;
    Say("try { interner.Intern(\"", *word,
        "\"); } catch (const std::bad_alloc&) {}  // allocation ", allowed + 1,
        " fails");
    RefuseAllocations(static_cast<std::size_t>(allowed) + 1);
    const Thrown thrown =
        In([](auto& interner, std::size_t i) { interner->Intern(kWords[i]); },
           interner_, static_cast<std::size_t>(word - std::begin(kWords)));
    if (thrown == Thrown::kNothing) {
      Remember(*word);
    } else {
      Expect(thrown == Thrown::kBadAlloc, "",
             "without memory Intern must throw std::bad_alloc");
    }
    return true;
  }

  bool InternHuge(int) {
    Say("try { interner.Intern(std::string_view(\"\", std::size_t{1} << 32)); }"
        " catch (const std::length_error&) {}");
    const Thrown thrown = In(
        [](auto& interner) {
          interner->Intern(std::string_view("", std::size_t{1} << 32));
        },
        interner_);
    Expect(thrown == Thrown::kLengthError, "",
           "Intern must refuse a text of 4 GiB by std::length_error");
    return true;
  }

  void Check() {
    const std::size_t size =
        Ask([](auto& interner) { return interner->size(); }, interner_);
    ExpectEqual("interner.size()", size, texts_.size());
    for (std::size_t number = 0; number != size; ++number) CheckText(number);
    for (const Known& known : texts_) CheckFind(known.text);
    for (const char* const word : kWords) CheckFind(word);
    const std::size_t most = bytes_ * 4 / 3 + 48 * size + 8192;
    Expect(arena.LiveBytes() <= most, "", "the interner holds ",
           arena.LiveBytes(), " bytes for ", size, " texts of together ",
           bytes_, " bytes, more than ", most);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& interner) { interner.End(); }, interner_);
  }

  static constexpr CallKind<InternerCase> kCalls[] = {
      {4, &InternerCase::Intern},
      {1, &InternerCase::InternPart},
      {3, &InternerCase::InternWithoutMemory},
      {2, &InternerCase::InternSeries, 2},
      {1, &InternerCase::InternHuge, 2},
  };

 private:
  struct Known {
    std::string text;
    const char* data;  // where it stays; nullptr until it was seen
  };

  static std::string SymbolText(std::size_t number) {
    return Text("Symbol{", number, "}");
  }
  static std::string Quoted(const std::string& text) {
    if (text.size() < 100) return Text("\"", text, "\"");
    return Text("std::string(", text.size(), ", '", text[0], "')");
  }

  void Remember(const std::string& text) {
    numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size()));
    texts_.push_back({text, nullptr});
    bytes_ += text.size();
  }

  void InternNow(const std::string& text) {
    std::string given = text;
    InternBy(
        text,
        [](auto& interner, std::string& shown) {
          const Symbol symbol = interner->Intern(shown);
          std::fill(shown.begin(), shown.end(), '#');
          return symbol;
        },
        given);
  }

  // The call interns what shows `text`.
  template <class F, class Given>
  void InternBy(const std::string& text, F call, Given& given) {
    const auto known = numbers_.find(text);
    const bool is_known = known != numbers_.end();
    const std::size_t expected = is_known ? known->second : texts_.size();
    Symbol symbol{};
    const Thrown thrown = In(&symbol, call, interner_, given);
    const std::size_t most = is_known ? 0 : 3;
    Expect(thrown == Thrown::kNothing, "", "Intern throws");
    const auto number = static_cast<std::uint32_t>(symbol);
    Expect(number == expected,
           Text("static_cast<std::uint32_t>(interner.Intern(", Quoted(text),
                ")) == ", expected, "u"),
           Quoted(text), " gets Symbol ", number, "; expected ", expected);
    Expect(Allocations() <= most, "", "Intern makes ", Allocations(),
           is_known ? " allocations for a text that it knows"
                    : " allocations for a new text",
           "; at most ", most, " are allowed");
    if (!is_known) Remember(text);
  }

  void CheckText(std::size_t number) {
    Known& known = texts_[number];
    const auto [view, data] = Ask(
        [](auto& interner, Symbol symbol) {
          const std::string_view shown = interner->TextOf(symbol);
          return std::pair(shown, shown.data());
        },
        interner_, static_cast<Symbol>(number));
    if (known.data == nullptr) known.data = data;
    const Arena::Piece* const piece = arena.Find(data);
    const bool is_there =
        view.empty() || (piece != nullptr && data == known.data);
    if (is_there && view == known.text) return;
    // The words are made only where they are needed: this runs often.
    const std::string code = Text("interner.TextOf(", SymbolText(number), ")");
    ExpectEqual(code + ".size()", view.size(), known.text.size());
    Expect(piece != nullptr, "", code,
           " is not in memory that the interner allocated: it is the caller's, "
           "or was freed");
    Expect(data == known.data, "", code,
           " has moved: a view that the caller has is no longer good");
    Expect(false, Text(code, " == ", Quoted(known.text)), code, " is not ",
           Quoted(known.text), " any more");
  }

  void CheckFind(const std::string& text) {
    const std::optional<Symbol> found =
        Ask([](auto& interner,
               std::string_view sought) { return interner->Find(sought); },
            interner_, std::string_view(text));
    const auto known = numbers_.find(text);
    std::optional<Symbol> expected;
    if (known != numbers_.end()) expected = static_cast<Symbol>(known->second);
    if (found == expected && Allocations() == 0) return;
    const std::string code = Text("interner.Find(", Quoted(text), ")");
    Expect(expected || !found, Text("!", code), code,
           " finds a text that was never interned");
    Expect(found || !expected, code + ".has_value()", code,
           " finds nothing, and the text is there");
    Expect(found == expected, "", code, " finds another text");
    Expect(false, "", code, " allocates");
  }

  Object<Interner> interner_;
  // The model.
  std::vector<Known> texts_;  // by number
  std::map<std::string, std::uint32_t> numbers_;
  std::size_t bytes_ = 0;  // of all texts
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(InternerCase, "03_03/interner.h", "")

// SPDX-License-Identifier: Apache-2.0

// What Interner promises, call by call: see tools/support/history. Whatever
// text it gets is overwritten when the call is over.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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
  static constexpr std::uint64_t kHistories = 6000;

  void Start(int) {
    Say("Interner interner;");
    In([this] { interner_.Make(); });
    Draw("interner", interner_);
  }

  bool Intern(int word) {
    const std::string name = NewName();
    Say("const Symbol ", name, " = interner.Intern(\"", kWords[word], "\");");
    InternNow(kWords[word], name);
    return true;
  }

  bool InternSeries(int which) {
    const auto [end, size] = kSeries[which];
    if (numbers_.contains(std::string(size, 'a'))) return false;
    Say("for (char c = 'a'; c != '", end, "'; ++c) interner.Intern(",
        "std::string(", size, ", c));");
    for (char c = 'a'; c != end; ++c) InternNow(std::string(size, c), "");
    return true;
  }

  bool InternPart(int) {
    if (texts_.empty() || texts_.back().text.empty()) return false;
    const std::string name = NewName();
    const std::string newest = SymbolText(texts_.size() - 1);
    Say("const Symbol ", name, " = interner.Intern(interner.TextOf(", newest,
        ").substr(1));");
    std::string_view whole;
    In([&] { whole = interner_->TextOf(static_cast<Symbol>(Last())); });
    const std::string part = texts_.back().text.substr(1);
    InternView(whole.substr(1), part, name);
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
    const Thrown thrown = In([&] { interner_->Intern(*word); });
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
    const Thrown thrown = In([this] {
      interner_->Intern(std::string_view("", std::size_t{1} << 32));
    });
    Expect(thrown == Thrown::kLengthError, "",
           "a text of 4 GiB must be refused by std::length_error");
    return true;
  }

  void Check() {
    std::size_t size = 0;
    In([&] { size = interner_->size(); });
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
    In([this] { interner_.End(); });
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

  std::uint32_t Last() const {
    return static_cast<std::uint32_t>(texts_.size() - 1);
  }
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

  void InternNow(const std::string& text, const std::string& name) {
    std::string given = text;
    InternView(given, text, name);
    std::fill(given.begin(), given.end(), '#');
  }

  // `view` shows `text`; the Symbol has a name in the program, or none.
  void InternView(std::string_view view, const std::string& text,
                  const std::string& name) {
    const auto known = numbers_.find(text);
    const bool is_known = known != numbers_.end();
    const std::size_t expected = is_known ? known->second : texts_.size();
    Symbol symbol{};
    const Thrown thrown = In([&] { symbol = interner_->Intern(view); });
    const std::size_t most = is_known ? 0 : 3;
    Expect(thrown == Thrown::kNothing, "", "Intern throws");
    const auto number = static_cast<std::uint32_t>(symbol);
    Expect(number == expected,
           name.empty() ? ""
                        : Text("static_cast<std::uint32_t>(", name,
                               ") == ", expected, "u"),
           Quoted(text), " gets Symbol ", number, "; expected ", expected);
    Expect(Allocations() <= most, "", "Intern makes ", Allocations(),
           " allocations for a text that is ", is_known ? "known" : "new",
           "; at most ", most, " are allowed");
    if (!is_known) Remember(text);
  }

  void CheckText(std::size_t number) {
    Known& known = texts_[number];
    const std::string code = Text("interner.TextOf(", SymbolText(number), ")");
    std::string_view view;
    In([&] { view = interner_->TextOf(static_cast<Symbol>(number)); });
    ExpectEqual(code + ".size()", view.size(), known.text.size());
    if (view.empty()) return;
    if (known.data == nullptr) known.data = view.data();
    const Arena::Piece* const piece = arena.Find(view.data());
    Expect(piece != nullptr, "", code,
           " is not in memory that the interner allocated: it is the caller's, "
           "or was freed");
    Expect(view.data() == known.data, "", code,
           " has moved: a view that the caller has is no longer good");
    const std::byte* const end = piece->begin + piece->bytes;
    Expect(reinterpret_cast<const std::byte*>(view.data() + view.size()) <= end,
           "", code, " ends behind the memory that it is in");
    Expect(view == known.text, Text(code, " == ", Quoted(known.text)), code,
           " is not ", Quoted(known.text), " any more");
  }

  void CheckFind(const std::string& text) {
    const std::string code = Text("interner.Find(", Quoted(text), ")");
    std::optional<Symbol> found;
    In([&] { found = interner_->Find(text); });
    const std::size_t allocations = Allocations();
    const auto known = numbers_.find(text);
    if (known == numbers_.end()) {
      Expect(!found, Text("!", code), code,
             " finds a text that was never interned");
    } else {
      Expect(found.has_value(), Text(code, ".has_value()"), code,
             " finds nothing, and the text is there");
      Expect(static_cast<std::uint32_t>(*found) == known->second,
             Text(code, " == ", SymbolText(known->second)), code, " is Symbol ",
             static_cast<std::uint32_t>(*found), "; expected ", known->second);
    }
    Expect(allocations == 0, "", code, " allocates");
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

#include "tools/workbook/xml_reader.h"

#include <cctype>
#include <charconv>

namespace workbook::cli {
namespace {

constexpr int kMaxDepth = 32;

void AppendUtf8(unsigned long code, std::string& out) {
  const auto put = [&out](unsigned long byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | ((code >> 18) & 0x07));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// Appends what "&entity;" stands for; an unknown one stays as it is.
void AppendEntity(std::string_view entity, std::string& out) {
  if (entity == "lt") {
    out += '<';
  } else if (entity == "gt") {
    out += '>';
  } else if (entity == "amp") {
    out += '&';
  } else if (entity == "quot") {
    out += '"';
  } else if (entity == "apos") {
    out += '\'';
  } else if (entity.starts_with('#')) {
    const bool hexadecimal = entity.starts_with("#x");
    const std::string_view digits = entity.substr(hexadecimal ? 2 : 1);
    unsigned long code = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code,
                    hexadecimal ? 16 : 10);
    AppendUtf8(code, out);
  } else {
    out.append("&").append(entity).append(";");
  }
}

std::string Decode(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t amp = text.find('&');
    out.append(text.substr(0, amp));
    if (amp == std::string_view::npos) break;
    text.remove_prefix(amp + 1);
    const size_t end = text.find(';');
    if (end == std::string_view::npos) return out.append("&").append(text);
    AppendEntity(text.substr(0, end), out);
    text.remove_prefix(end + 1);
  }
  return out;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::optional<XmlElement> ParseDocument() {
    for (;;) {
      SkipSpace();
      if (SkipBetween("<?", "?>") || SkipBetween("<!--", "-->") ||
          SkipBetween("<!", ">")) {
        continue;
      }
      XmlElement root;
      if (!ParseElement(0, root)) return std::nullopt;
      return root;
    }
  }

 private:
  bool Skip(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  bool SkipBetween(std::string_view open, std::string_view close) {
    if (!rest_.starts_with(open)) return false;
    const size_t end = rest_.find(close, open.size());
    if (end == std::string_view::npos) return false;
    rest_.remove_prefix(end + close.size());
    return true;
  }

  void SkipSpace() {
    while (!rest_.empty() &&
           std::isspace(static_cast<unsigned char>(rest_.front())) != 0) {
      rest_.remove_prefix(1);
    }
  }

  std::string ParseName() {
    const size_t end = rest_.find_first_of(" \t\r\n=/><");
    std::string name(rest_.substr(0, end));
    rest_.remove_prefix(name.size());
    return name;
  }

  bool ParseAttribute(XmlElement& element) {
    const std::string name = ParseName();
    SkipSpace();
    if (name.empty() || !Skip("=")) return false;
    SkipSpace();
    if (rest_.empty()) return false;
    const char quote = rest_.front();
    if (quote != '"' && quote != '\'') return false;
    const size_t end = rest_.find(quote, 1);
    if (end == std::string_view::npos) return false;
    element.attributes[name] = Decode(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool ParseElement(int depth, XmlElement& element) {
    if (depth > kMaxDepth || !Skip("<")) return false;
    element.name = ParseName();
    if (element.name.empty()) return false;
    for (;;) {
      SkipSpace();
      if (Skip("/>")) return true;
      if (Skip(">")) return ParseContent(depth, element);
      if (!ParseAttribute(element)) return false;
    }
  }

  bool ParseContent(int depth, XmlElement& element) {
    constexpr std::string_view kCdata = "<![CDATA[";
    for (;;) {
      const size_t open = rest_.find('<');
      if (open == std::string_view::npos) return false;
      element.text += Decode(rest_.substr(0, open));
      rest_.remove_prefix(open);
      if (SkipBetween("<!--", "-->")) continue;
      if (rest_.starts_with(kCdata)) {
        const size_t end = rest_.find("]]>");
        if (end == std::string_view::npos) return false;
        element.text += rest_.substr(kCdata.size(), end - kCdata.size());
        rest_.remove_prefix(end + 3);
        continue;
      }
      if (Skip("</")) {
        if (ParseName() != element.name) return false;
        SkipSpace();
        return Skip(">");
      }
      if (!ParseElement(depth + 1, element.children.emplace_back())) {
        return false;
      }
    }
  }

  std::string_view rest_;
};

}  // namespace

std::string XmlElement::Attribute(const std::string& attribute_name) const {
  const auto found = attributes.find(attribute_name);
  return found == attributes.end() ? std::string() : found->second;
}

std::optional<XmlElement> ParseXml(std::string_view text) {
  return Parser(text).ParseDocument();
}

}  // namespace workbook::cli

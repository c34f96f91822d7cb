// SPDX-License-Identifier: Apache-2.0
#include "lab/file/document.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "lab/file/node.h"

namespace aula::lab {

namespace {

using Json = nlohmann::json;

/// "line 3, column 14" of a byte; columns count characters, as editors do.
std::string placeOf(std::string_view text, std::size_t byte) {
  byte = std::min(byte, text.size());
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i < byte; ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++column;
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// Without the quotes, but made harmless for a terminal.
std::string shown(std::string_view text) {
  std::string out = core::quoted(text, 200);
  return out.substr(1, out.size() - 2);
}

/// Builds the tree while nlohmann's parser, which keeps no stack of its own on ours, walks the text.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Builder(std::string_view text, Diagnostics& diagnostics) : text_(text), diagnostics_(diagnostics) {}

  [[nodiscard]] Value take() { return std::move(root_); }
  [[nodiscard]] const std::string& problem() const { return problem_; }

  bool null() override { return add(Value{}); }
  bool boolean(bool value) override {
    Value made;
    made.kind = Value::Kind::boolean;
    made.boolean = value;
    return add(std::move(made));
  }
  bool number_integer(number_integer_t value) override {
    Value made;
    made.kind = Value::Kind::number;
    made.isWhole = true;
    made.whole = value;
    made.number = double(value);
    return add(std::move(made));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value <= number_unsigned_t(std::numeric_limits<number_integer_t>::max())) {
      return number_integer(number_integer_t(value));
    }
    return number_float(double(value), {});
  }
  bool number_float(number_float_t value, const string_t&) override {
    Value made;
    made.kind = Value::Kind::number;
    made.number = value;
    return add(std::move(made));
  }
  bool string(string_t& value) override {
    if (value.size() > DocumentLimits::kStringBytes) return fail("a text is longer than 64 KiB");
    Value made;
    made.kind = Value::Kind::text;
    made.text = std::move(value);
    return add(std::move(made));
  }
  bool binary(binary_t&) override { return fail("binary data do not belong in a lab file"); }

  bool start_object(std::size_t) override { return open(Value::Kind::object); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Value::Kind::array); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    if (value.size() > 256) {
      problem_ = "the key " + core::quoted(value, 30) + " is longer than 256 bytes";
      return false;
    }
    keys_.back() = std::move(value);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const Json::exception& exception) override {
    const std::size_t byte = position > 0 ? position - 1 : 0;
    problem_ = placeOf(text_, byte) + ": " + explain(exception, byte);
    return false;
  }

 private:
  [[nodiscard]] std::string path() const {
    std::string path;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (open_[i].kind == Value::Kind::array) {
        path += "[" + std::to_string(open_[i].elements.size()) + "]";
      } else {
        path = joinPath(path, keys_[i]);
      }
    }
    return path;
  }

  bool fail(const std::string& what) {
    const std::string place = path();
    problem_ = place.empty() ? what : place + ": " + what;
    return false;
  }

  bool add(Value&& value) {
    if (++values_ > DocumentLimits::kValues) {
      return fail("the file holds more than " + std::to_string(DocumentLimits::kValues) + " values");
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Value& parent = open_.back();
    if (parent.kind == Value::Kind::array) {
      if (parent.elements.size() >= DocumentLimits::kElements) {
        return fail("an array holds more than " + std::to_string(DocumentLimits::kElements) + " entries");
      }
      parent.elements.push_back(std::move(value));
      return true;
    }
    const std::string& key = keys_[open_.size() - 1];
    if (parent.find(key) != nullptr) {
      diagnostics_.error(path(), "this key stands twice in the same object; remove one");
      return true;
    }
    if (parent.members.size() >= DocumentLimits::kMembers) {
      return fail("an object holds more than " + std::to_string(DocumentLimits::kMembers) + " keys");
    }
    parent.members.push_back({key, std::move(value)});
    return true;
  }

  bool open(Value::Kind kind) {
    if (open_.size() >= std::size_t(DocumentLimits::kDepth)) {
      problem_ =
          "objects and arrays are nested deeper than " + std::to_string(DocumentLimits::kDepth) + " levels";
      return false;
    }
    Value made;
    made.kind = kind;
    open_.push_back(std::move(made));
    keys_.emplace_back();
    return true;
  }

  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(done));
  }

  /// nlohmann's message without its prefix, and in our words where a common slip is behind it.
  [[nodiscard]] std::string explain(const Json::exception& exception, std::size_t byte) const {
    std::string what = exception.what();
    if (exception.id == 406) {
      const auto quote = what.find('\'');
      const std::string number = quote == std::string::npos ? "" : what.substr(quote);
      return "the number " + shown(number) + " is too large";
    }
    for (const std::string_view word : {"NaN", "nan", "-Infinity", "Infinity", "inf"}) {
      // The reader may stand on the word's first letter or on the first one that surprised it.
      for (std::size_t back = 0; back <= 3 && back <= byte; ++back) {
        if (text_.substr(byte - back).starts_with(word)) {
          return "this is not valid JSON: " + std::string(word) + " is not a number a lab file may hold";
        }
      }
    }
    const char found = byte < text_.size() ? text_[byte] : '\0';
    if (found == '\'')
      return "this is not valid JSON: texts stand between double quotes (\"), not single ones";
    if (found == '/')
      return "this is not valid JSON: there are no comments in it; a key \"comment\" may stand in any object";
    const auto first = text_.find_first_not_of(" \t\r\n");
    if (byte <= first && found != '\0')
      return "a lab file is JSON and begins with {; " +
             core::quoted(text_.substr(first, text_.find_first_of("\r\n", first) - first), 12) +
             " stands here";
    for (const auto& [wrong, right] : {std::pair{"True", "true"}, {"False", "false"}, {"None", "null"}}) {
      if (text_.substr(byte).starts_with(wrong))
        return "this is not valid JSON: " + std::string(wrong) + " is written " + right + " in it";
    }
    const std::string expected = exception.what();
    if (expected.ends_with("expected string literal") &&
        (std::isalpha(static_cast<unsigned char>(found)) != 0 || found == '_'))
      return "this is not valid JSON: keys stand between double quotes, {\"key\": value}";
    const auto before = byte > 0 ? text_.find_last_not_of(" \t\r\n", byte - 1) : std::string_view::npos;
    if ((found == '}' || found == ']') && before != std::string_view::npos && text_[before] == ',') {
      return "this is not valid JSON: a comma stands before the closing bracket; remove it";
    }
    if (const auto dash = what.find(" - "); dash != std::string::npos) what = what.substr(dash + 3);
    if (what.starts_with("unexpected end of input")) return "the text ends too early: " + shown(what);
    return "this is not valid JSON: " + shown(what);
  }

  std::string_view text_;
  Diagnostics& diagnostics_;
  Value root_;
  std::vector<Value> open_;        ///< Objects and arrays not yet closed, outermost first.
  std::vector<std::string> keys_;  ///< For each of them the key being read.
  std::size_t values_ = 0;
  std::string problem_;
};

/// By its mark, or by the zero bytes between plain letters.
bool isUtf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0') && (text[0] == '{' || text[1] == '{');
}

}  // namespace

const Value* Value::find(const std::string& key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

const Value& emptyObject() {
  static const Value value = [] {
    Value made;
    made.kind = Value::Kind::object;
    return made;
  }();
  return value;
}

std::string describe(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return value.boolean ? "true" : "false";
    case Value::Kind::number:
      return "the number " + (value.isWhole ? std::to_string(value.whole) : Json(value.number).dump());
    case Value::Kind::text:
      return "the text " + core::quoted(value.text, 40);
    case Value::Kind::array:
      return "an array";
    case Value::Kind::object:
      return "an object";
  }
  return "";
}

std::string joinPath(const std::string& parent, const std::string& key) {
  const bool isPlain = !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '$';
  });
  if (!isPlain) return parent + "[" + core::quoted(key, 40) + "]";
  return parent.empty() ? key : parent + "." + key;
}

Value parseDocument(const std::string& json, const std::string& name, Diagnostics& diagnostics) {
  if (json.size() > DocumentLimits::kBytes) throw core::inputError(name + ": the file is larger than 4 MiB");
  if (json.find_first_not_of(" \t\r\n") == std::string::npos)
    throw core::inputError(name + ": the file is empty");
  if (isUtf16(json)) throw core::inputError(name + ": the text is UTF-16; save the file in UTF-8");
  if (const auto byte = core::invalidUtf8At(json)) {
    if (json[json.find_first_not_of(" \t\r\n")] != '{' && *byte < 4)
      throw core::inputError(name + ": this is no text; a lab file is JSON in UTF-8 and begins with {");
    throw core::inputError(name + ": " + placeOf(json, *byte) +
                           ": the text is not UTF-8; save the file in UTF-8");
  }
  Builder builder(json, diagnostics);
  const bool isRead = Json::sax_parse(json, &builder, nlohmann::detail::input_format_t::json, true, false);
  if (!isRead) throw core::inputError(name + ": " + builder.problem());
  return builder.take();
}

}  // namespace aula::lab

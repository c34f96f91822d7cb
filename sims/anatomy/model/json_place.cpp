// SPDX-License-Identifier: Apache-2.0
#include "anatomy/model/json_place.h"

#include <array>
#include <optional>

#include "core/error.h"
#include "core/text.h"

namespace aula::anatomy {

namespace {

constexpr std::size_t kMaximumTextBytes = 4096;
constexpr std::array<const char*, 4> kLanguages{"en", "zh", "fr", "es"};

std::string describe(const Json& value) {
  if (value.is_string()) return "the text " + core::quoted(value.get_ref<const std::string&>(), 40);
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  if (value.is_null()) return "null";
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  return "the number " + value.dump();
}

std::string joined(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

/// Says why a text is not one that can be shown, if so.
std::optional<std::string> faultOf(const std::string& text) {
  if (text.empty()) return "the text is empty";
  if (text.size() > kMaximumTextBytes) return "the text is longer than 4096 bytes";
  if (text.front() == ' ' || text.back() == ' ') return "the text begins or ends with a space";
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return "the text " + core::quoted(text, 40) + " holds a control character";
  return std::nullopt;
}

}  // namespace

Json parseJson(const std::string& text, const std::string& name) {
  if (text.size() > kMaximumAtlasBytes) throw core::inputError(name + ": the file is larger than 4 MiB");
  if (core::invalidUtf8At(text)) throw core::inputError(name + ": the text is not UTF-8");
  std::vector<std::set<std::string>> keys;
  std::string fault;
  // Returning true keeps everything; what is wrong is remembered and said afterwards.
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > kMaximumAtlasDepth && fault.empty())
      fault = "objects and arrays are nested deeper than " + std::to_string(kMaximumAtlasDepth) + " levels";
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && fault.empty()) {
      const auto& key = value.get_ref<const std::string&>();
      if (!keys.back().insert(key).second)
        fault = "the key " + core::quoted(key, 60) + " stands twice in the same object; remove one";
    }
    // Deeper levels are not built: a file of brackets alone shall cost nothing.
    return fault.empty();
  };
  Json document;
  try {
    document = Json::parse(text, watch);
  } catch (const Json::parse_error& error) {
    if (!fault.empty()) throw core::inputError(name + ": " + fault);
    std::string what = error.what();
    if (const auto at = what.find("parse error at "); at != std::string::npos) what = what.substr(at + 15);
    throw core::inputError(name + ": this is not valid JSON: " + core::quoted(what, 200));
  } catch (const Json::exception& error) {
    throw core::inputError(name + ": this is not valid JSON: " + core::quoted(error.what(), 200));
  }
  if (!fault.empty()) throw core::inputError(name + ": " + fault);
  if (!document.is_object())
    throw core::inputError(name + ": the file must be an object, this is " + describe(document));
  return document;
}

JsonPlace::JsonPlace(const Json& value, std::string path, lab::Diagnostics& diagnostics)
    : value_(&value), path_(std::move(path)), diagnostics_(&diagnostics), asked_{"comment"} {}

const Json* JsonPlace::find(const std::string& key) const {
  asked_.insert(key);
  if (!value_->is_object()) return nullptr;
  const auto found = value_->find(key);
  return found == value_->end() ? nullptr : &*found;
}

void JsonPlace::errorAt(const std::string& key, const std::string& message) const {
  diagnostics_->error(joined(path_, key), message);
}

bool JsonPlace::has(const std::string& key) const {
  return find(key) != nullptr;
}

std::vector<std::string> JsonPlace::keys() const {
  std::vector<std::string> keys;
  if (value_->is_object())
    for (const auto& [key, value] : value_->items())
      if (key != "comment") keys.push_back(key);
  return keys;
}

bool JsonPlace::isReadable(const std::string& key, const Json& value, const std::string& what) const {
  if (!value.is_string()) {
    errorAt(key, what + " is needed, this is " + describe(value));
    return false;
  }
  if (const auto fault = faultOf(value.get_ref<const std::string&>())) {
    errorAt(key, *fault);
    return false;
  }
  return true;
}

std::string JsonPlace::text(const std::string& key) const {
  const Json* value = find(key);
  if (value == nullptr) {
    errorAt(key, "this key is missing");
    return {};
  }
  return isReadable(key, *value, "a text") ? value->get<std::string>() : std::string();
}

std::string JsonPlace::text(const std::string& key, const std::string& fallback) const {
  return has(key) ? text(key) : fallback;
}

std::vector<std::string> JsonPlace::texts(const std::string& key) const {
  std::vector<std::string> list;
  const Json* value = find(key);
  if (value == nullptr) return list;
  if (!value->is_array()) {
    errorAt(key, "an array of texts is needed, this is " + describe(*value));
    return list;
  }
  for (std::size_t i = 0; i < value->size(); ++i)
    if (isReadable(key + "[" + std::to_string(i) + "]", (*value)[i], "a text"))
      list.push_back((*value)[i].get<std::string>());
  return list;
}

int JsonPlace::integer(const std::string& key, int lower, int upper) const {
  const Json* value = find(key);
  if (value == nullptr) {
    errorAt(key, "this key is missing");
    return lower;
  }
  if (!value->is_number_integer() || *value < lower || *value > upper) {
    errorAt(key, "a whole number from " + std::to_string(lower) + " to " + std::to_string(upper) +
                     " is needed, this is " + describe(*value));
    return lower;
  }
  return value->get<int>();
}

bool JsonPlace::boolean(const std::string& key, bool fallback) const {
  const Json* value = find(key);
  if (value == nullptr) return fallback;
  if (!value->is_boolean()) {
    errorAt(key, "true or false is needed, this is " + describe(*value));
    return fallback;
  }
  return value->get<bool>();
}

lab::LocalText JsonPlace::words(const std::string& key) const {
  lab::LocalText words;
  const JsonPlace place = child(key);
  if (!place.isObject()) return words;
  for (const char* language : kLanguages) words.byLanguage[language] = place.text(language);
  place.reportUnknownKeys();
  return words;
}

JsonPlace JsonPlace::child(const std::string& key) const {
  static const Json absent;
  const Json* value = find(key);
  if (value == nullptr) {
    errorAt(key, "this key is missing");
    return {absent, joined(path_, key), *diagnostics_};
  }
  if (!value->is_object()) {
    errorAt(key, "an object is needed, this is " + describe(*value));
    return {absent, joined(path_, key), *diagnostics_};
  }
  return {*value, joined(path_, key), *diagnostics_};
}

void JsonPlace::reportUnknownKeys() const {
  for (const std::string& key : keys()) {
    if (asked_.contains(key)) continue;
    std::vector<std::string> known(asked_.begin(), asked_.end());
    std::erase(known, "comment");
    const auto nearest = core::nearestWord(key, known);
    error("the key " + core::quoted(key, 40) + " is not known here" +
          (nearest ? "; did you mean \"" + *nearest + "\"?" : "; allowed are " + core::listed(known, "and")));
  }
}

}  // namespace aula::anatomy

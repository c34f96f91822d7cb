// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "lab/file/node.h"

/// Reading the atlas' files with every problem reported at its place. For anatomy/model and anatomy/import.
namespace aula::anatomy {

using Json = nlohmann::ordered_json;

inline constexpr std::size_t kMaximumAtlasBytes = 4u << 20U;
inline constexpr int kMaximumAtlasDepth = 16;

/// A file's text as JSON: an object without keys that stand twice. Throws core::Error (input) that begins
/// with `name`.
[[nodiscard]] Json parseJson(const std::string& text, const std::string& name);

/// An object somewhere in a file. A problem goes to the diagnostics, and a harmless value comes back, so that
/// the next problem is found as well.
class JsonPlace {
 public:
  JsonPlace(const Json& value, std::string path, lab::Diagnostics& diagnostics);

  [[nodiscard]] bool isObject() const { return value_->is_object(); }
  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] std::vector<std::string> keys() const;           ///< "comment" left out.
  [[nodiscard]] std::string text(const std::string& key) const;  ///< Must be there.
  [[nodiscard]] std::string text(const std::string& key, const std::string& fallback) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& key) const;  ///< Absent: none.
  [[nodiscard]] int integer(const std::string& key, int lower, int upper) const;
  [[nodiscard]] bool boolean(const std::string& key, bool fallback) const;
  /// A text in all four languages; must be there.
  [[nodiscard]] lab::LocalText words(const std::string& key) const;
  [[nodiscard]] JsonPlace child(const std::string& key) const;  ///< Missing ones are reported.

  void error(const std::string& message) const { diagnostics_->error(path_, message); }
  void errorAt(const std::string& key, const std::string& message) const;
  /// Reports keys that nothing has asked for, with the nearest that something has.
  void reportUnknownKeys() const;

 private:
  [[nodiscard]] const Json* find(const std::string& key) const;  ///< Null when absent; remembers the key.
  [[nodiscard]] bool isReadable(const std::string& key, const Json& value, const std::string& text) const;
  const Json* value_;
  std::string path_;
  lab::Diagnostics* diagnostics_;
  mutable std::set<std::string> asked_;
};

}  // namespace aula::anatomy

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "anatomy/kind/kinds.h"
#include "fdtd/fdtd.h"
#include "lab/lab.h"
#include "lab/session/checked_lab.h"
#include "molecular/molecular.h"

/// The schema, which editors read, against the parsers, which decide: at every place of the shipped labs and
/// of corpus/, whose files are there to use every key and every kind, the keys that a parser asks for are
/// those the schema lists.
namespace aula::lab {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Keys = std::set<std::string>;

const fs::path kSource = AULA_SOURCE_DIR;

json readJson(const fs::path& file) {
  std::ifstream stream(file);
  return json::parse(stream);
}

std::vector<fs::path> labs() {
  std::vector<fs::path> files{kSource / "tests/unit/lab_file/right.lab.json"};
  for (const char* folder : {"labs", "tests/unit/lab_schema/corpus"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / folder)) {
      if (entry.path().filename().string().ends_with(".lab.json")) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The part of the schema that stands for `value`: references followed, the alternative chosen that the
/// value's type, kind, shape and required keys fit.
struct Schema {
  const json* node = nullptr;  ///< Null: the schema does not look inside.
  std::string pointer;         ///< Where it stands in the schema.
  Keys alternatives;           ///< Keys of the other ways to write it, by which a parser tells them apart.
};

class Walker {
 public:
  explicit Walker(const json& schema) : schema_(schema) {}

  /// Notes the keys asked for at each object below `value`; what the schema does not know goes to `unknown`.
  void walk(const json& value, Schema at, const std::string& place,
            const std::map<std::string, Keys>& asked) {
    at = resolve(value, at);
    if (at.node == nullptr) return;
    if (value.is_array() && at.node->contains("items")) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        walk(value[i], {&at.node->at("items"), at.pointer + "/items", {}},
             place + "[" + std::to_string(i) + "]", asked);
      }
    }
    if (!value.is_object()) return;
    const json none = json::object();
    const json& properties = at.node->contains("properties") ? at.node->at("properties") : none;
    const bool isOpen =
        at.node->contains("additionalProperties") && at.node->at("additionalProperties").is_object();
    const auto found = asked.find(place);
    if (found != asked.end()) {
      for (const std::string& key : found->second) {
        if (properties.contains(key)) {
          seen[at.pointer].insert(key);
        } else if (!isOpen && !at.alternatives.contains(key)) {
          unknown.insert(at.pointer + ": " + key);
        }
      }
    }
    for (const auto& [key, member] : value.items()) {
      const std::string below = place.empty() ? key : place + "." + key;
      if (properties.contains(key)) {
        walk(member, {&properties.at(key), at.pointer + "/properties/" + key, {}}, below, asked);
      } else if (isOpen) {
        walk(member, {&at.node->at("additionalProperties"), at.pointer + "/additionalProperties", {}}, below,
             asked);
      }
    }
  }

  std::map<std::string, Keys> seen;
  Keys unknown;

 private:
  [[nodiscard]] Schema resolve(const json& value, Schema at) const {
    while (true) {
      if (at.node->contains("$ref")) {
        const std::string target = at.node->at("$ref").get<std::string>().substr(1);
        at = {&schema_.at(json::json_pointer(target)), target, {}};
      } else if (at.node->contains("allOf")) {
        at = {&at.node->at("allOf").at(0), at.pointer + "/allOf/0", {}};
      } else if (!at.node->contains("properties") &&
                 (at.node->contains("oneOf") || at.node->contains("anyOf"))) {
        const char* word = at.node->contains("oneOf") ? "oneOf" : "anyOf";
        at = choose(value, at.node->at(word), at.pointer + "/" + word);
        if (at.node == nullptr) return at;
      } else {
        return at;
      }
    }
  }

  [[nodiscard]] Schema choose(const json& value, const json& alternatives, const std::string& pointer) const {
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      const Schema inner = resolve(value, {&alternatives[i], pointer + "/" + std::to_string(i), {}});
      if (inner.node == nullptr || !fits(value, *inner.node)) continue;
      if (!pointer.ends_with("/anyOf")) return inner;
      Schema chosen = inner;
      for (const json& other : alternatives) {
        const json properties = other.value("properties", json::object());
        for (const auto& [key, property] : properties.items()) {
          chosen.alternatives.insert(key);
        }
      }
      return chosen;
    }
    return {};
  }

  static bool fits(const json& value, const json& node) {
    if (!value.is_object()) return node.value("type", "") == "array" && value.is_array();
    if (node.value("type", "") != "object") return false;
    for (const json& key : node.value("required", json::array())) {
      if (!value.contains(key.get<std::string>())) return false;
    }
    for (const auto& [key, property] : node.at("properties").items()) {
      if (property.contains("const") && value.value(key, json()) != property.at("const")) return false;
    }
    return true;
  }

  const json& schema_;
};

/// Every object of the schema that lists keys, by its place there.
void listObjects(const json& node, const std::string& pointer, std::map<std::string, Keys>& all) {
  if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i)
      listObjects(node[i], pointer + "/" + std::to_string(i), all);
  }
  if (!node.is_object()) return;
  if (node.contains("properties")) {
    for (const auto& [key, property] : node.at("properties").items()) {
      // Remarks, which nobody reads.
      if (key != "comment" && key != "$schema") all[pointer].insert(key);
    }
  }
  for (const auto& [key, member] : node.items()) listObjects(member, pointer + "/" + key, all);
}

TEST(SchemaKeys, AreTheKeysThatParsersAskFor) {
  const json schema = readJson(kSource / "labs/schema/lab.schema.json");
  Registry registry;
  registry.add(fdtd::makeFdtdKind());
  registry.add(molecular::makeMolecularKind());
  anatomy::addKinds(registry);
  Walker walker(schema);
  for (const fs::path& file : labs()) {
    const auto lab = Lab::read(file);
    ASSERT_NO_THROW((void)checkLab(lab, registry)) << file;
    walker.walk(readJson(file), {&schema, "", {}}, "", lab->askedKeys());
  }
  for (const std::string& key : walker.unknown) ADD_FAILURE() << "read, but not in the schema: " << key;
  std::map<std::string, Keys> listed;
  listObjects(schema, "", listed);
  ASSERT_GE(listed.size(), 40U);
  for (const auto& [pointer, keys] : listed) {
    for (const std::string& key : keys) {
      EXPECT_TRUE(walker.seen[pointer].contains(key))
          << "in the schema, but never read: " << pointer << ": " << key;
    }
  }
}

}  // namespace
}  // namespace aula::lab

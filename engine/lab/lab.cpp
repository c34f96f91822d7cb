// SPDX-License-Identifier: Apache-2.0
#include "lab/lab.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/assert.h"
#include "core/error.h"
#include "core/text.h"
#include "lab/file/lab_parser.h"
#include "lab/file/place.h"

namespace aula::lab {

namespace {

std::string readFile(const std::filesystem::path& file) {
  std::error_code problem;
  const auto status = std::filesystem::status(file, problem);
  if (!std::filesystem::exists(status)) throw core::inputError(file.string() + ": there is no such file");
  if (std::filesystem::is_directory(status)) {
    throw core::inputError(file.string() + ": this is a folder; name the .lab.json file in it");
  }
  if (!std::filesystem::is_regular_file(status))
    throw core::inputError(file.string() + ": this is no ordinary file");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw core::inputError(file.string() + ": cannot be opened: " + std::strerror(errno));
  // One byte more than allowed is enough to know that it is too much.
  std::string text(DocumentLimits::kBytes + 1, '\0');
  stream.read(text.data(), std::streamsize(text.size()));
  text.resize(std::size_t(stream.gcount()));
  if (stream.bad()) throw core::Error(file.string() + ": cannot be read: " + std::strerror(errno));
  return text;
}

std::string idOf(const std::filesystem::path& file) {
  std::string name = file.filename().string();
  for (const char* ending : {".lab.json", ".json"}) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - std::strlen(ending));
  }
  return name;
}

/// Every key below `value` that no reader asked for. An object whose reader never came (it stopped at an
/// earlier mistake) is left alone.
void reportUnused(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < value.elements.size(); ++i) {
    reportUnused(value.elements[i], path + "[" + std::to_string(i) + "]", diagnostics);
  }
  if (value.asked.empty() || value.isUnreadable) return;
  for (const Value::Member& member : value.members) {
    if (member.key == "comment" || member.key == "$schema") continue;
    const std::string place = joinPath(path, member.key);
    if (value.asked.contains(member.key)) {
      reportUnused(member.value, place, diagnostics);
      continue;
    }
    std::string message = "unknown key";
    const std::vector<std::string> known(value.asked.begin(), value.asked.end());
    if (const auto near = core::nearestWord(member.key, known)) {
      message += "; did you mean \"" + *near + "\"?";
    } else if (known.size() <= 16) {
      message += "; known here: " + core::listed(known, "and");
    }
    diagnostics.error(place, message);
  }
}

void collectAsked(const Value& value, const std::string& path,
                  std::map<std::string, std::set<std::string>>& all) {
  if (!value.asked.empty()) all[path] = value.asked;
  for (std::size_t i = 0; i < value.elements.size(); ++i) {
    collectAsked(value.elements[i], path + "[" + std::to_string(i) + "]", all);
  }
  for (const Value::Member& member : value.members) {
    collectAsked(member.value, joinPath(path, member.key), all);
  }
}

}  // namespace

std::shared_ptr<const Lab> Lab::readText(const std::string& json, const std::string& name,
                                         const std::vector<std::pair<std::string, std::string>>& settings) {
  const std::shared_ptr<Lab> lab(new Lab);
  lab->file_ = name;
  lab->id_ = idOf(lab->file_);
  lab->sourceText_ = json;
  lab->settings_ = settings;
  lab->diagnostics_ = std::make_shared<Diagnostics>(name);
  LabParser(*lab).parse(json, name, settings, {});
  return lab;
}

std::shared_ptr<const Lab> Lab::withKnobs(const KnobValues& turned) const {
  const std::shared_ptr<Lab> lab(new Lab);
  lab->file_ = file_;
  lab->id_ = id_;
  lab->sourceText_ = sourceText_;
  lab->settings_ = settings_;
  lab->turned_ = turned_;
  for (const auto& [name, value] : turned) {
    std::erase_if(lab->turned_, [&knob = name](const auto& earlier) { return earlier.first == knob; });
    lab->turned_.emplace_back(name, value);
  }
  lab->diagnostics_ = std::make_shared<Diagnostics>(file_.string());
  LabParser(*lab).parse(sourceText_, file_.string(), settings_, lab->turned_);
  return lab;
}

std::shared_ptr<const Lab> Lab::read(const std::filesystem::path& file,
                                     const std::vector<std::pair<std::string, std::string>>& settings) {
  return readText(readFile(file), file.string(), settings);
}

std::shared_ptr<const Lab> Lab::load(const std::filesystem::path& file,
                                     const std::vector<std::pair<std::string, std::string>>& settings) {
  auto lab = read(file, settings);
  lab->diagnostics().throwIfErrors();
  return lab;
}

std::shared_ptr<const Lab> Lab::parse(const std::string& json, const std::string& name,
                                      const std::vector<std::pair<std::string, std::string>>& settings) {
  auto lab = readText(json, name, settings);
  lab->diagnostics().throwIfErrors();
  return lab;
}

Node Lab::root() const {
  const auto document = std::static_pointer_cast<LabDocument>(document_);
  AULA_ASSERT(document != nullptr);
  return Node(std::make_shared<Node::Place>(Node::Place{document, &document->root, "", false}));
}

Node Lab::simulation() const {
  return root().child("simulation");
}

Node Lab::scene() const {
  const Node top = root();
  if (const auto scene = top.optionalChild("scene")) return *scene;
  return Node(
      std::make_shared<Node::Place>(Node::Place{top.place_->document, &emptyObject(), "scene", false}));
}

std::vector<std::pair<std::string, Node>> Lab::instruments() const {
  return root().members("instruments");
}

std::optional<Node> Lab::answer(const std::string& activity) const {
  for (const Node& node : root().children("activities"))
    if (node.text("id") == activity) return node.optionalChild("answer");
  return std::nullopt;
}

void Lab::reportUnusedKeys() const {
  const auto document = std::static_pointer_cast<LabDocument>(document_);
  reportUnused(document->root, "", *diagnostics_);
}

std::map<std::string, std::set<std::string>> Lab::askedKeys() const {
  std::map<std::string, std::set<std::string>> all;
  collectAsked(std::static_pointer_cast<LabDocument>(document_)->root, "", all);
  return all;
}

}  // namespace aula::lab

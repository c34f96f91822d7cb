// SPDX-License-Identifier: Apache-2.0
#include "app/output_folder.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/text.h"

namespace aula::app {

namespace fs = std::filesystem;

OutputFolder::OutputFolder(fs::path path, const std::string& labId) : path_(std::move(path)) {
  // Whose results are these? A summary that cannot be read is nobody's.
  const fs::path summary = path_ / "summary.json";
  std::error_code ignored;
  if (fs::is_regular_file(summary, ignored)) {
    const auto json = nlohmann::json::parse(core::readFile(summary, 16U << 20U), nullptr, false);
    if (json.is_object() && json.contains("lab") && json["lab"].is_string()) {
      const std::string other = json["lab"].get<std::string>();
      if (other != labId)
        throw core::inputError("the folder " + path_.string() + " holds results of the lab " +
                               core::quoted(other) + "; choose another with --out, or remove it first");
      if (json.contains("outputs") && json["outputs"].is_array())
        for (const auto& name : json["outputs"])
          if (name.is_string()) earlier_.push_back(name.get<std::string>());
    }
  }
}

bool OutputFolder::hasCheckpoint() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(path_, ignored))
    if (entry.path().filename().string().rfind("checkpoint", 0) == 0) return true;
  return false;
}

void OutputFolder::removeStale(const std::vector<std::string>& outputs) const {
  for (const std::string& name : earlier_) {
    // Only plain names: a summary from elsewhere must not make us remove a file elsewhere.
    const bool isPlain = !name.empty() && name.find('/') == std::string::npos && name != "." && name != "..";
    if (!isPlain || std::find(outputs.begin(), outputs.end(), name) != outputs.end()) continue;
    std::error_code ignored;
    fs::remove(path_ / name, ignored);
  }
}

}  // namespace aula::app

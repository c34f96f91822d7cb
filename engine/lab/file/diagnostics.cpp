// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "lab/file/node.h"

namespace aula::lab {

namespace {

std::string line(const std::string& file, const std::string& path, const std::string& message) {
  return file + ": " + (path.empty() ? "" : path + ": ") + message;
}

}  // namespace

void Diagnostics::error(const std::string& path, const std::string& message) {
  if (errors_.size() < kMaximumListed) {
    errors_.push_back(line(file_, path, message));
  } else {
    ++unlistedErrors_;
  }
}

void Diagnostics::warning(const std::string& path, const std::string& message) {
  if (warnings_.size() < kMaximumListed) warnings_.push_back(line(file_, path, message));
}

void Diagnostics::throwIfErrors() const {
  if (errors_.empty()) return;
  std::string all;
  for (const std::string& error : errors_) all += (all.empty() ? "" : "\n") + error;
  if (unlistedErrors_ > 0) all += "\n" + file_ + ": and " + std::to_string(unlistedErrors_) + " more";
  throw core::inputError(all);
}

const std::string& LocalText::in(const std::string& language) const {
  static const std::string none;
  auto found = byLanguage.find(language);
  if (found == byLanguage.end()) found = byLanguage.find("en");
  return found == byLanguage.end() ? none : found->second;
}

}  // namespace aula::lab

// SPDX-License-Identifier: Apache-2.0
#include "app/language.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/error.h"
#include "core/text.h"

namespace aula::app {

namespace {
const std::vector<std::string> kLanguages{"en", "zh", "fr", "es"};
}

std::string parseLanguage(const std::string& word) {
  if (!word.empty()) {
    if (std::find(kLanguages.begin(), kLanguages.end(), word) != kLanguages.end()) return word;
    throw core::inputError("--lang " + core::quoted(word) + " is not known; there are en, zh, fr and es");
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (!value || !*value) continue;
    const std::string language = std::string(value).substr(0, 2);
    return std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end() ? language : "en";
  }
  return "en";
}

void addLanguageOption(CLI::App& command, std::string& word) {
  command
      .add_option("--lang", word, "Language of titles and texts: en, zh, fr or es (else the environment's)")
      ->type_name("LANG");
}

}  // namespace aula::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace aula::app {

/// The languages that labs speak. "" stands for the environment's (LC_ALL, LC_MESSAGES, LANG), or English.
/// Throws core::Error (input) that lists them.
[[nodiscard]] std::string parseLanguage(const std::string& word);

/// Adds --lang.
void addLanguageOption(CLI::App& command, std::string& word);

}  // namespace aula::app

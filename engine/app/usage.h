// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace aula::app {

/// Throws core::Error (input) with the nearest command when the first word is none.
void checkCommandName(const CLI::App& parser, const std::vector<std::string>& words);

/// What was wrong with the command line, in a sentence, with the option that was probably meant and where
/// help is.
[[nodiscard]] std::string explainUsage(const CLI::App& parser, const std::vector<std::string>& words,
                                       const CLI::ParseError& error);

/// Words as a line that a shell would read back as the same words.
[[nodiscard]] std::string shellQuoted(const std::vector<std::string>& words);

}  // namespace aula::app

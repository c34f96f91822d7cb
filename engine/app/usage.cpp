// SPDX-License-Identifier: Apache-2.0
#include "app/usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/command.h"
#include "core/error.h"
#include "core/text.h"

namespace aula::app {

namespace {

std::vector<std::string> commandNames(const CLI::App& parser) {
  std::vector<std::string> names;
  for (const CLI::App* command : parser.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

const CLI::App* findCommand(const CLI::App& parser, const std::string& name) {
  for (const CLI::App* command : parser.get_subcommands([](const CLI::App*) { return true; }))
    if (command->get_name() == name) return command;
  return nullptr;
}

std::vector<std::string> optionNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; }))
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

}  // namespace

void checkCommandName(const CLI::App& parser, const std::vector<std::string>& words) {
  if (words.empty() || words[0].empty() || words[0][0] == '-' || findCommand(parser, words[0])) return;
  const std::vector<std::string> names = commandNames(parser);
  std::string message = core::quoted(words[0]) + " is not a command; there are " + core::listed(names, "and");
  if (const auto nearest = core::nearestWord(words[0], names))
    message += ". Did you mean \"" + *nearest + "\"?";
  throw core::inputError(message);
}

std::string explainUsage(const CLI::App& parser, const std::vector<std::string>& words,
                         const CLI::ParseError& error) {
  const CLI::App* command = words.empty() ? nullptr : findCommand(parser, words[0]);
  const CLI::App& asked = command ? *command : parser;
  const std::string help = command ? "aula " + command->get_name() + " --help" : "aula --help";

  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    // The first word that the command does not know: an option misspelt, or one word too many.
    const std::vector<std::string> names = optionNames(asked);
    const std::vector<std::string> extras = asked.remaining(true);
    const auto first = std::find_if(words.begin(), words.end(), [&](const std::string& candidate) {
      return std::find(extras.begin(), extras.end(), candidate) != extras.end();
    });
    const std::string word = first == words.end() ? std::string() : *first;
    if (word.size() > 1 && word[0] == '-') {
      const std::string option = word.substr(0, word.find('='));
      std::string message = "option " + core::quoted(option) + " is not known";
      if (const auto nearest = core::nearestWord(option, names))
        message += "; did you mean \"" + *nearest + "\"?";
      return message + " (" + help + " lists them)";
    }
    return core::quoted(word) + " is one word too many (" + help + " shows what is expected)";
  }
  std::string what = error.what();
  while (!what.empty() && (what.back() == '\n' || what.back() == ' ')) what.pop_back();
  // "--frames: Value 1e6 not in range 0 to 100000": all our ranges are of whole numbers.
  const std::string found = ": Value ", allowed = " not in range ";
  const auto value = what.find(found), range = what.find(allowed);
  if (value != std::string::npos && range != std::string::npos && value < range) {
    const auto begin = value + found.size();
    const auto number = what.substr(begin, range - begin);
    what = what.substr(0, value) + ": " + core::quoted(number, 40) + " is no whole number from " +
           what.substr(range + allowed.size());
  }
  return what + " (" + help + ")";
}

std::string shellQuoted(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) {
    const bool isPlain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string("-_./=:,+@%").find(static_cast<char>(c)) != std::string::npos;
    });
    if (!line.empty()) line += ' ';
    if (isPlain) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) {
      if (c == '\'')
        line += "'\\''";
      else
        line += c;
    }
    line += '\'';
  }
  return line;
}

void setExamples(CLI::App& command, const std::string& examples) {
  std::string footer = "Examples:";
  std::size_t begin = 0;
  while (begin <= examples.size()) {
    const std::size_t end = std::min(examples.find('\n', begin), examples.size());
    footer += "\n  " + examples.substr(begin, end - begin);
    begin = end + 1;
  }
  command.footer(footer);
}

}  // namespace aula::app

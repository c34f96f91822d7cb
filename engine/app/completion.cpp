// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

#include "app/command.h"
#include "core/error.h"
#include "core/text.h"

namespace aula::app {

namespace {

std::vector<const CLI::App*> commands(const CLI::App& parser) {
  return parser.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> options(const CLI::App& command) {
  std::vector<const CLI::Option*> all;
  for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; }))
    if (!option->get_lnames().empty()) all.push_back(option);
  return all;
}

/// Commands whose first word is a lab.
bool takesLab(const std::string& command) {
  return command == "run" || command == "view" || command == "render" || command == "check";
}

std::string joined(const CLI::App& command) {
  std::string words;
  for (const CLI::Option* option : options(command)) words += "--" + option->get_lnames().front() + " ";
  return words;
}

/// Text inside single quotes of a shell.
std::string escaped(const std::string& text, const std::string& special, const std::string& by) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string::npos) out += by;
    out += c;
  }
  return out;
}

// Names of labs come from `aula labs` at the moment of completing, so that new labs are found; words for an
// option's value are the few fixed ones.
std::string bashScript(const CLI::App& parser) {
  std::ostringstream out;
  out << "# Completion of aula for bash: source <(aula completion bash)\n"
         "_aula() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
         "  case $before in\n"
         "    --device) words='auto cpu cuda reference check' ;;\n"
         "    --lang) words='en zh fr es' ;;\n"
         "    --kind) words='auto plane figure scene' ;;\n"
         "    --camera) words='front back left right top bottom corner' ;;\n"
         "    --colour-map) words='tide ember dusk ink' ;;\n"
         "    --out|--video) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
         "  esac\n"
         "  if [[ -z $words ]]; then\n"
         "    case ${COMP_WORDS[1]} in\n";
  for (const CLI::App* command : commands(parser)) {
    out << "      " << command->get_name() << ") words='" << joined(*command) << "'";
    if (takesLab(command->get_name()))
      out << "\n        [[ $word == -* ]] || words=$(aula labs 2>/dev/null | sed -n 's/^  \\([a-z][^ "
             "]*\\).*/\\1/p')";
    if (command->get_name() == "completion") out << "; [[ $word == -* ]] || words='bash zsh fish'";
    if (command->get_name() == "bench") out << "; [[ $word == -* ]] || words=\"fdtd render upscale view\"";
    out << " ;;\n";
  }
  out << "    esac\n"
         "  fi\n"
         "  if ((COMP_CWORD == 1)); then words='";
  for (const CLI::App* command : commands(parser)) out << command->get_name() << ' ';
  out << "--help --version'; fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  if [[ ${COMP_WORDS[1]} == @(run|view|render|check) ]] && [[ $word != -* ]]; then\n"
         "    COMPREPLY+=($(compgen -f -X '!*.lab.json' -- \"$word\") $(compgen -d -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _aula aula ./aula\n";
  return out.str();
}

std::string zshScript(const CLI::App& parser) {
  std::ostringstream out;
  out << "#compdef aula\n"
         "# Completion of aula for zsh: aula completion zsh > \"${fpath[1]}/_aula\"\n"
         "_aula() {\n"
         "  local -a commands labs\n"
         "  commands=(\n";
  for (const CLI::App* command : commands(parser))
    out << "    '" << command->get_name() << ':' << escaped(command->get_description(), "'", "'\\'") << "'\n";
  out << "  )\n"
         "  if ((CURRENT == 2)); then _describe command commands; return; fi\n"
         "  case $words[2] in\n";
  for (const CLI::App* command : commands(parser)) {
    const std::string name = command->get_name();
    const bool hasLab = takesLab(name);
    out << "    " << name << ")\n";
    if (hasLab)
      out << "      labs=(${(f)\"$(aula labs 2>/dev/null | sed -n 's/^  \\([a-z][^ ]*\\).*/\\1/p')\"})\n";
    out << "      shift words; ((CURRENT--))\n      _arguments";
    for (const CLI::Option* option : options(*command)) {
      const std::string longName = option->get_lnames().front();
      out << " \\\n        '" << (option->get_expected_max() > 1 || longName == "set" ? "*" : "") << "--"
          << longName << '[' << escaped(escaped(option->get_description(), "[]:", "\\"), "'", "'\\'") << ']';
      if (option->get_type_size() != 0) {
        out << ':' << longName << ':';
        if (longName == "device") out << "(auto cpu cuda reference check)";
        if (longName == "lang") out << "(en zh fr es)";
        if (longName == "kind") out << "(auto plane figure scene)";
        if (longName == "camera") out << "(front back left right top bottom corner)";
        if (longName == "colour-map") out << "(tide ember dusk ink)";
        if (longName == "out" || longName == "video") out << "_files";
      }
      out << "'";
    }
    if (hasLab) out << " \\\n        '*:lab:{ compadd -a labs; _files -g \"*.lab.json\" }'";
    if (name == "completion") out << " \\\n        '1:shell:(bash zsh fish)'";
    if (name == "bench") out << " \\\n        '1:benchmark:(fdtd render upscale view)'";
    out << "\n      ;;\n";
  }
  out << "  esac\n}\n_aula \"$@\"\n";
  return out.str();
}

std::string fishScript(const CLI::App& parser) {
  std::ostringstream out;
  out << "# Completion of aula for fish: aula completion fish > ~/.config/fish/completions/aula.fish\n"
         "complete -c aula -n __fish_use_subcommand -f\n";
  for (const CLI::App* command : commands(parser)) {
    const std::string name = command->get_name();
    const std::string within = "complete -c aula -n '__fish_seen_subcommand_from " + name + "'";
    out << "complete -c aula -n __fish_use_subcommand -f -a " << name << " -d '"
        << escaped(command->get_description(), "'\\", "\\") << "'\n";
    for (const CLI::Option* option : options(*command)) {
      const std::string longName = option->get_lnames().front();
      out << within << " -l " << longName << " -d '" << escaped(option->get_description(), "'\\", "\\")
          << "'";
      if (longName == "device")
        out << " -x -a 'auto cpu cuda reference check'";
      else if (longName == "lang")
        out << " -x -a 'en zh fr es'";
      else if (longName == "kind")
        out << " -x -a 'auto plane figure scene'";
      else if (longName == "camera")
        out << " -x -a 'front back left right top bottom corner'";
      else if (longName == "colour-map")
        out << " -x -a 'tide ember dusk ink'";
      else if (option->get_type_size() != 0)
        out << " -r";
      out << '\n';
    }
    if (takesLab(name))
      out << within << " -a \"(aula labs 2>/dev/null | string match -rg '^  ([a-z]\\S*)')\"\n";
    if (name == "completion") out << within << " -f -a 'bash zsh fish'\n";
    if (name == "bench") out << within << " -f -a 'fdtd render upscale view'\n";
  }
  return out.str();
}

}  // namespace

void addCompletion(CLI::App& parser, Program& program) {
  CLI::App* command =
      parser.add_subcommand("completion", "A script that teaches your shell to complete aula's words");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  setExamples(*command,
              "source <(aula completion bash)               for this shell; put it in ~/.bashrc to keep it\n"
              "aula completion zsh > \"${fpath[1]}/_aula\"\n"
              "aula completion fish > ~/.config/fish/completions/aula.fish");
  command->callback([&parser, &program, shell] {
    program.action = [&parser, shell] {
      if (*shell == "bash")
        std::cout << bashScript(parser);
      else if (*shell == "zsh")
        std::cout << zshScript(parser);
      else if (*shell == "fish")
        std::cout << fishScript(parser);
      else
        throw core::inputError("completion for " + core::quoted(*shell) +
                               " is not there; there are bash, zsh and fish");
      return 0;
    };
  });
}

}  // namespace aula::app

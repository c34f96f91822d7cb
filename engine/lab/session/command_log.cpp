// SPDX-License-Identifier: Apache-2.0
#include "lab/session/command_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "lab/session/session.h"

namespace aula::lab {

namespace {

constexpr std::size_t kMaximumLogBytes = std::size_t{64} << 20;

std::string lineOf(const Command& command) {
  const nlohmann::ordered_json line{{"step", command.step}, {"name", command.name}, {"value", command.value}};
  return line.dump() + "\n";
}

std::string lineOf(const CommandHeading& heading) {
  nlohmann::ordered_json line{{"aula_commands", 1}};
  if (!heading.lab.empty()) line["lab"] = heading.lab;
  for (const auto& [name, value] : heading.knobs) line["knobs"][name] = value;
  if (heading.steps > 0) line["steps"] = heading.steps;
  return line.dump() + "\n";
}

core::Error refusal(const std::filesystem::path& file, int number, const std::string& allowed) {
  return core::inputError(file.string() + ", line " + std::to_string(number) + ": " + allowed);
}

bool isHeading(const nlohmann::json& json) {
  return json.is_object() && json.value("aula_commands", nlohmann::json()) == 1;
}

}  // namespace

CommandLog::CommandLog(std::filesystem::path file, const std::vector<Command>& commands,
                       const CommandHeading& heading)
    : file_(std::move(file)) {
  std::string text = lineOf(heading);
  for (const Command& command : commands) text += lineOf(command);
  core::writeFile(file_, text);
  descriptor_ = ::open(file_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0) throw core::fileError("write", file_, errno);
}

CommandLog::~CommandLog() {
  ::close(descriptor_);
}

void CommandLog::append(const Command& command) {
  const std::string line = lineOf(command);
  const ssize_t written = ::write(descriptor_, line.data(), line.size());
  if (written < 0) throw core::fileError("write", file_, errno);
  if (static_cast<std::size_t>(written) != line.size()) throw core::fileError("write", file_, ENOSPC);
  if (::fdatasync(descriptor_) != 0) throw core::fileError("write", file_, errno);
}

std::vector<Command> readCommands(const std::filesystem::path& file) {
  const std::string text = core::readFile(file, kMaximumLogBytes);
  std::vector<Command> commands;
  std::size_t begin = 0;
  for (int number = 1; begin < text.size(); ++number) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string::npos)
      break;  // The machine stopped in the middle of a line: that command was never applied.
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    const auto json = nlohmann::json::parse(line, nullptr, false);
    const auto refuse = [&](const std::string& allowed) { return refusal(file, number, allowed); };
    if (number == 1) {
      if (!isHeading(json)) throw refuse("this is not a command log of this version of Aula");
      continue;
    }
    if (!json.is_object() || !json.contains("step") || !json["step"].is_number_integer() ||
        !json.contains("name") || !json["name"].is_string() || !json.contains("value") ||
        !json["value"].is_number() || json["step"] < 0)
      throw refuse(R"(a command is written {"step": 120, "name": "wavelength", "value": 5.32e-07})");
    commands.push_back(
        {json["step"].get<std::int64_t>(), json["name"].get<std::string>(), json["value"].get<double>()});
    if (commands.size() > 1 && commands[commands.size() - 2].step > commands.back().step)
      throw refuse("commands stand in the order of their steps, but step " +
                   std::to_string(commands.back().step) + " follows step " +
                   std::to_string(commands[commands.size() - 2].step));
  }
  return commands;
}

CommandHeading readCommandHeading(const std::filesystem::path& file) {
  const std::string text = core::readFile(file, kMaximumLogBytes);
  const auto json = nlohmann::json::parse(text.substr(0, text.find('\n')), nullptr, false);
  if (!isHeading(json)) throw refusal(file, 1, "this is not a command log of this version of Aula");
  CommandHeading heading;
  const auto lab = json.value("lab", nlohmann::json(""));
  const auto knobs = json.value("knobs", nlohmann::json::object());
  const auto steps = json.value("steps", nlohmann::json(0));
  bool isRight = lab.is_string() && knobs.is_object() && steps.is_number_integer() && steps >= 0;
  for (const auto& [name, value] : knobs.items()) isRight = isRight && value.is_number();
  if (!isRight)
    throw refusal(file, 1,
                  R"(a heading is written {"aula_commands": 1, "lab": "double-slit", "knobs": )"
                  R"({"wavelength": 5.32e-07}, "steps": 4000})");
  heading.lab = lab.get<std::string>();
  heading.steps = steps.get<std::int64_t>();
  for (const auto& [name, value] : knobs.items()) heading.knobs.emplace_back(name, value.get<double>());
  return heading;
}

}  // namespace aula::lab

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
constexpr const char* kHeading = "{\"aula_commands\":1}\n";

std::string lineOf(const Command& command) {
  const nlohmann::ordered_json line{{"step", command.step}, {"name", command.name}, {"value", command.value}};
  return line.dump() + "\n";
}

}  // namespace

CommandLog::CommandLog(std::filesystem::path file, const std::vector<Command>& commands)
    : file_(std::move(file)) {
  std::string text = kHeading;
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
    const auto refuse = [&](const std::string& allowed) {
      return core::inputError(file.string() + ", line " + std::to_string(number) + ": " + allowed);
    };
    if (number == 1) {
      if (!json.is_object() || json.value("aula_commands", nlohmann::json()) != 1)
        throw refuse("this is not a command log of this version of Aula");
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

}  // namespace aula::lab

// SPDX-License-Identifier: Apache-2.0
#include "lab/session/checkpoint_pair.h"

#include <system_error>

#include "core/error.h"
#include "core/text.h"

namespace aula::lab {

namespace {

std::string readText(core::CheckpointReader& reader, const std::string& name) {
  std::vector<char> bytes;
  reader.readVector(name, bytes);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

CheckpointPair::CheckpointPair(std::filesystem::path folder)
    : files_{folder / "checkpoint-a.aula", folder / "checkpoint-b.aula"} {}

void CheckpointPair::write(std::int64_t step, const Identity& identity,
                           const std::function<void(core::CheckpointWriter&)>& save) {
  // While the other one stands, the older one need not: three large files at a time could fill a disk that
  // holds two.
  std::error_code ignored;
  if (std::filesystem::exists(files_[1 - next_], ignored)) std::filesystem::remove(files_[next_], ignored);
  core::CheckpointWriter writer(files_[next_]);
  writer.writeValue<std::int64_t>("step", step);
  writer.writeValue<std::uint64_t>("identity/count", identity.size());
  for (std::size_t i = 0; i < identity.size(); ++i) {
    const auto& [name, value] = identity[i];
    writer.writeArray("identity/" + std::to_string(i) + "/name", std::span<const char>(name));
    writer.writeArray("identity/" + std::to_string(i) + "/value", std::span<const char>(value));
  }
  save(writer);
  writer.setPrefix("");
  writer.commit();
  next_ = 1 - next_;
}

std::unique_ptr<core::CheckpointReader> CheckpointPair::open(
    const Identity& identity, const std::function<void(const std::string&)>& onNotice) {
  std::unique_ptr<core::CheckpointReader> newest;
  std::int64_t newestStep = -1;
  for (int i = 0; i < 2; ++i) {
    std::error_code ignored;
    if (!std::filesystem::exists(files_[i], ignored)) continue;
    try {
      auto reader = std::make_unique<core::CheckpointReader>(files_[i]);
      const auto step = reader->readValue<std::int64_t>("step");
      if (step <= newestStep) continue;
      newestStep = step;
      newest = std::move(reader);
      next_ = 1 - i;
    } catch (const core::Error& error) {
      onNotice(error.what());
    }
  }
  if (newest == nullptr) return nullptr;

  std::string differences;
  std::vector<std::pair<std::string, std::string>> stored(newest->readValue<std::uint64_t>("identity/count"));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    stored[i].first = readText(*newest, "identity/" + std::to_string(i) + "/name");
    stored[i].second = readText(*newest, "identity/" + std::to_string(i) + "/value");
  }
  const auto find = [](const Identity& list, const std::string& name) {
    for (const auto& entry : list)
      if (entry.first == name) return entry.second;
    return std::string("(none)");
  };
  const auto shown = [](const std::string& value) {
    return value.size() > 100 || value.find('\n') != std::string::npos ? std::string("another text") : value;
  };
  for (const auto& [name, value] : stored)
    if (find(identity, name) != value)
      differences +=
          "\n  " + name + ": " + shown(value) + " in the checkpoint, " + shown(find(identity, name)) + " now";
  for (const auto& [name, value] : identity)
    if (find(stored, name) == "(none)")
      differences += "\n  " + name + ": (none) in the checkpoint, " + shown(value) + " now";
  if (!differences.empty())
    throw core::inputError(
        "cannot resume in " + files_[0].parent_path().string() +
        ": its checkpoint belongs to another run; start again without --resume, in another folder if this "
        "one's data are to be kept. What differs:" +
        differences);
  return newest;
}

void CheckpointPair::remove() {
  for (const auto& file : files_) {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    // What a killed run left half-written.
    std::filesystem::remove(file.string() + ".partial", ignored);
  }
}

}  // namespace aula::lab

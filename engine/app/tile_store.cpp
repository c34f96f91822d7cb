// SPDX-License-Identifier: Apache-2.0
#include "app/tile_store.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/io/checkpoint.h"
#include "core/text.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestSettings = std::size_t{16} << 20U;

/// The names whose values differ.
std::vector<std::string> differences(const PictureSettings& a, const PictureSettings& b) {
  std::vector<std::string> names;
  for (const auto& [name, value] : a) {
    const auto other = b.find(name);
    if (other == b.end() || other->second != value) names.push_back(name);
  }
  for (const auto& [name, value] : b)
    if (!a.contains(name)) names.push_back(name);
  return names;
}

}  // namespace

TileStore::TileStore(fs::path folder, const PictureSettings& settings, bool isResuming)
    : folder_(std::move(folder)) {
  const fs::path head = folder_ / "settings.json";
  std::error_code ignored;
  if (isResuming && fs::exists(head, ignored)) {
    PictureSettings found;
    try {
      found = nlohmann::json::parse(core::readFile(head, kLongestSettings)).get<PictureSettings>();
    } catch (const nlohmann::json::exception&) {
      throw core::inputError("--resume: " + head.string() + " is damaged; leave out --resume to begin anew");
    }
    if (const auto names = differences(settings, found); !names.empty())
      throw core::inputError("--resume: what is kept in " + folder_.string() + " is of another picture: " +
                             core::listed(names, "and") + (names.size() == 1 ? " differs" : " differ") +
                             "; ask for the same again, or leave out --resume to begin anew");
    isResumed_ = true;
    return;
  }
  clear();
  core::makeWritableFolder(folder_);
  core::writeFile(head, nlohmann::json(settings).dump(1) + "\n");
}

fs::path TileStore::file(int index) const {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%06d.tile", index);
  return folder_ / name.data();
}

std::optional<TileStore::Tile> TileStore::read(int index, std::size_t floats) const {
  std::error_code ignored;
  if (!fs::is_regular_file(file(index), ignored)) return std::nullopt;
  try {
    core::CheckpointReader reader(file(index));
    Tile tile;
    tile.samples = reader.readValue<std::int32_t>("samples");
    reader.readVector("sums", tile.sums);
    if (tile.sums.size() == floats && tile.samples >= 0) return tile;
  } catch (const core::Error&) {
    // Torn: computed anew.
  }
  return std::nullopt;
}

void TileStore::write(int index, const Tile& tile) const {
  core::CheckpointWriter writer(file(index));
  writer.writeValue<std::int32_t>("samples", tile.samples);
  writer.writeArray<float>("sums", tile.sums);
  writer.commit();
}

void TileStore::clear() const {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace aula::app

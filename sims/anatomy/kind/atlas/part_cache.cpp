// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/part_cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "anatomy/model/assets.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/io/crc32c.h"
#include "core/log.h"
#include "core/version.h"
#include "scene/mesh/check.h"

namespace aula::anatomy {

namespace fs = std::filesystem;

namespace {

/// Changes with the order or meaning of what follows.
constexpr const char* kFormat = "AulaParts1";

fs::path cacheFolder() {
  if (const char* folder = std::getenv("XDG_CACHE_HOME"); folder != nullptr && folder[0] == '/')
    return fs::path(folder) / "aula" / "anatomy";
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    return fs::path(home) / ".cache" / "aula" / "anatomy";
  return {};
}

/// Which program this is: its version, its compiler, and the very file, since shapes are made by its code.
std::string programText() {
  std::string text = std::string(core::version()) + " " + core::buildDescription();
  struct stat own {};
  if (::stat("/proc/self/exe", &own) == 0)
    text += " " + std::to_string(own.st_size) + " " + std::to_string(own.st_mtim.tv_sec) + "." +
            std::to_string(own.st_mtim.tv_nsec);
  return text;
}

std::uint32_t crcOf(std::uint32_t crc, std::string_view text) {
  return core::crc32c(crc, std::as_bytes(std::span<const char>(text.data(), text.size())));
}

std::string keyOf(const std::string& stem, double spacing) {
  std::string text = std::string(kFormat) + " " + programText() + " " + stem;
  std::array<char, 40> number{};
  std::snprintf(number.data(), number.size(), " %a", spacing);
  text += number.data();
  // Two checksums of different texts: 64 bits.
  std::uint32_t first = crcOf(0, text), second = crcOf(~0U, text);
  for (const std::string& name : assetNames()) {
    first = crcOf(first, asset(name));
    second = crcOf(second, name);
  }
  std::array<char, 20> key{};
  std::snprintf(key.data(), key.size(), "%08x%08x", first, second);
  return key.data();
}

/// A material's numbers in a row; it has no pictures.
std::vector<float> numbersOf(const scene::Material& m) {
  return {m.baseColour.red,
          m.baseColour.green,
          m.baseColour.blue,
          m.opacity,
          m.metallic,
          m.roughness,
          m.clearCoat,
          m.clearCoatRoughness,
          m.emission.red,
          m.emission.green,
          m.emission.blue,
          m.subsurface,
          m.subsurfaceRadius,
          m.subsurfaceTint.red,
          m.subsurfaceTint.green,
          m.subsurfaceTint.blue,
          m.isTwoSided ? 1.F : 0.F,
          m.isUnlit ? 1.F : 0.F};
}

scene::Material materialOf(const std::vector<float>& n) {
  if (n.size() != numbersOf({}).size()) throw core::Error("a material of another format");
  scene::Material m;
  m.baseColour = {n[0], n[1], n[2]};
  m.opacity = n[3];
  m.metallic = n[4];
  m.roughness = n[5];
  m.clearCoat = n[6];
  m.clearCoatRoughness = n[7];
  m.emission = {n[8], n[9], n[10]};
  m.subsurface = n[11];
  m.subsurfaceRadius = n[12];
  m.subsurfaceTint = {n[13], n[14], n[15]};
  m.isTwoSided = n[16] != 0;
  m.isUnlit = n[17] != 0;
  return m;
}

bool hasPictures(const scene::Material& m) {
  return m.baseColourTexture || m.normalTexture || m.metallicRoughnessTexture || m.emissionTexture;
}

void writeText(core::CheckpointWriter& writer, const std::string& name, const std::string& text) {
  writer.writeArray(name, std::span<const char>(text.data(), text.size()));
}

std::string readText(core::CheckpointReader& reader, const std::string& name) {
  std::string text(reader.size(name), '\0');
  reader.readArray(name, std::span<char>(text.data(), text.size()));
  return text;
}

Part readPart(core::CheckpointReader& reader) {
  Part part;
  part.id = readText(reader, "id");
  part.body = readText(reader, "body");
  part.anchor = reader.readValue<core::Vec3>("anchor");
  part.labelPriority = reader.readValue<int>("priority");
  std::vector<float> material;
  reader.readVector("material", material);
  part.material = materialOf(material);
  auto mesh = std::make_shared<scene::TriangleMesh>();
  reader.readVector("positions", mesh->positions);
  reader.readVector("normals", mesh->normals);
  reader.readVector("textureCoordinates", mesh->textureCoordinates);
  reader.readVector("colours", mesh->colours);
  reader.readVector("triangles", mesh->triangles);
  scene::checkMesh(*mesh, part.id);
  part.mesh = std::move(mesh);
  return part;
}

void writePart(core::CheckpointWriter& writer, const Part& part) {
  writeText(writer, "id", part.id);
  writeText(writer, "body", part.body);
  writer.writeValue("anchor", part.anchor);
  writer.writeValue("priority", part.labelPriority);
  writer.writeArray("material", std::span<const float>(numbersOf(part.material)));
  const scene::TriangleMesh& mesh = *part.mesh;
  writer.writeArray("positions", std::span<const scene::Float3>(mesh.positions));
  writer.writeArray("normals", std::span<const scene::Float3>(mesh.normals));
  writer.writeArray("textureCoordinates", std::span<const std::array<float, 2>>(mesh.textureCoordinates));
  writer.writeArray("colours", std::span<const scene::Colour>(mesh.colours));
  writer.writeArray("triangles", std::span<const std::uint32_t>(mesh.triangles));
}

/// Other programs' files of the same shapes, all but the youngest few.
void removeOlder(const fs::path& file, const std::string& stem) {
  constexpr std::size_t kKept = 4;
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code ignored;
  for (fs::directory_iterator at(file.parent_path(), ignored), end; !ignored && at != end;
       at.increment(ignored))
    if (at->path().filename().string().starts_with(stem))
      files.emplace_back(at->last_write_time(ignored), at->path());
  std::sort(files.rbegin(), files.rend());
  for (std::size_t i = kKept; i < files.size(); ++i) fs::remove(files[i].second, ignored);
}

}  // namespace

PartCache::PartCache(std::string region, std::string source, double spacing)
    : stem_(std::move(region) + "-" + std::move(source) + "-") {
  const fs::path folder = cacheFolder();
  if (!folder.empty()) file_ = folder / (stem_ + keyOf(stem_, spacing) + ".parts");
}

std::optional<Parts> PartCache::load() const {
  std::error_code ignored;
  if (file_.empty() || !fs::is_regular_file(file_, ignored)) return std::nullopt;
  try {
    core::CheckpointReader reader(file_);
    if (readText(reader, "format") != kFormat) return std::nullopt;
    Parts parts(reader.readValue<std::uint32_t>("count"));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      reader.setPrefix(std::to_string(i) + "/");
      parts[i] = readPart(reader);
    }
    return parts;
  } catch (const std::exception& error) {
    core::log::debug("cached shapes are made anew: " + std::string(error.what()));
    return std::nullopt;
  }
}

void PartCache::store(const Parts& parts) const {
  if (file_.empty()) return;
  for (const Part& part : parts)
    if (hasPictures(part.material)) return;
  std::error_code ignored;
  fs::create_directories(file_.parent_path(), ignored);
  try {
    // Several programs may write at once: each its own file, the last name wins.
    const fs::path own = file_.string() + "." + std::to_string(::getpid());
    {
      core::CheckpointWriter writer(own);
      writeText(writer, "format", kFormat);
      writer.writeValue("count", std::uint32_t(parts.size()));
      for (std::size_t i = 0; i < parts.size(); ++i) {
        writer.setPrefix(std::to_string(i) + "/");
        writePart(writer, parts[i]);
      }
      writer.commit();
    }
    fs::rename(own, file_);
  } catch (const std::exception& error) {
    core::log::debug("shapes are not kept: " + std::string(error.what()));
    return;
  }
  removeOlder(file_, stem_);
}

}  // namespace aula::anatomy

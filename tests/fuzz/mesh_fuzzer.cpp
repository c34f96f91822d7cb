// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <type_traits>
#include <vector>

#include "core/error.h"
#include "scene/import/file_fence.h"
#include "scene/import/import.h"
#include "scene/import/picture.h"
#include "scene/import/precheck.h"
#include "scene/import/scene_bytes.h"
#include "scene/import/tidy.h"
#include "scene/mesh/check.h"

using namespace aula;

namespace {

/// A folder of this process's own, on a memory disk where there is one.
const std::filesystem::path& folder() {
  static const std::filesystem::path made = [] {
    const std::filesystem::path base =
        std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
    const std::filesystem::path own = base / ("aula-mesh-fuzzer-" + std::to_string(::getpid()));
    std::filesystem::create_directories(own);
    static std::filesystem::path remembered;
    remembered = own;
    std::atexit([] {
      std::error_code ignored;
      std::filesystem::remove_all(remembered, ignored);
    });
    return own;
  }();
  return made;
}

void require(bool isTrue) {
  if (!isTrue) __builtin_trap();
}

/// What import.h promises of every mesh.
void checkPromises(const scene::TriangleMesh& mesh) {
  require(scene::findProblems(mesh).empty());
  require(mesh.normals.size() == mesh.positions.size());
}

void importFile(const std::string& bytes, const char* ending) {
  const std::filesystem::path file = folder() / (std::string("model") + ending);
  std::ofstream(file, std::ios::binary) << bytes;
  scene::ImportOptions options;
  static const bool isHere = std::getenv("AULA_FUZZ_HERE") != nullptr;
  options.isIsolated = !isHere;
  options.limits.memoryBytes = std::size_t(256) << 20U;
  options.limits.seconds = 3;
  options.limits.textureSize = 512;
  options.limits.vertices = options.limits.triangles = 100'000;
  if (!isHere) {
    // Our own look at the file here, where it is watched; a file that it refuses goes no further.
    scene::FileFence fence(file, options.limits.fileBytes);
    std::vector<std::string> warnings;
    scene::precheck(fence, scene::formatOf(file), options.limits, warnings);
  }
  const scene::ImportedScene model = scene::importScene(file, options);
  require(!model.meshes.empty() && model.warnings.size() <= 50);
  for (const scene::MeshView& view : model.meshes) {
    checkPromises(*view.mesh);
    require(!view.mesh->triangles.empty() && !view.instances.empty());
    for (const scene::Transform& t : view.instances) require(std::isfinite(length(t.translation)));
  }
  (void)scene::merged(model);
}

/// A mesh as a careless reader might hand it over: floats and indices straight from the bytes.
scene::TriangleMesh rawMesh(const std::string& bytes) {
  scene::TriangleMesh mesh;
  if (bytes.empty()) return mesh;
  const std::size_t points = static_cast<unsigned char>(bytes[0]);
  std::size_t at = 1;
  const auto take = [&](auto& values, std::size_t count) {
    using Value = typename std::decay_t<decltype(values)>::value_type;
    count = std::min(count, (bytes.size() - at) / sizeof(Value));
    values.resize(count);
    if (count > 0) std::memcpy(values.data(), bytes.data() + at, count * sizeof(Value));
    at += count * sizeof(Value);
  };
  take(mesh.positions, points);
  if (bytes[0] & 1) take(mesh.normals, points);
  if (bytes[0] & 2) take(mesh.colours, points);
  if (bytes[0] & 4) take(mesh.textureCoordinates, points);
  while (at < bytes.size()) mesh.triangles.push_back(static_cast<unsigned char>(bytes[at++]));
  return mesh;
}

}  // namespace

/// The first byte chooses: 0 to 5 a format, whose file the rest is; 6 what one process hands the other; 7 a
/// picture; 8 a mesh that needs tidying. Any bytes must end in what the headers promise or in one core::Error
/// of Fault::input with a message, in bounded time and memory; the outside library, which is not ours to
/// mend, may break in its process. AULA_FUZZ_HERE=1: the library too runs in this process, so that sanitizers
/// see what ours does with its scenes (and its own faults stop the fuzzer).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const std::array<const char*, 6> kEndings{".gltf", ".glb", ".obj", ".ply", ".stl", ".fbx"};
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  try {
    switch (const unsigned kind = data[0] % 9U) {
      case 6:
        for (const scene::MeshView& view : scene::fromBytes(bytes).meshes)
          require(scene::findProblems(*view.mesh).empty());
        break;
      case 7: {
        const scene::Texture picture = scene::decodePicture({data + 1, size - 1}, "fuzz", 512);
        require(picture.pixels.size() == std::size_t(picture.width) * std::size_t(picture.height) * 4);
        break;
      }
      case 8: {
        std::vector<std::string> warnings;
        checkPromises(scene::tidied(rawMesh(bytes), "fuzz", warnings));
        break;
      }
      default:
        importFile(bytes, kEndings[kind]);
    }
  } catch (const core::Error& error) {
    require(error.fault() == core::Fault::input && error.what()[0] != '\0');
  }
  return 0;
}

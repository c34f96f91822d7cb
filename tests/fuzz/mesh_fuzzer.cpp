// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.h"
#include "scene/import/import.h"
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

}  // namespace

/// The first byte chooses the format, the rest is the file. Any bytes must end in a scene that keeps every
/// promise of import.h or in one core::Error of Fault::input with a message, in bounded time and memory; the
/// outside library, which is not ours to mend, may break in its process. AULA_FUZZ_HERE=1: reads in this
/// process instead, so that sanitizers see what ours does with it (and the library's own faults stop it).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const std::array<const char*, 6> kEndings{".gltf", ".glb", ".obj", ".ply", ".stl", ".fbx"};
  static const bool isHere = std::getenv("AULA_FUZZ_HERE") != nullptr;
  const std::filesystem::path file = folder() / (std::string("model") + kEndings[data[0] % kEndings.size()]);
  {
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(data + 1), std::streamsize(size - 1));
  }
  scene::ImportOptions options;
  options.isIsolated = !isHere;
  options.limits.memoryBytes = std::size_t(256) << 20U;
  options.limits.seconds = 3;
  options.limits.textureSize = 512;
  options.limits.vertices = options.limits.triangles = 100'000;
  try {
    const scene::ImportedScene model = scene::importScene(file, options);
    if (model.meshes.empty() || model.warnings.size() > 50) __builtin_trap();
    for (const scene::MeshView& view : model.meshes) {
      if (!scene::findProblems(*view.mesh).empty() || view.mesh->triangles.empty() ||
          view.mesh->normals.size() != view.mesh->positions.size() || view.instances.empty())
        __builtin_trap();
      for (const scene::Transform& t : view.instances)
        if (!std::isfinite(length(t.translation))) __builtin_trap();
    }
    (void)scene::merged(model);
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input || error.what()[0] == '\0') __builtin_trap();
  }
  return 0;
}

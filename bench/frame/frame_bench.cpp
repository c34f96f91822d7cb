// SPDX-License-Identifier: Apache-2.0
#include "frame/frame_bench.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <thread>

#include "core/error.h"
#include "core/text.h"
#include "frame/scenes.h"
#include "render/gpu.h"
#include "render/scene_renderer.h"

namespace aula::bench {
namespace {

/// A scene, frame by frame.
struct Case {
  std::string name, size;
  std::function<scene::Frame(int step)> frame;
};

Case atoms(const std::string& name, std::size_t count, bool isMoving) {
  const auto still = std::make_shared<const scene::ParticlesView>(packedAtoms(count));
  return {name, std::to_string(count) + " spheres", [=](int step) {
            scene::Frame frame;
            frame.step = step;
            frame.views.emplace_back(isMoving ? movingAtoms(*still, step) : *still);
            return frame;
          }};
}

Case fixed(const std::string& name, const std::string& size, scene::View view) {
  const auto kept = std::make_shared<const scene::View>(std::move(view));
  return {name, size, [=](int step) {
            scene::Frame frame;
            frame.step = step;
            frame.views.push_back(*kept);
            return frame;
          }};
}

Case makeCase(const std::string& name) {
  if (name == "atoms-100k") return atoms(name, 100000, false);
  if (name == "moving-300k") return atoms(name, 300000, true);
  if (name == "atoms-1m") return atoms(name, 1000000, false);
  if (name == "mesh-2m") {
    scene::MeshView mesh = wavyMesh(2000000);
    const std::string size = std::to_string(mesh.mesh->triangleCount()) + " triangles";
    return fixed(name, size, std::move(mesh));
  }
  if (name == "volume-512") return fixed(name, "512x512x512", shells(512));
  throw core::inputError("there is no case " + core::quoted(name) + "; there are " +
                         core::listed(frameCases(), "and"));
}

/// FNV-1a over the picture's bytes.
std::string checksumOf(const render::Image& image) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::uint8_t byte : image.pixels) hash = (hash ^ byte) * 0x100000001b3;
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

bool isEmpty(const render::Image& image) {
  for (std::size_t i = 4; i < image.pixels.size(); ++i)
    if (image.pixels[i] != image.pixels[i % 4]) return false;
  return true;
}

/// The best time is the least.
void setTimes(Row& row, std::vector<double> milliseconds) {
  setValues(row, std::move(milliseconds));
  row.value = row.minimum;
}

std::vector<Row> measure(const Case& what, const FrameOptions& options,
                         const std::shared_ptr<render::Gpu>& gpu) {
  render::SceneRendererOptions shape;
  shape.width = options.width;
  shape.height = options.height;
  render::SceneRenderer renderer(gpu, shape);
  const render::SceneStyle style;
  const scene::Frame first = what.frame(0);
  const scene::Camera camera = render::cameraFor(first);

  const render::Image picture = renderer.still(first, camera, style, 1);
  const std::string checksum = checksumOf(picture);
  if (isEmpty(picture)) throw core::Error("The picture of " + what.name + " shows nothing.");
  if (checksumOf(renderer.still(first, camera, style, 1)) != checksum)
    throw core::Error("Two pictures of " + what.name + " differ.");

  constexpr int kWarmUp = 2;
  std::vector<double> frames;
  std::vector<std::string> order;
  std::map<std::string, std::vector<double>> passes;
  for (int step = 0; step < kWarmUp + options.repeats; ++step) {
    // The simulation's share is not the renderer's.
    const scene::Frame frame = what.frame(step);
    const auto start = std::chrono::steady_clock::now();
    renderer.draw(frame, camera, style);
    (void)renderer.image();
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    if (step < kWarmUp) continue;
    frames.push_back(taken.count());
    for (const render::FrameStatistics::Pass& pass : renderer.statistics().passes) {
      if (!passes.contains(pass.name)) order.push_back(pass.name);
      passes[pass.name].push_back(pass.milliseconds);
    }
  }
  const render::FrameStatistics& counts = renderer.statistics();
  Row whole;
  whole.bench = "render";
  whole.name = what.name;
  whole.device = gpu->report().name;
  whole.threads = static_cast<int>(std::thread::hardware_concurrency());
  whole.size = what.size;
  whole.unit = "ms/frame";
  whole.checksum = checksum;
  whole.remark = std::to_string(options.width) + "x" + std::to_string(options.height) +
                 ", shadows, ambient occlusion, temporal anti-aliasing; read back";
  const auto pixels = static_cast<double>(options.width) * options.height;
  whole.counts = {{"particles", static_cast<double>(counts.particles)},
                  {"triangles", static_cast<double>(counts.triangles)},
                  {"voxels", static_cast<double>(counts.voxels)},
                  {"pixels", pixels},
                  {"image_bytes", static_cast<double>(counts.imageBytes)},
                  {"uploaded_bytes", static_cast<double>(counts.uploadedBytes)}};
  setTimes(whole, frames);
  std::vector<Row> rows = {whole};
  for (const std::string& name : order) {
    Row row = whole;
    row.name = what.name + ": " + name;
    row.remark.clear();
    row.counts.clear();
    setTimes(row, passes[name]);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

std::vector<std::string> frameCases() {
  return {"atoms-100k", "moving-300k", "atoms-1m", "mesh-2m", "volume-512"};
}

std::vector<Row> runFrames(const FrameOptions& options, const std::function<void(const std::string&)>& say) {
  const std::vector<std::string> names = options.cases.empty() ? frameCases() : options.cases;
  const std::vector<std::string> known = frameCases();
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) (void)makeCase(name);
  }
  render::GpuOptions wanted;
  wanted.device = options.device;
  const std::shared_ptr<render::Gpu> gpu = render::Gpu::make(wanted);
  say("drawing on " + gpu->report().name);
  std::vector<Row> rows;
  for (const std::string& name : names) {
    const Case what = makeCase(name);
    say(name + ": " + what.size);
    const std::vector<Row> measured = measure(what, options, gpu);
    rows.insert(rows.end(), measured.begin(), measured.end());
  }
  return rows;
}

}  // namespace aula::bench

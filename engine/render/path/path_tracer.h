// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "render/scene_renderer.h"

namespace aula::render {

/// How rays are asked for. Both give the same picture up to rounding.
enum class RayCore {
  automatic,  ///< Queries where the device has them.
  queries,    ///< From a compute shader.
  pipeline    ///< A ray-tracing pipeline.
};

struct PathTracerOptions {
  int width = 1280, height = 720;  ///< Of the whole picture; 1 or more, tiles alone are held.
  RayCore core = RayCore::automatic;
  std::uint32_t seed = 0;
  int depth = 64;  ///< Most scatterings of a path; 1: light that comes straight from lamps and surroundings.
  bool isCutAway = false;  ///< Leaves out the eighth of each volume that is nearest to the camera.
};

/// A piece of a picture, pixels from the upper left.
struct PictureTile {
  int left = 0, top = 0, width = 0, height = 0;
  bool operator==(const PictureTile&) const = default;
};

/// What tracing has taken so far.
struct PathStatistics {
  std::uint64_t rays = 0;     ///< Walks through the scene's tree.
  std::uint64_t samples = 0;  ///< Paths.
  std::uint64_t faults = 0;   ///< Paths that ended in no number; left out. Always 0, as tests demand.
  double seconds = 0;         ///< On the device.
  std::size_t triangles = 0, shapes = 0, bytes = 0;
};

/// Stills of the scene that SceneRenderer draws live, by following light along all its ways: soft shadows,
/// light between surfaces, mirrors. Progressive: a picture is the mean of its samples, sample k of a pixel is
/// the same however the picture is cut into tiles and the samples into portions, so that any way of dividing
/// the work gives the same bits on the same device.
///
/// As the live picture, with these differences: light below the skin is drawn as matt (no subsurface
/// scattering), shadows and occlusion are what they are, volumes shaded as surfaces scatter light. Labels
/// and rulers are not drawn.
///
/// One thread; several may share a Gpu.
class PathTracer {
 public:
  /// Why the device cannot do this; empty when it can.
  [[nodiscard]] static std::string whyNot(const Gpu& gpu);
  /// Throws core::Error: the device cannot (with the reason), options out of range (input).
  PathTracer(std::shared_ptr<Gpu> gpu, const PathTracerOptions& options);
  ~PathTracer();
  PathTracer(const PathTracer&) = delete;
  PathTracer& operator=(const PathTracer&) = delete;

  /// Another size, seed or depth; the scene must be set again. The way rays are asked for stays.
  void configure(const PathTracerOptions& options);
  [[nodiscard]] const PathTracerOptions& options() const;
  [[nodiscard]] RayCore core() const;  ///< The one chosen.

  /// Widens the colour limits that views leave open by what is in the frame (renderer.h).
  void observe(const scene::Frame& frame);
  /// What is traced from now on. Throws core::Error (input) for views whose arrays disagree; DeviceLost.
  void setScene(const scene::Frame& frame, const scene::Camera& camera, const SceneStyle& style = {});

  /// Adds samples `first` to `first + count` of each pixel to `sums` (four floats a pixel of the tile, rows
  /// from the top: light and coverage). Begin with zeros and first = 0. In portions of about half a second,
  /// between which `shouldStop` is asked; returns how many were added.
  int accumulate(const PictureTile& tile, int first, int count, std::span<float> sums,
                 const std::function<bool()>& shouldStop = {});

  /// The whole picture in one go, for small ones.
  [[nodiscard]] HdrImage trace(int samples);

  [[nodiscard]] const PathStatistics& statistics() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// Light to screen, as the live picture is developed: exposure, film, the style's background behind what is
/// not covered; 8-bit sRGB, four bytes a pixel. `light`: four floats a pixel, premultiplied by coverage.
void develop(std::span<const float> light, const SceneStyle& style, std::span<std::uint8_t> pixels);
[[nodiscard]] Image develop(const HdrImage& image, const SceneStyle& style);

}  // namespace aula::render

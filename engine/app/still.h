// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "app/tile_store.h"
#include "render/path/path_tracer.h"

namespace aula::app {

/// A picture's file, by the ending of its name.
enum class PictureFormat { png, exr };

/// A picture being written from the top, into a file that appears whole or not at all.
class PictureRows {
 public:
  virtual ~PictureRows() = default;
  /// Linear light, premultiplied, four floats a pixel; whole rows.
  virtual void write(std::span<const float> light) = 0;
  virtual void finish() = 0;
};

/// `style` says how light is developed for a PNG; a linear picture keeps it as it is. `remarks` go into the
/// file.
[[nodiscard]] std::unique_ptr<PictureRows> openPicture(const std::filesystem::path& path,
                                                       PictureFormat format, int width, int height,
                                                       const render::SceneStyle& style,
                                                       const std::map<std::string, std::string>& remarks);
/// A picture that is finished already, in 8 bits; a linear file gets its light back from them.
void writePicture(const std::filesystem::path& path, PictureFormat format, const render::Image& image,
                  const std::map<std::string, std::string>& remarks);

/// Traces a picture tile by tile into `store`, then writes it from there by bands of tiles, so that memory
/// holds a band, however large the picture. False: `shouldStop` said so; what is done is in the store.
[[nodiscard]] bool traceStill(render::PathTracer& tracer, int samples, int tileSide, const TileStore& store,
                              const std::function<bool()>& shouldStop,
                              const std::function<std::unique_ptr<PictureRows>()>& open);

/// The whole picture in memory, by tiles: a video's frame. False as above.
[[nodiscard]] bool traceFrame(render::PathTracer& tracer, int samples, int tileSide,
                              const std::function<bool()>& shouldStop, render::HdrImage& image);

}  // namespace aula::app

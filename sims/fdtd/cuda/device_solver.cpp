// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cuda/device_solver.h"

#include <algorithm>
#include <cstdio>

#include "compute/launch.h"
#include "core/assert.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "fdtd/model/needs.h"

namespace aula::fdtd::cuda {

namespace {

/// Floats of a box that are moved at once, 32 MiB.
constexpr std::size_t kStaging = std::size_t{8} << 20;

const char* const kNames[6] = {"Ex", "Ey", "Ez", "Hx", "Hy", "Hz"};

/// Cuts [begin, end) into `parts` nearly equal ranges.
void cut(int begin, int end, int parts, std::vector<std::pair<int, int>>& ranges) {
  for (int n = 0; n < parts; ++n) {
    const int first = begin + static_cast<int>(std::int64_t{end - begin} * n / parts);
    const int last = begin + static_cast<int>(std::int64_t{end - begin} * (n + 1) / parts);
    if (first < last) ranges.emplace_back(first, last);
  }
}

/// Calls visit(box, its first element in `whole`) for slabs of whole planes, or of rows where a plane is too
/// large.
template <class Visit>
void forEachPart(const IndexBox& whole, const Visit& visit) {
  if (whole.size() == 0) return;
  const auto row = static_cast<std::size_t>(whole.extent(0));
  const std::size_t plane = row * static_cast<std::size_t>(whole.extent(1));
  const int rows =
      static_cast<int>(std::clamp<std::size_t>(kStaging / row, 1, static_cast<std::size_t>(whole.extent(1))));
  const int planes = static_cast<int>(
      std::clamp<std::size_t>(kStaging / plane, 1, static_cast<std::size_t>(whole.extent(2))));
  IndexBox part = whole;
  for (int k = whole.lower[2]; k < whole.upper[2]; k += planes)
    for (int j = whole.lower[1]; j < whole.upper[1]; j += rows) {
      part.lower[1] = j;
      part.upper[1] = std::min(j + rows, whole.upper[1]);
      part.lower[2] = k;
      part.upper[2] = std::min(k + planes, whole.upper[2]);
      visit(part, static_cast<std::size_t>(k - whole.lower[2]) * plane +
                      static_cast<std::size_t>(j - whole.lower[1]) * row);
    }
}

BoxPlace placeOf(const IndexBox& box) {
  return {{box.lower[0], box.lower[1], box.lower[2]}, {box.extent(0), box.extent(1), box.extent(2)}};
}

}  // namespace

DeviceSolver::DeviceSolver(std::shared_ptr<compute::Backend> backend, const Setup& setup,
                           const Medium& medium)
    : grid_(setup.grid),
      stream_(std::move(backend)),
      deviceGrid_(makeDeviceGrid(setup)),
      medium_(stream_, setup, medium, deviceGrid_),
      injections_(stream_, setup, medium, deviceGrid_, kWindow),
      couplings_(stream_, setup, medium, deviceGrid_),
      dispersion_(stream_, setup, medium, deviceGrid_) {
  const auto size = static_cast<std::size_t>(deviceGrid_.size());
  for (int which = 0; which < 2; ++which)
    for (std::size_t c = 0; c < 6; ++c) {
      auto& buffer = fields_[static_cast<std::size_t>(which)][c];
      buffer = {stream_, size, std::string(kNames[c]) + (which == 0 ? " A" : " B")};
      buffer.fillZero(stream_);
    }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto slab = static_cast<std::size_t>(deviceGrid_.slabSize(static_cast<int>(axis)));
    for (std::size_t n = 0; n < 2; ++n) {
      for (LayerBuffers* buffers : {&magneticMemory_[0], &magneticMemory_[1], &electricMemory_}) {
        (*buffers)[axis][n] = {stream_, slab,
                               buffers == &electricMemory_ ? "E layer memory" : "H layer memory"};
        (*buffers)[axis][n].fillZero(stream_);
      }
    }
    const int a = static_cast<int>(axis);
    if (!deviceGrid_.isPeriodic[a] && !deviceGrid_.isHighMirror[a])
      closingNormal_[axis].assign(static_cast<std::size_t>(grid_.count(kHx + a, (a + 1) % 3)) *
                                      static_cast<std::size_t>(grid_.count(kHx + a, (a + 2) % 3)),
                                  0.0F);
    // There the curl is zero, but magnetic conductivity still takes its share.
    const MediumReader reader(setup, medium);
    if (closingNormal_[axis].empty() || !grid_.computes(kHx + a) || reader.isLossless(kHx + a)) continue;
    const int b = (a + 1) % 3, c = (a + 2) % 3;
    int index[3];
    index[a] = grid_.cells(a);
    for (index[c] = 0; index[c] < grid_.count(kHx + a, c); ++index[c])
      for (index[b] = 0; index[b] < grid_.count(kHx + a, b); ++index[b])
        closingLoss_[axis].push_back(
            static_cast<float>(reader.at(kHx + a, index[0], index[1], index[2]).loss));
  }
  makeTiles(stream_.backend().properties().multiprocessors);
  stream_.synchronise();
}

void DeviceSolver::makeTiles(int multiprocessors) {
  const DeviceGrid& grid = deviceGrid_;
  const int tilesX = compute::blocksFor(grid.owned[0], kTileX),
            tilesY = compute::blocksFor(grid.owned[1], kTileY);

  // Enough blocks to fill the device several times over, of planes enough that the one computed twice hardly
  // counts. A range that starts one plane above the low layer needs nothing of the layer.
  constexpr int kBlocksEach = 12, kFewestPlanes = 16;
  const int inner = std::min(grid.owned[2], grid.lowLayer[2] == 0 ? 0 : grid.lowLayer[2] + 1);
  const int outer = std::max(inner, grid.cells[2] - grid.highLayer[2]);
  const int end = grid.highLayer[2] == 0 ? grid.owned[2] : outer;
  const int wanted = compute::blocksFor(kBlocksEach * multiprocessors, tilesX * tilesY);
  std::vector<std::pair<int, int>> ranges;
  cut(0, inner, 1, ranges);
  cut(inner, end, std::clamp(wanted, 1, std::max(1, (end - inner) / kFewestPlanes)), ranges);
  cut(end, grid.owned[2], 1, ranges);

  // H of the cell before a tile's first counts as the tile's.
  const auto touchesLayer = [&](int axis, int first, int last) {
    for (int index = std::max(first - 1, 0); index < last; ++index)
      if (grid.slab(axis, index) >= 0) return true;
    return false;
  };
  std::vector<Tile> plain, layer;
  for (const auto& [zBegin, zEnd] : ranges)
    for (int y = 0; y < grid.owned[1]; y += kTileY)
      for (int x = 0; x < grid.owned[0]; x += kTileX) {
        const bool isLayer = touchesLayer(0, x, std::min(x + kTileX, grid.owned[0])) ||
                             touchesLayer(1, y, std::min(y + kTileY, grid.owned[1])) ||
                             touchesLayer(2, zBegin, zEnd);
        (isLayer ? layer : plain).push_back({x, y, zBegin, zEnd});
      }
  plainTiles_ = {stream_, plain.size(), "tiles"};
  plainTiles_.upload(stream_, plain);
  layerTiles_ = {stream_, layer.size(), "layer tiles"};
  layerTiles_.upload(stream_, layer);
}

Fields DeviceSolver::fields(int which) const {
  Fields result{};
  for (std::size_t c = 0; c < 6; ++c) result.values[c] = fields_[static_cast<std::size_t>(which)][c].device();
  return result;
}

LayerMemory DeviceSolver::memory(const LayerBuffers& buffers) {
  LayerMemory result{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t n = 0; n < 2; ++n) result.psi[axis][n] = buffers[axis][n].device();
  return result;
}

void DeviceSolver::launchStep(int stepInWindow, int from) {
  const auto old = static_cast<std::size_t>(from);
  const Fields source = fields(from), target = fields(1 - from);
  injections_.launch(stream_, kMagnetic, stepInWindow, source);
  const auto march = [&](auto kernel, const compute::DeviceBuffer<Tile>& tiles) {
    kernel.grid = deviceGrid_;
    kernel.tables = medium_.tables();
    kernel.from = source;
    kernel.to = target;
    kernel.magneticFrom = memory(magneticMemory_[old]);
    kernel.magneticTo = memory(magneticMemory_[1 - old]);
    kernel.electric = memory(electricMemory_);
    kernel.tiles = tiles.device();
    compute::launch(stream_, {{static_cast<int>(tiles.size()), 1, 1}, {kTileX, kTileY, 1}}, kernel);
  };
  march(March<true>{}, layerTiles_);
  march(March<false>{}, plainTiles_);
  injections_.launch(stream_, kElectric, stepInWindow, target);
  couplings_.launch(stream_, deviceGrid_, medium_.tables(), target);
  dispersion_.launch(stream_, medium_.tables(), source, target);
}

void DeviceSolver::advance(std::int64_t steps) {
  while (steps > 0) {
    const int window = static_cast<int>(std::min<std::int64_t>(steps, kWindow));
    injections_.prepare(stream_, window);
    if (window == kWindow) {
      auto& batch = windows_[static_cast<std::size_t>(current_)];
      if (!batch)
        batch = stream_.record([&] {
          for (int n = 0; n < kWindow; ++n) launchStep(n, (current_ + n) % 2);
        });
      batch->run();
    } else {
      for (int n = 0; n < window; ++n) launchStep(n, (current_ + n) % 2);
    }
    for (std::size_t axis = 0; axis < 3; ++axis)
      for (std::size_t n = 0; n < closingLoss_[axis].size(); ++n)
        for (int m = 0; m < window; ++m)
          closingNormal_[axis][n] =
              multiplyAdd(-closingLoss_[axis][n], closingNormal_[axis][n], closingNormal_[axis][n]);
    current_ = (current_ + window) % 2;
    step_ += window;
    steps -= window;
  }
  stream_.synchronise();
}

template <class Self, class Visit>
void DeviceSolver::forEachClosingNormal(Self& self, int component, const IndexBox& box, const Visit& visit) {
  if (isElectric(component)) return;
  const int axis = axisOf(component), b = (axis + 1) % 3, c = (axis + 2) % 3;
  auto& plane = self.closingNormal_[static_cast<std::size_t>(axis)];
  const Grid& grid = self.grid_;
  const int n = grid.cells(axis);
  if (plane.empty() || box.lower[static_cast<std::size_t>(axis)] > n ||
      box.upper[static_cast<std::size_t>(axis)] <= n)
    return;
  const auto sb = static_cast<std::size_t>(b), sc = static_cast<std::size_t>(c);
  for (int ic = box.lower[sc]; ic < box.upper[sc]; ++ic)
    for (int ib = box.lower[sb]; ib < box.upper[sb]; ++ib) {
      int index[3];
      index[axis] = n;
      index[b] = ib;
      index[c] = ic;
      const std::size_t at =
          (static_cast<std::size_t>(index[2] - box.lower[2]) * static_cast<std::size_t>(box.extent(1)) +
           static_cast<std::size_t>(index[1] - box.lower[1])) *
              static_cast<std::size_t>(box.extent(0)) +
          static_cast<std::size_t>(index[0] - box.lower[0]);
      visit(plane[static_cast<std::size_t>(ic) * static_cast<std::size_t>(grid.count(component, b)) +
                  static_cast<std::size_t>(ib)],
            at);
    }
}

void DeviceSolver::read(int component, const IndexBox& box, std::span<float> out) const {
  AULA_ASSERT(out.size() == box.size());
  forEachPart(box, [&](const IndexBox& part, std::size_t first) {
    const std::size_t size = part.size();
    if (staging_.size() < size) staging_ = {stream_, size, "staging"};
    const Gather kernel{{deviceGrid_, placeOf(part), fields(current_).values[component], staging_.device()},
                        static_cast<long>(size)};
    compute::launch(stream_, kernel.shape(), kernel);
    staging_.download(stream_, out.subspan(first, size));
  });
  forEachClosingNormal(*this, component, box, [&](const float& value, std::size_t at) { out[at] = value; });
}

void DeviceSolver::read(int component, const IndexBox& box, std::span<double> out) const {
  std::vector<float> values(box.size());
  read(component, box, std::span<float>(values));
  std::copy(values.begin(), values.end(), out.begin());
}

void DeviceSolver::write(int component, const IndexBox& box, std::span<const double> values) {
  AULA_ASSERT(values.size() == box.size());
  forEachPart(box, [&](const IndexBox& part, std::size_t first) {
    const std::size_t size = part.size();
    if (staging_.size() < size) staging_ = {stream_, size, "staging"};
    const std::span<const double> here = values.subspan(first, size);
    const std::vector<float> rounded(here.begin(), here.end());
    staging_.upload(stream_, rounded);
    const Scatter kernel{{deviceGrid_, placeOf(part), fields(current_).values[component], staging_.device(),
                          medium_.tables().coefficients[component].cb, component},
                         static_cast<long>(size)};
    compute::launch(stream_, kernel.shape(), kernel);
  });
  forEachClosingNormal(*this, component, box,
                       [&](float& value, std::size_t at) { value = static_cast<float>(values[at]); });
  stream_.synchronise();
}

bool DeviceSolver::isFinite() const {
  compute::DeviceBuffer<int> found(stream_, 1, "found");
  found.fillZero(stream_);
  for (const auto& buffer : fields_[static_cast<std::size_t>(current_)]) {
    const FindNonFinite kernel{{buffer.device(), found.device()}, static_cast<long>(buffer.size())};
    compute::launch(stream_, kernel.shape(), kernel);
  }
  int result = 0;
  found.download(stream_, {&result, 1});
  return result == 0;
}

template <class Self, class Visit>
void DeviceSolver::forEachState(Self& self, const Visit& visit) {
  const auto now = static_cast<std::size_t>(self.current_);
  for (std::size_t c = 0; c < 6; ++c) visit(self.fields_[now][c], kNames[c]);
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t n = 0; n < 2; ++n) {
      const std::string end = std::to_string(axis) + "/" + std::to_string(n);
      visit(self.magneticMemory_[now][axis][n], "layers/H/" + end);
      visit(self.electricMemory_[axis][n], "layers/E/" + end);
    }
}

void DeviceSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  std::vector<float> part;
  forEachState(*this, [&](const compute::DeviceBuffer<float>& buffer, const std::string& name) {
    for (std::size_t first = 0; first < buffer.size(); first += kStaging) {
      part.resize(std::min(kStaging, buffer.size() - first));
      buffer.download(stream_, part, first);
      writer.writeArray(name + "/" + std::to_string(first), std::span<const float>(part));
    }
  });
  for (std::size_t axis = 0; axis < 3; ++axis)
    writer.writeArray("closing/" + std::to_string(axis), std::span<const float>(closingNormal_[axis]));
  dispersion_.save(stream_, writer);
  injections_.save(writer);
}

void DeviceSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("step");
  current_ = 0;
  std::vector<float> part;
  forEachState(*this, [&](compute::DeviceBuffer<float>& buffer, const std::string& name) {
    for (std::size_t first = 0; first < buffer.size(); first += kStaging) {
      part.resize(std::min(kStaging, buffer.size() - first));
      reader.readArray(name + "/" + std::to_string(first), std::span<float>(part));
      buffer.upload(stream_, part, first);
    }
  });
  for (std::size_t axis = 0; axis < 3; ++axis)
    reader.readArray("closing/" + std::to_string(axis), std::span<float>(closingNormal_[axis]));
  dispersion_.load(stream_, reader);
  injections_.load(reader);
}

double DeviceSolver::bytes() const {
  double sum = medium_.bytes() + injections_.bytes() + couplings_.bytes() + dispersion_.bytes();
  for (const auto& buffers : fields_)
    for (const auto& buffer : buffers) sum += static_cast<double>(buffer.bytes());
  for (const LayerBuffers* buffers : {&magneticMemory_[0], &magneticMemory_[1], &electricMemory_})
    for (const auto& axis : *buffers)
      for (const auto& buffer : axis) sum += static_cast<double>(buffer.bytes());
  return sum + static_cast<double>(plainTiles_.bytes() + layerTiles_.bytes() + staging_.bytes());
}

std::string DeviceSolver::description() const {
  return stream_.backend().properties().name + ", one pass a step, tiles of " + std::to_string(kTileX) +
         " x " + std::to_string(kTileY) + " cells";
}

}  // namespace aula::fdtd::cuda

namespace aula::fdtd {

double estimateDeviceSolverBytes(const Setup& setup) {
  const cuda::DeviceGrid grid = cuda::makeDeviceGrid(setup);
  double floats = 12.0 * static_cast<double>(grid.size());
  // Two arrays for each H memory, one for each E memory, two components an axis.
  for (int axis = 0; axis < 3; ++axis) floats += 6.0 * static_cast<double>(grid.slabSize(axis));

  // Coefficients; of each of three components, place (two floats' room) and states of a dispersive cell.
  const MaterialNeeds needs = materialNeeds(setup);
  floats += needs.coefficients * static_cast<double>(grid.size());
  floats += 3 * (2 * needs.dispersiveShare + 2 * needs.poles) * static_cast<double>(grid.size());
  return sizeof(float) * floats + double{cuda::kStaging} * sizeof(float);
}

namespace {

std::unique_ptr<Solver> makeDeviceSolver(std::shared_ptr<compute::Backend> backend, const Setup& setup,
                                         const Medium& medium) {
  const compute::BackendProperties properties = backend->properties();
  const double needed = estimateDeviceSolverBytes(setup);
  if (needed > properties.freeBytes) {
    char text[256];
    std::snprintf(text, sizeof text,
                  "a grid of %d x %d x %d cells needs up to %.1f GiB on this device, and %.1f GiB of it are "
                  "free; use fewer cells, or "
                  "--device cpu, which takes half as much",
                  setup.grid.nx, setup.grid.ny, setup.grid.nz, needed / 0x1p30,
                  properties.freeBytes / 0x1p30);
    throw core::inputError(text);
  }
  return std::make_unique<cuda::DeviceSolver>(std::move(backend), setup, medium);
}

}  // namespace

std::unique_ptr<Solver> makeCheckSolver(const Setup& setup, const Medium& medium) {
  return makeDeviceSolver(compute::makeCheckBackend(), setup, medium);
}

std::unique_ptr<Solver> makeCudaSolver(const Setup& setup, const Medium& medium) {
  return makeDeviceSolver(compute::makeCudaBackend(), setup, medium);
}

}  // namespace aula::fdtd

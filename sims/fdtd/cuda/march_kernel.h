// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "fdtd/cuda/cell_update.h"

namespace aula::fdtd::cuda {

inline constexpr int kTileX = 32, kTileY = 8;

/// What one block advances: a tile of cells and a range of planes.
struct Tile {
  int x, y;  ///< First cell.
  int zBegin, zEnd;
};

/// One whole step of all six components in one pass through memory, streaming along z.
///
///     H(n+1/2) = H(n-1/2) - c0 dt mu^-1 curl E(n),   E(n+1) = E(n) + c0 dt eps^-1 curl H(n+1/2) (yee.h,
///     cpml.h)
///
/// A block marches through the planes of a tile. At plane k it has E of planes k and k + 1 in shared memory,
/// with a frame one cell wide; it computes the new H of plane k for its own cells and, once more than its
/// neighbours do, for the cells just left of and just before the tile; from those and from the new H of plane
/// k - 1, kept in registers, it computes the new E of plane k. So each field is read once and written once,
/// 48 bytes a cell, but for the frames, which neighbouring blocks read at about the same time (second-level
/// cache). What the next plane needs is already on its way in registers.
///
/// Blocks read the old fields and write the new ones, which are other arrays: in one array a neighbour could
/// read a cell of this step's end. The traffic is the same, the memory twice as much. For the same reason the
/// memories of H's layers are two arrays, since neighbours compute the same H again; those of E are updated
/// where they stand.
///
/// Following J. Micikevicius, "3D finite difference computation on GPUs using CUDA", GPGPU-2 (2009), who
/// streams one field.
template <bool HasLayers>
struct March {
  static constexpr const char* kName = HasLayers ? "march with layers" : "march";
  static constexpr int kThreads = kTileX * kTileY;
  static constexpr int kFrame = 2 * (kTileX + 2) + 2 * kTileY;  ///< Cells of E around a tile.
  static_assert(kFrame <= kThreads, "each thread fetches at most one cell of the frame");

  struct Shared {
    float ex[2][kTileY + 2][kTileX + 2], ey[2][kTileY + 2][kTileX + 2];  ///< By parity of the plane.
    float ez[kTileY + 2][kTileX + 2];
    float hx[kTileY + 1][kTileX], hy[kTileY][kTileX + 1],
        hz[kTileY + 1][kTileX + 1];  ///< From -1 where there is one more.
  };
  struct Registers {
    int at, frameAt,
        sideAt;  ///< Places in a plane: own cell, a cell of the frame, a cell beside; -1: none there.
    unsigned flags;
    float ex, ey, ez;                 ///< Own E, on its way: x and y of the plane after, z of this one.
    float frameEx, frameEy, frameEz;  ///< The same of a cell of the frame.
    float hx, hy, hz;                 ///< Own old H of this plane.
    float hxBelow, hyBelow;           ///< Own new H of the plane before.
  };

  DeviceGrid grid;
  UpdateTables tables;
  Fields from, to;
  LayerMemory magneticFrom, magneticTo, electric;
  const Tile* tiles;

  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const Tile tile = tiles[block.index().x];
    // The plane below gives H for the first E, unless E there is a wall's or a mirror's.
    const int first = tile.zBegin > 0 || grid.isPeriodic[2] ? tile.zBegin - 1 : tile.zBegin;
    const int last = tile.zEnd - 1;

    block.phase([&](compute::ThreadIndex thread, Registers& own) {
      settle(tile, thread, own);
      own.hxBelow = own.hyBelow = 0;
      const Plane here = planeAt(first);
      auto& ex = shared.ex[first & 1];
      auto& ey = shared.ey[first & 1];
      ex[thread.y + 1][thread.x + 1] = load(kX, here, own.at);
      ey[thread.y + 1][thread.x + 1] = load(kY, here, own.at);
      if (isInFrame(thread)) {
        const FrameCell cell = frameCell(thread);
        ex[cell.y + 1][cell.x + 1] = load(kX, here, own.frameAt);
        ey[cell.y + 1][cell.x + 1] = load(kY, here, own.frameAt);
      }
      fetchElectric(thread, here, planeAt(first + 1), own);
      fetchMagnetic(here, own);
    });
    for (int k = first; k <= last; ++k) {
      const Plane here = planeAt(k), above = planeAt(k + 1);
      block.phase([&](compute::ThreadIndex thread, Registers& own) {
        if (k > first) advanceElectric(tile, thread, k - 1, shared, own);
        auto& ex = shared.ex[(k + 1) & 1];
        auto& ey = shared.ey[(k + 1) & 1];
        ex[thread.y + 1][thread.x + 1] = own.ex;
        ey[thread.y + 1][thread.x + 1] = own.ey;
        shared.ez[thread.y + 1][thread.x + 1] = own.ez;
        if (isInFrame(thread)) {
          const FrameCell cell = frameCell(thread);
          ex[cell.y + 1][cell.x + 1] = own.frameEx;
          ey[cell.y + 1][cell.x + 1] = own.frameEy;
          shared.ez[cell.y + 1][cell.x + 1] = own.frameEz;
        }
        if (k < last) fetchElectric(thread, above, planeAt(k + 2), own);
      });
      block.phase([&](compute::ThreadIndex thread, Registers& own) {
        advanceMagnetic(tile, thread, k, here, shared, own);
        if (k < last) fetchMagnetic(above, own);
      });
    }
    block.phase([&](compute::ThreadIndex thread, Registers& own) {
      advanceElectric(tile, thread, last, shared, own);
    });
  }

 private:
  static constexpr int kX = 0, kY = 1, kZ = 2;
  /// What is computed at a thread's own cell as far as x and y decide: H exists, E is updated; where mirrors
  /// are.
  enum Flag : unsigned {
    kHx = 1,
    kHy = 2,
    kHz = 4,
    kEx = 8,
    kEy = 16,
    kEz = 32,
    kLowMirrorX = 64,
    kHighMirrorX = 128,
    kLowMirrorY = 256,
    kHighMirrorY = 512
  };

  /// A plane of the arrays; offset -1: there is none.
  struct Plane {
    int k;
    long offset;
  };
  AULA_HD Plane planeAt(int k) const {
    const int located = grid.locate(2, k);
    return {located, located < 0 ? -1 : located * grid.plane};
  }
  AULA_HD float load(int component, Plane plane, int at) const {
    return plane.offset < 0 || at < 0 ? 0.0F : from.values[component][plane.offset + at];
  }
  AULA_HD int placeInPlane(int x, int y) const {
    const int i = grid.locate(0, x), j = grid.locate(1, y);
    return i < 0 || j < 0 ? -1 : static_cast<int>(j * grid.pitch) + i;
  }

  AULA_HD static int number(compute::ThreadIndex thread) { return thread.y * kTileX + thread.x; }
  AULA_HD static bool isInFrame(compute::ThreadIndex thread) { return number(thread) < kFrame; }
  /// Counted from the tile's first cell: the rows before and after the tile, corners included, then the
  /// columns at its sides.
  struct FrameCell {
    int x, y;
  };
  AULA_HD static FrameCell frameCell(compute::ThreadIndex thread) {
    const int n = number(thread);
    if (n < 2 * (kTileX + 2)) return {n % (kTileX + 2) - 1, n < kTileX + 2 ? -1 : kTileY};
    return {(n & 1) != 0 ? kTileX : -1, (n - 2 * (kTileX + 2)) / 2};
  }
  /// The cells beside the tile whose H it needs: the row before it, then the column left of it.
  AULA_HD static FrameCell sideCell(compute::ThreadIndex thread) {
    const int n = number(thread);
    return n < kTileX ? FrameCell{n, -1} : FrameCell{-1, n - kTileX};
  }

  /// What stays the same for all planes.
  AULA_HD void settle(const Tile& tile, compute::ThreadIndex thread, Registers& own) const {
    const int i = tile.x + thread.x, j = tile.y + thread.y;
    own.at = placeInPlane(
        i, j);  // Also just beyond a periodic grid, where the tile's last cells look for their neighbours.
    own.frameAt = own.sideAt = -1;
    own.flags = 0;
    if (i < grid.owned[0] && j < grid.owned[1]) {
      // At index n, owned behind a mirror alone, stands only what is not half a cell further along that axis.
      const bool hasX = i < grid.cells[0], hasY = j < grid.cells[1];
      const bool isWallX = grid.isWall(0, i), isWallY = grid.isWall(1, j);
      own.flags = (hasY ? kHx : 0U) | (hasX ? kHy : 0U) | (hasX && hasY ? kHz : 0U) |
                  (hasX && !isWallY ? kEx : 0U) | (hasY && !isWallX ? kEy : 0U) |
                  (!isWallX && !isWallY ? kEz : 0U) | (i == 0 && grid.isLowMirror[0] ? kLowMirrorX : 0U) |
                  (hasX ? 0U : kHighMirrorX) | (j == 0 && grid.isLowMirror[1] ? kLowMirrorY : 0U) |
                  (hasY ? 0U : kHighMirrorY);
    }
    if (isInFrame(thread)) {
      const FrameCell cell = frameCell(thread);
      own.frameAt = placeInPlane(tile.x + cell.x, tile.y + cell.y);
    }
    if (number(thread) < kTileX + kTileY) {
      const FrameCell cell = sideCell(thread);
      own.sideAt = placeInPlane(tile.x + cell.x, tile.y + cell.y);
    }
  }

  /// E that the phases of plane `here` need: x and y one plane on.
  AULA_HD void fetchElectric(compute::ThreadIndex thread, Plane here, Plane above, Registers& own) const {
    own.ex = load(kX, above, own.at);
    own.ey = load(kY, above, own.at);
    own.ez = load(kZ, here, own.at);
    if (isInFrame(thread)) {
      own.frameEx = load(kX, above, own.frameAt);
      own.frameEy = load(kY, above, own.frameAt);
      own.frameEz = load(kZ, here, own.frameAt);
    }
  }

  AULA_HD void fetchMagnetic(Plane here, Registers& own) const {
    own.hx = load(3, here, own.at);
    own.hy = load(4, here, own.at);
    own.hz = load(5, here, own.at);
  }

  /// New H of component X at a cell counted from the tile's first, `at` its place in plane `here`;
  /// differences from shared memory. `writes`: the cell is ours.
  template <int X>
  AULA_HD float magneticAt(const Tile& tile, FrameCell cell, int k, Plane here, int at, float field,
                           bool writes, const Shared& shared) const {
    const auto& ex = shared.ex[k & 1];
    const auto& ey = shared.ey[k & 1];
    const auto& ez = shared.ez;
    const int sx = cell.x + 1, sy = cell.y + 1, up = (k + 1) & 1;
    float dbOc, dcOb;  // With (X, b, c) in cyclic order: differences along b of O_c, along c of O_b.
    if (X == 0) {
      dbOc = ez[sy + 1][sx] - ez[sy][sx];
      dcOb = shared.ey[up][sy][sx] - ey[sy][sx];
    } else if (X == 1) {
      dbOc = shared.ex[up][sy][sx] - ex[sy][sx];
      dcOb = ez[sy][sx + 1] - ez[sy][sx];
    } else {
      dbOc = ey[sy][sx + 1] - ey[sy][sx];
      dcOb = ex[sy + 1][sx] - ex[sy][sx];
    }
    // Only layers ask where the cell is.
    const int i = HasLayers ? grid.locate(0, tile.x + cell.x) : 0,
              j = HasLayers ? grid.locate(1, tile.y + cell.y) : 0;
    const float curl = curlAt<X, HasLayers>(grid, tables, kMagnetic, i, j, here.k, dbOc, dcOb, magneticFrom,
                                            writes ? &magneticTo : nullptr);
    const float result = advanced(tables.coefficients[3 + X], here.offset + at, field, curl);
    if (writes) to.values[3 + X][here.offset + at] = result;
    return result;
  }

  AULA_HD void advanceMagnetic(const Tile& tile, compute::ThreadIndex thread, int k, Plane here,
                               Shared& shared, Registers& own) const {
    const bool writes = k >= tile.zBegin;
    // Half a cell up from the closing face of a mirror there is nothing.
    const bool hasUpper = here.k < grid.cells[2];
    const FrameCell self{thread.x, thread.y};
    float hx = 0, hy = 0, hz = 0;
    if ((own.flags & kHx) != 0 && hasUpper)
      hx = magneticAt<0>(tile, self, k, here, own.at, own.hx, writes, shared);
    if ((own.flags & kHy) != 0 && hasUpper)
      hy = magneticAt<1>(tile, self, k, here, own.at, own.hy, writes, shared);
    // Below the tile's own planes only what stands half a cell up is needed.
    if ((own.flags & kHz) != 0 && writes)
      hz = magneticAt<2>(tile, self, k, here, own.at, own.hz, true, shared);
    shared.hx[thread.y + 1][thread.x] = hx;
    shared.hy[thread.y][thread.x + 1] = hy;
    shared.hz[thread.y + 1][thread.x + 1] = hz;

    if (!writes || number(thread) >= kTileX + kTileY) return;
    const FrameCell side = sideCell(thread);
    const bool isRow = side.y < 0;
    float across = 0, normal = 0;  // Hx before the tile, Hy left of it; Hz.
    if (own.sideAt >= 0) {
      const long at = here.offset + own.sideAt;
      // Beyond the last cell of the other axis stands nothing that is needed, but nothing may be read there
      // either.
      const bool hasX = tile.x + side.x < grid.cells[0], hasY = tile.y + side.y < grid.cells[1];
      if (hasUpper && isRow && hasY)
        across = magneticAt<0>(tile, side, k, here, own.sideAt, from.values[3][at], false, shared);
      if (hasUpper && !isRow && hasX)
        across = magneticAt<1>(tile, side, k, here, own.sideAt, from.values[4][at], false, shared);
      if (hasX && hasY)
        normal = magneticAt<2>(tile, side, k, here, own.sideAt, from.values[5][at], false, shared);
    }
    if (isRow) {
      shared.hx[0][side.x] = across;
      shared.hz[0][side.x + 1] = normal;
    } else {
      shared.hy[side.y][0] = across;
      shared.hz[side.y + 1][0] = normal;
    }
  }

  /// Difference towards the neighbour before along an axis; a mirror gives the antisymmetric image of the
  /// other one.
  AULA_HD static float backward(bool isLowMirror, bool isHighMirror, float before, float here) {
    if (isLowMirror) before = -here;
    if (isHighMirror) here = -before;
    return before - here;
  }

  template <int X>
  AULA_HD void electricAt(int i, int j, int k, long at, float field, float dbOc, float dcOb) const {
    const float curl =
        curlAt<X, HasLayers>(grid, tables, kElectric, i, j, k, dbOc, dcOb, electric, &electric);
    to.values[X][at] = advanced(tables.coefficients[X], at, field, curl);
  }

  AULA_HD void advanceElectric(const Tile& tile, compute::ThreadIndex thread, int k, const Shared& shared,
                               Registers& own) const {
    const int i = tile.x + thread.x, j = tile.y + thread.y, x = thread.x, y = thread.y;
    const float hx = shared.hx[y + 1][x], hy = shared.hy[y][x + 1];
    if (k >= tile.zBegin) {
      const float hz = shared.hz[y + 1][x + 1];
      const bool isLowX = (own.flags & kLowMirrorX) != 0, isHighX = (own.flags & kHighMirrorX) != 0;
      const bool isLowY = (own.flags & kLowMirrorY) != 0, isHighY = (own.flags & kHighMirrorY) != 0;
      const bool isLowZ = k == 0 && grid.isLowMirror[2], isHighZ = k == grid.cells[2];
      const bool isWallZ = grid.isWall(2, k);
      const long at = k * grid.plane + own.at;
      if ((own.flags & kEx) != 0 && !isWallZ)
        electricAt<0>(i, j, k, at, shared.ex[k & 1][y + 1][x + 1],
                      backward(isLowY, isHighY, shared.hz[y][x + 1], hz),
                      backward(isLowZ, isHighZ, own.hyBelow, hy));
      if ((own.flags & kEy) != 0 && !isWallZ)
        electricAt<1>(i, j, k, at, shared.ey[k & 1][y + 1][x + 1], backward(isLowZ, isHighZ, own.hxBelow, hx),
                      backward(isLowX, isHighX, shared.hz[y + 1][x], hz));
      if ((own.flags & kEz) != 0 && !isHighZ)
        electricAt<2>(i, j, k, at, shared.ez[y + 1][x + 1], backward(isLowX, isHighX, shared.hy[y][x], hy),
                      backward(isLowY, isHighY, shared.hx[y][x], hx));
    }
    own.hxBelow = hx;
    own.hyBelow = hy;
  }
};

}  // namespace aula::fdtd::cuda

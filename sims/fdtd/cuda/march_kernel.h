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
      const int frame = thread.y * kTileX + thread.x;
      int frameX, frameY;
      frameCell(frame, frameX, frameY);
      store(shared.ex[first & 1], shared.ey[first & 1], thread,
            electricAt(kX, tile, thread.x, thread.y, first), electricAt(kY, tile, thread.x, thread.y, first));
      if (frame < kFrame) {
        shared.ex[first & 1][frameY + 1][frameX + 1] = electricAt(kX, tile, frameX, frameY, first);
        shared.ey[first & 1][frameY + 1][frameX + 1] = electricAt(kY, tile, frameX, frameY, first);
      }
      fetchElectric(tile, thread, first, own);
      fetchMagnetic(tile, thread, first, own);
      own.hxBelow = own.hyBelow = 0;
    });
    for (int k = first; k <= last; ++k) {
      block.phase([&](compute::ThreadIndex thread, Registers& own) {
        if (k > first) advanceElectric(tile, thread, k - 1, shared, own);
        const int next = (k + 1) & 1;
        store(shared.ex[next], shared.ey[next], thread, own.ex, own.ey);
        shared.ez[thread.y + 1][thread.x + 1] = own.ez;
        const int frame = thread.y * kTileX + thread.x;
        if (frame < kFrame) {
          int frameX, frameY;
          frameCell(frame, frameX, frameY);
          shared.ex[next][frameY + 1][frameX + 1] = own.frameEx;
          shared.ey[next][frameY + 1][frameX + 1] = own.frameEy;
          shared.ez[frameY + 1][frameX + 1] = own.frameEz;
        }
        if (k < last) fetchElectric(tile, thread, k + 1, own);
      });
      block.phase([&](compute::ThreadIndex thread, Registers& own) {
        advanceMagnetic(tile, thread, k, shared, own);
        if (k < last) fetchMagnetic(tile, thread, k + 1, own);
      });
    }
    block.phase([&](compute::ThreadIndex thread, Registers& own) {
      advanceElectric(tile, thread, last, shared, own);
    });
  }

 private:
  static constexpr int kX = 0, kY = 1, kZ = 2;

  AULA_HD static void store(float (&ex)[kTileY + 2][kTileX + 2], float (&ey)[kTileY + 2][kTileX + 2],
                            compute::ThreadIndex thread, float x, float y) {
    ex[thread.y + 1][thread.x + 1] = x;
    ey[thread.y + 1][thread.x + 1] = y;
  }

  /// The rows before and after the tile, corners included, then the columns left and right of it.
  AULA_HD static void frameCell(int n, int& x, int& y) {
    if (n < 2 * (kTileX + 2)) {
      x = n % (kTileX + 2) - 1;
      y = n < kTileX + 2 ? -1 : kTileY;
    } else {
      x = (n & 1) != 0 ? kTileX : -1;
      y = (n - 2 * (kTileX + 2)) / 2;
    }
  }

  /// Old E at a cell counted from the tile's first, in or around the tile.
  AULA_HD float electricAt(int component, const Tile& tile, int x, int y, int k) const {
    const int i = grid.locate(0, tile.x + x), j = grid.locate(1, tile.y + y), kk = grid.locate(2, k);
    if (i < 0 || j < 0 || kk < 0) return 0;
    return from.values[component][grid.offset(i, j, kk)];
  }

  /// E that the phases of plane k need: x and y one plane on.
  AULA_HD void fetchElectric(const Tile& tile, compute::ThreadIndex thread, int k, Registers& own) const {
    own.ex = electricAt(kX, tile, thread.x, thread.y, k + 1);
    own.ey = electricAt(kY, tile, thread.x, thread.y, k + 1);
    own.ez = electricAt(kZ, tile, thread.x, thread.y, k);
    const int frame = thread.y * kTileX + thread.x;
    if (frame < kFrame) {
      int x, y;
      frameCell(frame, x, y);
      own.frameEx = electricAt(kX, tile, x, y, k + 1);
      own.frameEy = electricAt(kY, tile, x, y, k + 1);
      own.frameEz = electricAt(kZ, tile, x, y, k);
    }
  }

  AULA_HD void fetchMagnetic(const Tile& tile, compute::ThreadIndex thread, int k, Registers& own) const {
    const int i = tile.x + thread.x, j = tile.y + thread.y, kk = grid.locate(2, k);
    own.hx = own.hy = own.hz = 0;
    if (i >= grid.owned[0] || j >= grid.owned[1] || kk < 0) return;
    const long at = grid.offset(i, j, kk);
    own.hx = from.values[3][at];
    own.hy = from.values[4][at];
    own.hz = from.values[5][at];
  }

  /// New H of component X at a cell counted from the tile's first; differences from shared memory. `writes`:
  /// the cell is ours.
  template <int X>
  AULA_HD float magneticAt(const Tile& tile, int x, int y, int k, float old, bool isOwn, bool writes,
                           const Shared& shared) const {
    const int i = grid.locate(0, tile.x + x), j = grid.locate(1, tile.y + y), kk = grid.locate(2, k);
    // H stands at half cells along the axes other than its own: there is none at index n.
    if (i < 0 || j < 0 || kk < 0) return 0;
    if ((X != 0 && i >= grid.cells[0]) || (X != 1 && j >= grid.cells[1]) || (X != 2 && kk >= grid.cells[2]))
      return 0;
    const auto& ex = shared.ex[k & 1];
    const auto& ey = shared.ey[k & 1];
    const auto& ez = shared.ez;
    const int sx = x + 1, sy = y + 1, up = (k + 1) & 1;
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
    const long at = grid.offset(i, j, kk);
    const float field = isOwn ? old : from.values[3 + X][at];
    const float curl = curlAt<X, HasLayers>(grid, tables, kMagnetic, i, j, kk, dbOc, dcOb, magneticFrom,
                                            writes ? &magneticTo : nullptr);
    const float result = advanced(tables.coefficients[3 + X], at, field, curl);
    if (writes) to.values[3 + X][at] = result;
    return result;
  }

  AULA_HD void advanceMagnetic(const Tile& tile, compute::ThreadIndex thread, int k, Shared& shared,
                               Registers& own) const {
    const bool isInside = tile.x + thread.x < grid.owned[0] && tile.y + thread.y < grid.owned[1];
    const bool writes = isInside && k >= tile.zBegin;
    const int x = thread.x, y = thread.y;
    float hx = 0, hy = 0, hz = 0;
    if (isInside) {
      hx = magneticAt<0>(tile, x, y, k, own.hx, true, writes, shared);
      hy = magneticAt<1>(tile, x, y, k, own.hy, true, writes, shared);
      // Below the tile's own planes only what stands half a cell up is needed.
      if (writes) hz = magneticAt<2>(tile, x, y, k, own.hz, true, writes, shared);
    }
    shared.hx[y + 1][x] = hx;
    shared.hy[y][x + 1] = hy;
    shared.hz[y + 1][x + 1] = hz;
    if (k < tile.zBegin) return;
    // The row before the tile and the column left of it, by the last two warps and a bit: any thread would
    // do.
    const int n = y * kTileX + x;
    if (n < kTileX) {
      shared.hx[0][n] = magneticAt<0>(tile, n, -1, k, 0, false, false, shared);
      shared.hz[0][n + 1] = magneticAt<2>(tile, n, -1, k, 0, false, false, shared);
    } else if (n < kTileX + kTileY) {
      shared.hy[n - kTileX][0] = magneticAt<1>(tile, -1, n - kTileX, k, 0, false, false, shared);
      shared.hz[n - kTileX + 1][0] = magneticAt<2>(tile, -1, n - kTileX, k, 0, false, false, shared);
    }
  }

  /// Difference towards the neighbour before along an axis, a mirror's antisymmetric image where there is
  /// none.
  AULA_HD float backward(int axis, int index, float before, float here) const {
    if (index == 0 && grid.isLowMirror[axis]) before = -here;
    if (index == grid.cells[axis]) here = -before;  // Owned only where the high face is a mirror.
    return before - here;
  }

  template <int X>
  AULA_HD void electricComponent(int i, int j, int k, float old, float dbOc, float dcOb) const {
    constexpr int B = (X + 1) % 3, C = (X + 2) % 3;
    const int index[3] = {i, j, k};
    if (index[X] >= grid.cells[X] || grid.isWall(B, index[B]) || grid.isWall(C, index[C])) return;
    const long at = grid.offset(i, j, k);
    const float curl =
        curlAt<X, HasLayers>(grid, tables, kElectric, i, j, k, dbOc, dcOb, electric, &electric);
    to.values[X][at] = advanced(tables.coefficients[X], at, old, curl);
  }

  AULA_HD void advanceElectric(const Tile& tile, compute::ThreadIndex thread, int k, const Shared& shared,
                               Registers& own) const {
    const int i = tile.x + thread.x, j = tile.y + thread.y, x = thread.x, y = thread.y;
    const float hx = shared.hx[y + 1][x], hy = shared.hy[y][x + 1];
    if (k >= tile.zBegin && i < grid.owned[0] && j < grid.owned[1]) {
      const float hz = shared.hz[y + 1][x + 1];
      electricComponent<0>(i, j, k, shared.ex[k & 1][y + 1][x + 1], backward(1, j, shared.hz[y][x + 1], hz),
                           backward(2, k, own.hyBelow, hy));
      electricComponent<1>(i, j, k, shared.ey[k & 1][y + 1][x + 1], backward(2, k, own.hxBelow, hx),
                           backward(0, i, shared.hz[y + 1][x], hz));
      electricComponent<2>(i, j, k, shared.ez[y + 1][x + 1], backward(0, i, shared.hy[y][x], hy),
                           backward(1, j, shared.hx[y][x], hx));
    }
    own.hxBelow = hx;
    own.hyBelow = hy;
  }
};

}  // namespace aula::fdtd::cuda

// SPDX-License-Identifier: Apache-2.0
// Compiled once for each instruction set, AULA_TISSUE_KERNELS being the table's name.
#include <cmath>

#include "anatomy/tissue/cpu/fields.h"
#include "anatomy/tissue/cpu/wide.h"
#include "anatomy/tissue/model/formula/law.h"

namespace aula::anatomy::tissue::cpu {

namespace {

using Vec = Vector<Wide>;
using Mat = Matrix<Wide>;
using Sym = Symmetric<Wide>;

AULA_TISSUE_HD Wide numberOf(const float* table, int n) {
  return Wide::load(table + kGroup * n);
}
AULA_TISSUE_HD Vec vectorOf(const float* table, int n) {
  return {numberOf(table, n), numberOf(table, n + 1), numberOf(table, n + 2)};
}

AULA_TISSUE_HD Constants<Wide> constantsOf(const Fields& f, int group) {
  const float* c = f.constants + static_cast<std::ptrdiff_t>(group) * kConstants * kGroup;
  return {vectorOf(c, 0),  vectorOf(c, 3),  vectorOf(c, 6),  numberOf(c, 9),
          numberOf(c, 10), numberOf(c, 11), vectorOf(c, 12), numberOf(c, 15),
          numberOf(c, 16), numberOf(c, 17), numberOf(c, 18)};
}

struct Gathered {
  Mat gradient;
  Wide pressure;  ///< The mean of the fourth numbers.
};
AULA_TISSUE_HD Gathered gather(const Fields& f, const Constants<Wide>& c, const float* from, int group) {
  const std::int32_t* corners = f.corners + static_cast<std::ptrdiff_t>(group) * 4 * kGroup;
  const WideFour p0 = gatherFour(from, corners), p1 = gatherFour(from, corners + kGroup),
                 p2 = gatherFour(from, corners + 2 * kGroup), p3 = gatherFour(from, corners + 3 * kGroup);
  const Vec base{p0.x, p0.y, p0.z};
  return {
      gradientOf(c, Vec{p1.x, p1.y, p1.z} - base, Vec{p2.x, p2.y, p2.z} - base, Vec{p3.x, p3.y, p3.z} - base),
      Wide(0.25F) * ((p0.w + p1.w) + (p2.w + p3.w))};
}

AULA_TISSUE_HD Sym symmetricOf(const float* table) {
  return {numberOf(table, 0), numberOf(table, 1), numberOf(table, 2),
          numberOf(table, 3), numberOf(table, 4), numberOf(table, 5)};
}
AULA_TISSUE_HD void storeSymmetric(float* table, const Sym& s) {
  s.xx.store(table), s.yy.store(table + kGroup), s.zz.store(table + 2 * kGroup);
  s.yz.store(table + 3 * kGroup), s.xz.store(table + 4 * kGroup), s.xy.store(table + 5 * kGroup);
}
AULA_TISSUE_HD const float* strainsOf(const Fields& f, int group) {
  return f.strains + static_cast<std::ptrdiff_t>(group) * kStrains * kGroup;
}
AULA_TISSUE_HD Sym nothing() {
  const Wide zero(0);
  return {zero, zero, zero, zero, zero, zero};
}
AULA_TISSUE_HD float* cornersOf(float* table, int group, int floats) {
  return table + static_cast<std::ptrdiff_t>(group) * 4 * kGroup * floats;
}
AULA_TISSUE_HD Wide lengthOf(const Vec& v) {
  return squareRoot(dot(v, v));
}

void strain(const Fields& f, int begin, int end) {
  for (int group = begin; group < end; ++group) {
    const Constants<Wide> c = constantsOf(f, group);
    storeSymmetric(const_cast<float*>(strainsOf(f, group)), strainOf(gather(f, c, f.start, group).gradient));
  }
}

void dilate(const Fields& f, int begin, int end) {
  for (int group = begin; group < end; ++group) {
    const Constants<Wide> c = constantsOf(f, group);
    (c.volume * dilationOf(gather(f, c, f.place, group).gradient)).store(f.dilations + group * kGroup);
  }
}

template <bool HasFibre, bool IsDamped>
void forceOf(const Fields& f, int begin, int end) {
  for (int group = begin; group < end; ++group) {
    const Constants<Wide> c = constantsOf(f, group);
    const Gathered here = gather(f, c, f.place, group);
    const Sym before = IsDamped ? symmetricOf(strainsOf(f, group)) : nothing();
    const Tangent<Wide> t =
        linearise<Wide, HasFibre, IsDamped>(c, here.gradient, here.pressure, before, Wide(1));
    const Corners<Wide> k = forcesOf<Wide, HasFibre, IsDamped>(c, t);
    const Vec rest = Wide(-1.0F) * (k.f1 + k.f2 + k.f3);
    float* to = cornersOf(f.cornerForces, group, 4);
    storeFours(to, rest.x, rest.y, rest.z, lengthOf(rest));
    storeFours(to + 4 * kGroup, k.f1.x, k.f1.y, k.f1.z, lengthOf(k.f1));
    storeFours(to + 8 * kGroup, k.f2.x, k.f2.y, k.f2.z, lengthOf(k.f2));
    storeFours(to + 12 * kGroup, k.f3.x, k.f3.y, k.f3.z, lengthOf(k.f3));
  }
}

template <bool HasFibre, bool IsDamped>
void lineariseOf(const Fields& f, float limit, int begin, int end) {
  for (int group = begin; group < end; ++group) {
    const Constants<Wide> c = constantsOf(f, group);
    const Gathered here = gather(f, c, f.place, group);
    const Sym before = IsDamped ? symmetricOf(strainsOf(f, group)) : nothing();
    const Tangent<Wide> t =
        linearise<Wide, HasFibre, IsDamped>(c, here.gradient, here.pressure, before, Wide(limit));
    float* to = f.tangent + static_cast<std::ptrdiff_t>(group) * kTangent * kGroup;
    const Wide all[kTangent] = {t.f.x.x,   t.f.x.y,   t.f.x.z,   t.f.y.x, t.f.y.y, t.f.y.z,
                                t.f.z.x,   t.f.z.y,   t.f.z.z,   t.m,     t.k,     t.bend,
                                t.along.x, t.along.y, t.along.z, t.pull,  t.rise};
    for (int n = 0; n < (HasFibre ? kTangent : 12); ++n) all[n].store(to + n * kGroup);
    if constexpr (IsDamped)
      storeSymmetric(f.dampingStress + static_cast<std::ptrdiff_t>(group) * kStrains * kGroup, t.damping);
    const Wide lambda = Wide::load(f.pointsLambda + group * kGroup);
    const Mat cof = cofactors(t.f);
    const Wide zero(0);
    const Vec b[4] = {Wide(-1.0F) * (c.b1 + c.b2 + c.b3), c.b1, c.b2, c.b3};
    float* blocks = cornersOf(f.cornerBlocks, group, 8);
    float* areas = cornersOf(f.cornerAreas, group, 4);
    for (int corner = 0; corner < 4; ++corner) {
      const Vec area = c.volume * (cof * b[corner]);
      storeFours(areas + 4 * kGroup * corner, area.x, area.y, area.z, zero);
      const Sym k = blockOf<Wide, HasFibre, IsDamped>(c, t, b[corner], lambda);
      storeFours(blocks + 8 * kGroup * corner, k.xx, k.yy, k.zz, k.yz);
      storeFours(blocks + 8 * kGroup * corner + 4 * kGroup, k.xz, k.xy, zero, zero);
    }
  }
}

template <bool HasFibre, bool IsDamped>
void multiplyOf(const Fields& f, int begin, int end) {
  const Wide zero(0);
  for (int group = begin; group < end; ++group) {
    const Constants<Wide> c = constantsOf(f, group);
    const float* from = f.tangent + static_cast<std::ptrdiff_t>(group) * kTangent * kGroup;
    Tangent<Wide> t;
    t.f = {vectorOf(from, 0), vectorOf(from, 3), vectorOf(from, 6)};
    t.m = numberOf(from, 9);
    t.k = numberOf(from, 10);
    t.bend = numberOf(from, 11);
    if constexpr (HasFibre) {
      t.along = vectorOf(from, 12);
      t.pull = numberOf(from, 15);
      t.rise = numberOf(from, 16);
    }
    if constexpr (IsDamped)
      t.damping = symmetricOf(f.dampingStress + static_cast<std::ptrdiff_t>(group) * kStrains * kGroup);
    const Gathered d = gather(f, c, f.direction, group);
    const Corners<Wide> k = stiffnessTimes<Wide, HasFibre, IsDamped>(c, t, d.gradient, zero);
    const Wide change = volumeChange(c, t.f, d.gradient);
    const Vec rest = Wide(-1.0F) * (k.f1 + k.f2 + k.f3);
    float* to = cornersOf(f.cornerForces, group, 4);
    storeFours(to, rest.x, rest.y, rest.z, change);
    storeFours(to + 4 * kGroup, k.f1.x, k.f1.y, k.f1.z, change);
    storeFours(to + 8 * kGroup, k.f2.x, k.f2.y, k.f2.z, change);
    storeFours(to + 12 * kGroup, k.f3.x, k.f3.y, k.f3.z, change);
  }
}

#define AULA_FOR_LAW(function, ...)                                                                   \
  (f.hasFibre ? (f.isDamped ? function<true, true>(__VA_ARGS__) : function<true, false>(__VA_ARGS__)) \
              : (f.isDamped ? function<false, true>(__VA_ARGS__) : function<false, false>(__VA_ARGS__)))

void force(const Fields& f, int begin, int end) {
  AULA_FOR_LAW(forceOf, f, begin, end);
}
void linearise(const Fields& f, float limit, int begin, int end) {
  AULA_FOR_LAW(lineariseOf, f, limit, begin, end);
}
void multiply(const Fields& f, int begin, int end) {
  AULA_FOR_LAW(multiplyOf, f, begin, end);
}

// Points.

/// Calls body(point) for each point of a chunk and then store(chunk).
template <class Body, class Finish>
AULA_TISSUE_HD void forPoints(const Fields& f, int begin, int end, const Body& body, const Finish& finish) {
  for (int chunk = begin; chunk < end; ++chunk) {
    const int last = (chunk + 1) * kChunk < f.points ? (chunk + 1) * kChunk : f.points;
    for (int point = chunk * kChunk; point < last; ++point) body(point);
    finish(chunk);
  }
}

void displace(const Fields& f, const float* along, float reach, int begin, int end) {
  forPoints(
      f, begin, end,
      [&](int n) {
        Four move = loadFour(f.move + 4 * n);
        if (along != nullptr) {
          move += fourOf(reach) * loadFour(along + 4 * n);
          storeFour(f.move + 4 * n, move);
        }
        storeFour(f.place + 4 * n, loadFour(f.start + 4 * n) + move);
      },
      [](int) {});
}

AULA_TISSUE_HD float dilationAt(const Fields& f, int n) {
  float sum = 0;
  for (int at = f.first[n]; at < f.first[n + 1]; ++at) {
    const int slot = f.slots[at];
    // Slots count corners group by group: [group][corner][lane].
    sum += f.dilations[slot / (4 * kGroup) * kGroup + slot % kGroup];
  }
  return 0.25F * sum;
}

void noteDilation(const Fields& f, int begin, int end) {
  forPoints(
      f, begin, end, [&](int n) { f.startDilations[n] = dilationAt(f, n); }, [](int) {});
}

void press(const Fields& f, int begin, int end) {
  forPoints(
      f, begin, end,
      [&](int n) {
        const float dilation = dilationAt(f, n);
        float pressure = f.stiffness[n] * dilation;
        if (f.isDamped) pressure += f.damping[n] * (dilation - f.startDilations[n]);
        f.place[4 * n + 3] = pressure;
      },
      [](int) {});
}

AULA_TISSUE_HD Four sumOfCorners(const Fields& f, int n) {
  Four sum = fourOf(0), other = fourOf(0);
  int at = f.first[n];
  const int last = f.first[n + 1];
  for (; at + 1 < last; at += 2) {
    sum += loadFour(f.cornerForces + 4 * static_cast<std::ptrdiff_t>(f.slots[at]));
    other += loadFour(f.cornerForces + 4 * static_cast<std::ptrdiff_t>(f.slots[at + 1]));
  }
  if (at < last) sum += loadFour(f.cornerForces + 4 * static_cast<std::ptrdiff_t>(f.slots[at]));
  return sum + other;
}

void gatherForces(const Fields& f, int begin, int end) {
  double largest = 0, scale = 0, slope = 0;
  forPoints(
      f, begin, end,
      [&](int n) {
        Four force = sumOfCorners(f, n);
        const Four inertia = fourOf(f.inertia[n]) * (loadFour(f.aim + 4 * n) - loadFour(f.move + 4 * n));
        const Four guide = loadFour(f.guides + 4 * n);
        const Four pulled = fourOf(guide[3]) * (guide - loadFour(f.place + 4 * n));
        const float size = force[3] + std::sqrt(dot3(inertia, inertia)) + std::sqrt(dot3(pulled, pulled));
        force = fourOf(f.isFree[n]) * (force + inertia + pulled);
        force[3] = 0;
        storeFour(f.forces + 4 * n, force);
        const double squared = static_cast<double>(dot3(force, force));
        // A number that is none must be seen by whoever compares.
        largest = squared > largest || !(squared == squared) ? squared : largest;
        const double weighted = static_cast<double>(f.isFree[n] * size);
        scale = weighted > scale ? weighted : scale;
        slope += static_cast<double>(dot3(force, loadFour(f.change + 4 * n)));
      },
      [&](int chunk) {
        f.sums[4 * chunk] = largest;
        f.sums[4 * chunk + 1] = scale;
        f.sums[4 * chunk + 2] = slope;
        largest = scale = slope = 0;
      });
}

void gatherSlope(const Fields& f, int begin, int end) {
  double slope = 0;
  forPoints(
      f, begin, end,
      [&](int n) {
        slope += static_cast<double>(dot3(loadFour(f.forces + 4 * n), loadFour(f.change + 4 * n)));
      },
      [&](int chunk) {
        f.sums[4 * chunk + 2] = slope;
        slope = 0;
      });
}

void gatherBlocks(const Fields& f, int begin, int end) {
  forPoints(
      f, begin, end,
      [&](int n) {
        const int row = f.firstNeighbour[n], rowEnd = f.firstNeighbour[n + 1];
        for (int at = row; at < rowEnd; ++at)
          storeFour(f.rows + 4 * static_cast<std::ptrdiff_t>(at), fourOf(0));
        Four upper = fourOf(0), lower = fourOf(0);
        for (int at = f.first[n]; at < f.first[n + 1]; ++at) {
          const std::ptrdiff_t slot = f.slots[at];
          upper += loadFour(f.cornerBlocks + slot / kGroup * 8 * kGroup + slot % kGroup * 4);
          lower += loadFour(f.cornerBlocks + slot / kGroup * 8 * kGroup + 4 * kGroup + slot % kGroup * 4);
          const Four area = fourOf(0.25F) * loadFour(f.cornerAreas + 4 * slot);
          for (int corner = 0; corner < 4; ++corner) {
            float* to = f.rows + 4 * (static_cast<std::ptrdiff_t>(row) + f.rowPlaces[4 * at + corner]);
            storeFour(to, loadFour(to) + area);
          }
        }
        const float own = f.diagonal[n];
        const Symmetric<float> inverse = inverseOrNull(
            Symmetric<float>{upper[0] + own, upper[1] + own, upper[2] + own, upper[3], lower[0], lower[1]});
        const float isFree = f.isFree[n];
        float* to = f.inverses + 12 * static_cast<std::ptrdiff_t>(n);
        storeFour(to, fourOf(isFree) * Four{inverse.xx, inverse.xy, inverse.xz, 0});
        storeFour(to + 4, fourOf(isFree) * Four{inverse.xy, inverse.yy, inverse.yz, 0});
        storeFour(to + 8, fourOf(isFree) * Four{inverse.xz, inverse.yz, inverse.zz, 0});
      },
      [](int) {});
}

AULA_TISSUE_HD Four preconditioned(const Fields& f, int n, Four v) {
  const float* columns = f.inverses + 12 * static_cast<std::ptrdiff_t>(n);
  return fourOf(v[0]) * loadFour(columns) + fourOf(v[1]) * loadFour(columns + 4) +
         fourOf(v[2]) * loadFour(columns + 8);
}

void startSearch(const Fields& f, int begin, int end) {
  double sum = 0;
  forPoints(
      f, begin, end,
      [&](int n) {
        const Four force = loadFour(f.forces + 4 * n), z = preconditioned(f, n, force);
        storeFour(f.left + 4 * n, force);
        storeFour(f.change + 4 * n, fourOf(0));
        storeFour(f.direction + 4 * n, z);
        sum += static_cast<double>(dot3(force, z));
      },
      [&](int chunk) {
        f.sums[4 * chunk] = sum;
        sum = 0;
      });
}

void gatherImage(const Fields& f, int begin, int end) {
  forPoints(
      f, begin, end,
      [&](int n) {
        const Four sum = sumOfCorners(f, n);
        f.pressures[n] = 0.25F * (f.stiffness[n] + f.damping[n]) * sum[3];
        storeFour(f.image + 4 * n, sum + fourOf(f.diagonal[n]) * loadFour(f.direction + 4 * n));
      },
      [](int) {});
}

void pressImage(const Fields& f, int begin, int end) {
  double sum = 0;
  forPoints(
      f, begin, end,
      [&](int n) {
        Four image = loadFour(f.image + 4 * n), other = fourOf(0);
        int at = f.firstNeighbour[n];
        const int last = f.firstNeighbour[n + 1];
        for (; at + 1 < last; at += 2) {
          image +=
              fourOf(f.pressures[f.neighbours[at]]) * loadFour(f.rows + 4 * static_cast<std::ptrdiff_t>(at));
          other += fourOf(f.pressures[f.neighbours[at + 1]]) *
                   loadFour(f.rows + 4 * (static_cast<std::ptrdiff_t>(at) + 1));
        }
        if (at < last)
          image +=
              fourOf(f.pressures[f.neighbours[at]]) * loadFour(f.rows + 4 * static_cast<std::ptrdiff_t>(at));
        image = fourOf(f.isFree[n]) * (image + other);
        storeFour(f.image + 4 * n, image);
        sum += static_cast<double>(dot3(image, loadFour(f.direction + 4 * n)));
      },
      [&](int chunk) {
        f.sums[4 * chunk] = sum;
        sum = 0;
      });
}

void advance(const Fields& f, float along, int begin, int end) {
  double sum = 0;
  forPoints(
      f, begin, end,
      [&](int n) {
        storeFour(f.change + 4 * n,
                  loadFour(f.change + 4 * n) + fourOf(along) * loadFour(f.direction + 4 * n));
        Four left = loadFour(f.left + 4 * n) - fourOf(along) * loadFour(f.image + 4 * n);
        left[3] = 0;
        storeFour(f.left + 4 * n, left);
        sum += static_cast<double>(dot3(left, preconditioned(f, n, left)));
      },
      [&](int chunk) {
        f.sums[4 * chunk + 1] = sum;
        sum = 0;
      });
}

void turn(const Fields& f, float by, int begin, int end) {
  forPoints(
      f, begin, end,
      [&](int n) {
        storeFour(f.direction + 4 * n, preconditioned(f, n, loadFour(f.left + 4 * n)) +
                                           fourOf(by) * loadFour(f.direction + 4 * n));
      },
      [](int) {});
}

}  // namespace

extern const Kernels AULA_TISSUE_KERNELS;
const Kernels AULA_TISSUE_KERNELS{AULA_TISSUE_KERNELS_NAME,
                                  strain,
                                  dilate,
                                  force,
                                  linearise,
                                  multiply,
                                  displace,
                                  noteDilation,
                                  press,
                                  gatherForces,
                                  gatherSlope,
                                  gatherBlocks,
                                  startSearch,
                                  gatherImage,
                                  pressImage,
                                  advance,
                                  turn};

}  // namespace aula::anatomy::tissue::cpu

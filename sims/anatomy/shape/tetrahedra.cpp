// SPDX-License-Identifier: Apache-2.0
#include "anatomy/shape/tetrahedra.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/text.h"

/// Isosurface stuffing: Labelle and Shewchuk 2007, "Isosurface stuffing: fast tetrahedral meshes with good
/// dihedral angles", section 3. The lattice's points are the corners and the centres of cubes; a tetrahedron
/// spans two neighbouring centres and an edge of the face between them. Where the surface crosses an edge
/// near a point, the point moves there; what is left of the tetrahedra that it still crosses is cut into new
/// ones.
namespace aula::anatomy {

namespace {

/// How near a cut must be to a lattice point to draw it there, in units of the edge (section 3.2, the set
/// whose largest angle is smallest).
constexpr double kNearLong = 0.21509, kNearShort = 0.35900;

using Corners = std::array<std::uint32_t, 4>;

double sixfoldVolume(const std::vector<Vec3>& p, const Corners& t) {
  return dot(cross(p[t[1]] - p[t[0]], p[t[2]] - p[t[0]]), p[t[3]] - p[t[0]]);
}

/// The smallest of the six dihedral angles, by its cosine: larger is worse. 2 for one of no volume.
double worstCosine(const std::vector<Vec3>& p, const Corners& t) {
  double worst = -1;
  for (int i = 0; i < 4; ++i)
    for (int j = i + 1; j < 4; ++j) {
      int rest[2], n = 0;
      for (int k = 0; k < 4; ++k)
        if (k != i && k != j) rest[n++] = k;
      const Vec3 a = p[t[std::size_t(i)]], edge = p[t[std::size_t(j)]] - a;
      const Vec3 u = cross(edge, p[t[std::size_t(rest[0])]] - a),
                 v = cross(edge, p[t[std::size_t(rest[1])]] - a);
      const double size = length(u) * length(v);
      if (!(size > 0)) return 2;
      worst = std::max(worst, std::abs(dot(u, v)) / size);
    }
  return worst;
}

class Stuffing {
 public:
  Stuffing(const Solid& solid, double spacing) : solid_(solid), spacing_(spacing) {
    const scene::Bounds bounds = solid.bounds().grown(spacing);
    for (int axis = 0; axis < 3; ++axis) {
      // The lattice is that of space, not of the solid: a solid that moves by a whole cell keeps its mesh.
      lower_[std::size_t(axis)] = int(std::floor(bounds.lower[axis] / spacing)) - 1;
      cells_[std::size_t(axis)] =
          int(std::ceil(bounds.upper[axis] / spacing)) + 1 - lower_[std::size_t(axis)];
    }
    makePoints();
    warp();
    for (const Corners& t : lattice_) cut(t);
  }
  TetrahedralMesh mesh() const;

 private:
  [[nodiscard]] std::uint32_t corner(int i, int j, int k) const {
    return std::uint32_t(i + (cells_[0] + 1) * (j + (cells_[1] + 1) * k));
  }
  [[nodiscard]] std::uint32_t centre(int i, int j, int k) const {
    return firstCentre_ + std::uint32_t(i + cells_[0] * (j + cells_[1] * k));
  }
  void makePoints();
  void makeLattice();
  void warp();
  /// Where the surface crosses the edge between a point inside and one outside.
  [[nodiscard]] Vec3 crossing(std::uint32_t inside, std::uint32_t outside) const;
  [[nodiscard]] std::uint32_t cutPoint(std::uint32_t inside, std::uint32_t outside);
  void cut(const Corners& t);
  void add(Corners t);
  /// A prism of the triangles v and w, corner by corner; `v` in the order in which their diagonals begin.
  void addPrism(const std::array<std::uint32_t, 3>& v, const std::array<std::uint32_t, 3>& w);
  [[nodiscard]] static std::array<Corners, 3> prism(const std::array<std::uint32_t, 3>& v,
                                                    const std::array<std::uint32_t, 3>& w) {
    return {{{v[0], v[1], v[2], w[2]}, {v[0], v[1], w[1], w[2]}, {v[0], w[0], w[1], w[2]}}};
  }
  /// Whether a side's diagonal goes from a to b's cut p. Depends on nothing but the side, so that both
  /// neighbours agree, and orders the points, so that no prism's diagonals go round.
  [[nodiscard]] bool isFirst(std::uint32_t a, std::uint32_t aCut, std::uint32_t b, std::uint32_t bCut) const {
    const double x = length(points_[aCut] - points_[a]), y = length(points_[bCut] - points_[b]);
    return std::make_pair(x, a) > std::make_pair(y, b);
  }

  const Solid& solid_;
  double spacing_;
  std::array<int, 3> lower_{}, cells_{};
  std::uint32_t firstCentre_ = 0;
  std::vector<Vec3> points_;
  std::vector<double> depths_;  ///< Positive inside; 0 for a point that was drawn to the surface.
  std::vector<Corners> lattice_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> cuts_;
  std::vector<Corners> tetrahedra_;
};

void Stuffing::makePoints() {
  const auto at = [&](double i, double j, double k) {
    return Vec3{spacing_ * (lower_[0] + i), spacing_ * (lower_[1] + j), spacing_ * (lower_[2] + k)};
  };
  for (int k = 0; k <= cells_[2]; ++k)
    for (int j = 0; j <= cells_[1]; ++j)
      for (int i = 0; i <= cells_[0]; ++i) points_.push_back(at(i, j, k));
  firstCentre_ = std::uint32_t(points_.size());
  for (int k = 0; k < cells_[2]; ++k)
    for (int j = 0; j < cells_[1]; ++j)
      for (int i = 0; i < cells_[0]; ++i) points_.push_back(at(i + 0.5, j + 0.5, k + 0.5));
  depths_.resize(points_.size());
  for (std::size_t n = 0; n < points_.size(); ++n) depths_[n] = -solid_.distance(points_[n]);
  makeLattice();
}

void Stuffing::makeLattice() {
  // Two neighbouring centres and an edge of the face between them; kept where any corner is inside.
  for (int axis = 0; axis < 3; ++axis) {
    std::array<int, 3> c{};
    for (c[2] = 0; c[2] < cells_[2]; ++c[2])
      for (c[1] = 0; c[1] < cells_[1]; ++c[1])
        for (c[0] = 0; c[0] < cells_[0]; ++c[0]) {
          const auto axisOf = std::size_t(axis);
          if (c[axisOf] + 1 >= cells_[axisOf]) continue;
          std::array<int, 3> next = c;
          ++next[axisOf];
          const std::size_t u = (axisOf + 1) % 3, v = (axisOf + 2) % 3;
          std::array<std::uint32_t, 4> ring{};
          for (std::size_t n = 0; n < 4; ++n) {
            std::array<int, 3> p = next;
            p[u] += n == 1 || n == 2 ? 1 : 0;
            p[v] += n >= 2 ? 1 : 0;
            ring[n] = corner(p[0], p[1], p[2]);
          }
          const std::uint32_t a = centre(c[0], c[1], c[2]), b = centre(next[0], next[1], next[2]);
          for (std::size_t n = 0; n < 4; ++n) {
            const Corners t{a, b, ring[n], ring[(n + 1) % 4]};
            bool isAnyInside = false;
            for (const std::uint32_t point : t) isAnyInside = isAnyInside || depths_[point] > 0;
            if (isAnyInside) lattice_.push_back(t);
          }
        }
  }
}

Vec3 Stuffing::crossing(std::uint32_t inside, std::uint32_t outside) const {
  // Regula falsi after Illinois, to a ten-thousandth of the edge or a depth of as much.
  const Vec3 from = points_[inside], way = points_[outside] - from;
  double low = 0, high = 1, atLow = depths_[inside], atHigh = depths_[outside];
  double where = 0.5;
  for (int n = 0; n < 60; ++n) {
    where = std::clamp((low * atHigh - high * atLow) / (atHigh - atLow), low, high);
    const double depth = -solid_.distance(from + where * way);
    if (std::abs(depth) < 1e-5 * spacing_ || high - low < 1e-5) break;
    if (depth > 0) {
      low = where;
      atLow = depth;
      atHigh /= 2;
    } else {
      high = where;
      atHigh = depth;
      atLow /= 2;
    }
  }
  return from + where * way;
}

std::uint32_t Stuffing::cutPoint(std::uint32_t inside, std::uint32_t outside) {
  const auto [entry, isNew] = cuts_.try_emplace({inside, outside}, std::uint32_t(points_.size()));
  if (isNew) {
    points_.push_back(crossing(inside, outside));
    depths_.push_back(0);
  }
  return entry->second;
}

void Stuffing::warp() {
  // All cuts of the untouched lattice, by each of their ends.
  std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, Vec3>>> cutsAt;
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> isSeen;
  for (const Corners& t : lattice_)
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) {
        if (!(depths_[t[i]] > 0) || !(depths_[t[j]] < 0)) continue;
        if (!isSeen.try_emplace({t[i], t[j]}, true).second) continue;
        const Vec3 place = crossing(t[i], t[j]);
        cutsAt[t[i]].emplace_back(t[j], place);
        cutsAt[t[j]].emplace_back(t[i], place);
      }
  for (const auto& [point, cuts] : cutsAt) {
    double best = 1;
    Vec3 target;
    for (const auto& [other, place] : cuts) {
      if (depths_[other] == 0) continue;  // Drawn to the surface already: the edge is cut no more.
      const bool isLong = (point < firstCentre_) == (other < firstCentre_);
      const double edge = isLong ? spacing_ : spacing_ * std::sqrt(0.75);
      const double part = length(place - points_[point]) / edge / (isLong ? kNearLong : kNearShort);
      if (part < best) {
        best = part;
        target = place;
      }
    }
    if (best < 1) {
      // Distances were taken from lattice points; neighbours see this one as on the surface from now on.
      points_[point] = target;
      depths_[point] = 0;
    }
  }
}

void Stuffing::add(Corners t) {
  if (sixfoldVolume(points_, t) < 0) std::swap(t[2], t[3]);
  tetrahedra_.push_back(t);
}

void Stuffing::addPrism(const std::array<std::uint32_t, 3>& v, const std::array<std::uint32_t, 3>& w) {
  for (const Corners& t : prism(v, w)) add(t);
}

void Stuffing::cut(const Corners& t) {
  std::vector<std::uint32_t> in, on, out;
  for (const std::uint32_t point : t)
    (depths_[point] > 0 ? in : depths_[point] < 0 ? out : on).push_back(point);
  if (in.empty()) return;
  if (out.empty()) return add(t);
  if (in.size() == 1) {
    Corners left{in[0], 0, 0, 0};
    std::size_t n = 1;
    for (const std::uint32_t point : on) left[n++] = point;
    for (const std::uint32_t point : out) left[n++] = cutPoint(in[0], point);
    return add(left);
  }
  if (in.size() == 3) {
    // Prism between three points and their cuts towards the fourth.
    std::array<std::pair<std::uint32_t, std::uint32_t>, 3> edges;
    for (std::size_t n = 0; n < 3; ++n) edges[n] = {in[n], cutPoint(in[n], out[0])};
    std::sort(edges.begin(), edges.end(),
              [&](const auto& x, const auto& y) { return isFirst(x.first, x.second, y.first, y.second); });
    return addPrism({edges[0].first, edges[1].first, edges[2].first},
                    {edges[0].second, edges[1].second, edges[2].second});
  }
  std::uint32_t a = in[0], b = in[1];
  if (out.size() == 1) {
    // Pyramid over the side of a, b and their cuts.
    std::uint32_t aCut = cutPoint(a, out[0]), bCut = cutPoint(b, out[0]);
    if (!isFirst(a, aCut, b, bCut)) {
      std::swap(a, b);
      std::swap(aCut, bCut);
    }
    add({on[0], a, b, bCut});
    add({on[0], a, bCut, aCut});
    return;
  }
  // Wedge between the triangles (a, its cuts) and (b, its cuts). The diagonals of two sides are given; that
  // of the new surface is not, where the two leave it free.
  const std::uint32_t aC = cutPoint(a, out[0]), aD = cutPoint(a, out[1]), bC = cutPoint(b, out[0]),
                      bD = cutPoint(b, out[1]);
  const bool beforeC = isFirst(a, aC, b, bC), beforeD = isFirst(a, aD, b, bD);
  using Order = std::array<std::pair<std::uint32_t, std::uint32_t>, 3>;
  const std::pair<std::uint32_t, std::uint32_t> main{a, b}, c{aC, bC}, d{aD, bD};
  std::vector<Order> orders;
  if (beforeC && beforeD) orders = {{main, c, d}, {main, d, c}};
  if (!beforeC && !beforeD) orders = {{c, d, main}, {d, c, main}};
  if (beforeC && !beforeD) orders = {{d, main, c}};
  if (!beforeC && beforeD) orders = {{c, main, d}};
  const auto worst = [&](const Order& order) {
    double value = -1;
    for (const Corners& piece : prism({order[0].first, order[1].first, order[2].first},
                                      {order[0].second, order[1].second, order[2].second}))
      value = std::max(value, worstCosine(points_, piece));
    return value;
  };
  const Order& best = orders.size() == 2 && worst(orders[1]) < worst(orders[0]) ? orders[1] : orders[0];
  addPrism({best[0].first, best[1].first, best[2].first}, {best[0].second, best[1].second, best[2].second});
}

TetrahedralMesh Stuffing::mesh() const {
  TetrahedralMesh mesh;
  constexpr std::uint32_t kNone = ~0U;
  std::vector<std::uint32_t> places(points_.size(), kNone);
  for (Corners t : tetrahedra_) {
    for (std::uint32_t& point : t) {
      if (places[point] == kNone) {
        places[point] = std::uint32_t(mesh.positions.size());
        mesh.positions.push_back(points_[point]);
      }
      point = places[point];
    }
    mesh.tetrahedra.push_back(t);
  }
  return mesh;
}

}  // namespace

TetrahedralMesh tetrahedralise(const Solid& solid, double spacing) {
  if (!(spacing > 0) || !std::isfinite(spacing))
    throw core::inputError("tetrahedra: the spacing is " + std::to_string(spacing) +
                           " m; allowed is more than 0");
  const Vec3 size = solid.bounds().isEmpty() ? Vec3{} : solid.bounds().size();
  const double cells = (size.x / spacing + 4) * (size.y / spacing + 4) * (size.z / spacing + 4);
  if (!(cells < 2e8))
    throw core::inputError("tetrahedra: a spacing of " + std::to_string(spacing * 1e3) +
                           " mm cuts a box of " + std::to_string(size.x * 1e3) + " x " +
                           std::to_string(size.y * 1e3) + " x " + std::to_string(size.z * 1e3) + " mm into " +
                           std::to_string(cells) + " cubes; allowed are fewer than 200 million");
  TetrahedralMesh mesh = Stuffing(solid, spacing).mesh();
  if (mesh.tetrahedra.empty())
    throw core::inputError("tetrahedra: no point of a lattice of " + std::to_string(spacing * 1e3) +
                           " mm lies inside the solid; it needs a smaller spacing");
  return mesh;
}

scene::TriangleMesh boundaryOf(const TetrahedralMesh& mesh, std::vector<std::uint32_t>& corners) {
  // Faces that belong to one tetrahedron alone, in the order in which they are met.
  constexpr int kFaces[4][3] = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};
  std::map<std::array<std::uint32_t, 3>, int> counts;
  const auto faceOf = [&](const Corners& t, const int(&face)[3]) {
    return std::array<std::uint32_t, 3>{t[std::size_t(face[0])], t[std::size_t(face[1])],
                                        t[std::size_t(face[2])]};
  };
  const auto keyOf = [](std::array<std::uint32_t, 3> face) {
    std::sort(face.begin(), face.end());
    return face;
  };
  for (const Corners& t : mesh.tetrahedra)
    for (const auto& face : kFaces) ++counts[keyOf(faceOf(t, face))];
  scene::TriangleMesh surface;
  corners.clear();
  std::map<std::uint32_t, std::uint32_t> placeOf;
  std::vector<Vec3> normals;
  for (const Corners& t : mesh.tetrahedra)
    for (const auto& face : kFaces) {
      const auto points = faceOf(t, face);
      if (counts[keyOf(points)] != 1) continue;
      const Vec3 a = mesh.positions[points[0]];
      const Vec3 normal = cross(mesh.positions[points[1]] - a, mesh.positions[points[2]] - a);
      for (const std::uint32_t point : points) {
        const auto [entry, isNew] = placeOf.try_emplace(point, std::uint32_t(corners.size()));
        if (isNew) {
          corners.push_back(point);
          const Vec3 p = mesh.positions[point];
          surface.positions.push_back({float(p.x), float(p.y), float(p.z)});
          normals.emplace_back();
        }
        surface.triangles.push_back(entry->second);
        normals[entry->second] = normals[entry->second] + normal;
      }
    }
  for (const Vec3& n : normals) {
    const double size = length(n);
    const Vec3 unit = size > 0 ? n / size : Vec3{0, 0, 1};
    surface.normals.push_back({float(unit.x), float(unit.y), float(unit.z)});
  }
  return surface;
}

}  // namespace aula::anatomy

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fdtd/model/setup.h"
#include "fdtd/reference/field.h"

namespace aula::fdtd::reference {

/// One of the two differences that make a component of a curl: target += sign * d(source)/d(axis).
struct CurlTerm {
  int target, source, axis;
  double sign;
};

/// (curl F)_a = dF_c/db - dF_b/dc for (a, b, c) any cyclic order of x, y, z: the six terms of curl E, which
/// stand at H, and the six of curl H, which stand at E. Only the ones this grid computes: in 2-D nothing
/// varies along z.
[[nodiscard]] std::vector<CurlTerm> curlTermsOfE(const Grid& grid);
[[nodiscard]] std::vector<CurlTerm> curlTermsOfH(const Grid& grid);

/// Central differences on the staggered grid (Yee 1966; Taflove and Hagness 2005, eq. 3.29 to 3.31).
///
/// d(E)/d(axis) at an H point lies midway between two E points that always exist. d(H)/d(axis) at an E point
/// in the domain's face would need an H point half a cell outside; the boundary says what stands there:
///   perfect electric conductor, and the wall behind an absorbing layer: nobody asks, E stays zero in it;
///   perfect magnetic conductor: the mirror image, minus the H half a cell inside;
///   periodic: the H half a cell inside the opposite face.
class Differences {
 public:
  explicit Differences(const Setup& setup);

  /// d(e)/d(axis) at the H point (i, j, k).
  [[nodiscard]] double ofE(const Field& e, int axis, int i, int j, int k) const {
    const std::size_t here = e.index(i, j, k);
    return (e.values()[here + e.stride(axis)] - e.values()[here]) / spacing_[axis];
  }
  /// d(h)/d(axis) at the E point (i, j, k).
  [[nodiscard]] double ofH(const Field& h, int axis, int i, int j, int k) const {
    const int along = axis == 0 ? i : axis == 1 ? j : k;
    if (along == 0 || along == cells_[axis]) return ofHInFace(h, axis, i, j, k);
    const std::size_t here = h.index(i, j, k);
    return (h.values()[here] - h.values()[here - h.stride(axis)]) / spacing_[axis];
  }

  /// Sets the H components of `out` to curl E, or the E components to curl H.
  void curlOfE(const FieldSet& fields, FieldSet& out) const;
  void curlOfH(const FieldSet& fields, FieldSet& out) const;

  /// Zero tangential E in conducting walls, and equal fields in both faces of a periodic pair.
  void closeE(FieldSet& fields) const;
  void closeH(FieldSet& fields) const;

  [[nodiscard]] const std::vector<CurlTerm>& termsOfE() const { return termsOfE_; }
  [[nodiscard]] const std::vector<CurlTerm>& termsOfH() const { return termsOfH_; }

 private:
  [[nodiscard]] double ofHInFace(const Field& h, int axis, int i, int j, int k) const;

  std::array<int, 3> cells_{};
  std::array<double, 3> spacing_{};
  std::array<std::array<BoundaryKind, 2>, 3> kinds_{};
  int axes_ = 3;  ///< 2 in two dimensions.
  std::vector<CurlTerm> termsOfE_, termsOfH_;
};

}  // namespace aula::fdtd::reference

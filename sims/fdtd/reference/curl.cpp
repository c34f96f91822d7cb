// SPDX-License-Identifier: Apache-2.0
#include "fdtd/reference/curl.h"

#include <algorithm>

namespace aula::fdtd::reference {

namespace {

std::vector<CurlTerm> curlTerms(const Grid& grid, int firstTarget, int firstSource) {
  std::vector<CurlTerm> terms;
  for (int a = 0; a < 3; ++a) {
    const int b = (a + 1) % 3;
    const int c = (a + 2) % 3;
    const CurlTerm pair[2] = {{firstTarget + a, firstSource + c, b, 1.0},
                              {firstTarget + a, firstSource + b, c, -1.0}};
    for (const CurlTerm& term : pair) {
      const bool varies = grid.dimensions == Dimensions::three || term.axis != 2;
      if (varies && grid.computes(term.target) && grid.computes(term.source)) terms.push_back(term);
    }
  }
  return terms;
}

}  // namespace

std::vector<CurlTerm> curlTermsOfE(const Grid& grid) {
  return curlTerms(grid, kHx, kEx);
}
std::vector<CurlTerm> curlTermsOfH(const Grid& grid) {
  return curlTerms(grid, kEx, kHx);
}

Differences::Differences(const Setup& setup)
    : axes_(setup.grid.dimensions == Dimensions::three ? 3 : 2),
      termsOfE_(curlTermsOfE(setup.grid)),
      termsOfH_(curlTermsOfH(setup.grid)) {
  for (int axis = 0; axis < 3; ++axis) {
    cells_[axis] = setup.grid.cells(axis);
    spacing_[axis] = setup.grid.spacing(axis);
    for (int side = 0; side < 2; ++side) kinds_[axis][side] = setup.boundaries[axis][side].kind;
  }
}

double Differences::ofHInFace(const Field& h, int axis, int i, int j, int k) const {
  const int along = axis == 0 ? i : axis == 1 ? j : k;
  const int n = cells_[axis];
  const auto valueAt = [&](int index) {
    return axis == 0 ? h(index, j, k) : axis == 1 ? h(i, index, k) : h(i, j, index);
  };
  switch (kinds_[axis][along == 0 ? 0 : 1]) {
    case BoundaryKind::periodic:
      return (valueAt(0) - valueAt(n - 1)) / spacing_[axis];
    case BoundaryKind::pmc:
      return along == 0 ? 2 * valueAt(0) / spacing_[axis] : -2 * valueAt(n - 1) / spacing_[axis];
    case BoundaryKind::pec:
    case BoundaryKind::cpml:
      return 0;
  }
  return 0;
}

void Differences::curlOfE(const FieldSet& fields, FieldSet& out) const {
  for (int component = kHx; component <= kHz; ++component)
    std::fill(out[component].values().begin(), out[component].values().end(), 0.0);
  for (const CurlTerm& term : termsOfE_) {
    Field& target = out[term.target];
    const Field& source = fields[term.source];
    forEach(target.box(),
            [&](int i, int j, int k) { target(i, j, k) += term.sign * ofE(source, term.axis, i, j, k); });
  }
}

void Differences::curlOfH(const FieldSet& fields, FieldSet& out) const {
  for (int component = kEx; component <= kEz; ++component)
    std::fill(out[component].values().begin(), out[component].values().end(), 0.0);
  for (const CurlTerm& term : termsOfH_) {
    Field& target = out[term.target];
    const Field& source = fields[term.source];
    forEach(target.box(),
            [&](int i, int j, int k) { target(i, j, k) += term.sign * ofH(source, term.axis, i, j, k); });
  }
}

void Differences::closeE(FieldSet& fields) const {
  // Copies first: where a periodic face meets a conductor the conductor wins.
  for (int axis = 0; axis < axes_; ++axis) {
    if (kinds_[axis][0] != BoundaryKind::periodic) continue;
    for (int component = kEx; component <= kEz; ++component) {
      Field& e = fields[component];
      if (e.isEmpty() || axisOf(component) == axis) continue;
      forEach(plane(e.box(), axis, cells_[axis]), [&](int i, int j, int k) {
        e(i, j, k) = e(axis == 0 ? 0 : i, axis == 1 ? 0 : j, axis == 2 ? 0 : k);
      });
    }
  }
  for (int axis = 0; axis < axes_; ++axis) {
    for (int side = 0; side < 2; ++side) {
      const BoundaryKind kind = kinds_[axis][side];
      if (kind != BoundaryKind::pec && kind != BoundaryKind::cpml) continue;
      for (int component = kEx; component <= kEz; ++component) {
        Field& e = fields[component];
        if (e.isEmpty() || axisOf(component) == axis) continue;
        forEach(plane(e.box(), axis, side == 0 ? 0 : cells_[axis]),
                [&](int i, int j, int k) { e(i, j, k) = 0; });
      }
    }
  }
}

void Differences::closeH(FieldSet& fields) const {
  for (int axis = 0; axis < axes_; ++axis) {
    Field& h = fields[kHx + axis];
    if (h.isEmpty() || kinds_[axis][0] != BoundaryKind::periodic) continue;
    forEach(plane(h.box(), axis, cells_[axis]), [&](int i, int j, int k) {
      h(i, j, k) = h(axis == 0 ? 0 : i, axis == 1 ? 0 : j, axis == 2 ? 0 : k);
    });
  }
}

}  // namespace aula::fdtd::reference

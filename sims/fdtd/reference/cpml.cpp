// SPDX-License-Identifier: Apache-2.0
#include "fdtd/reference/cpml.h"

#include <cmath>

#include "core/io/checkpoint.h"
#include "core/units/constants.h"

namespace aula::fdtd::reference {

namespace {

/// Depth into an absorbing layer at index position x along an axis: 0 at its inner edge, 1 at the outer wall;
/// not positive outside. `settings` is set to the layer's.
double depthAt(const Setup& setup, int axis, double x, const CpmlSettings*& settings) {
  const auto& faces = setup.boundaries[axis];
  const double n = setup.grid.cells(axis);
  double depth = 0;
  if (faces[0].kind == BoundaryKind::cpml) {
    const double low = (faces[0].cpml.cells - x) / faces[0].cpml.cells;
    if (low > depth) depth = low, settings = &faces[0].cpml;
  }
  if (faces[1].kind == BoundaryKind::cpml) {
    const double high = (x - (n - faces[1].cpml.cells)) / faces[1].cpml.cells;
    if (high > depth) depth = high, settings = &faces[1].cpml;
  }
  return depth;
}

}  // namespace

std::vector<Cpml::Stretched> Cpml::makeStretched(const Setup& setup, const std::vector<CurlTerm>& terms,
                                                 double offset) {
  const Grid& grid = setup.grid;
  std::vector<Stretched> stretched;
  for (const CurlTerm& term : terms) {
    Stretched entry{term, {}};
    const Field shape(grid, term.target);
    for (int index = 0; index < shape.count(term.axis); ++index) {
      // E in the outer wall is zero for ever.
      if (isElectric(term.target) && (index == 0 || index == grid.cells(term.axis))) continue;
      const CpmlSettings* layer = nullptr;
      const double depth = depthAt(setup, term.axis, index + offset, layer);
      if (layer == nullptr) continue;

      const double grade = std::pow(depth, layer->order);
      const double sigmaMaximum = layer->sigmaFactor * 0.8 * (layer->order + 1) /
                                  (core::kVacuumImpedance * grid.spacing(term.axis) * layer->backgroundIndex);
      const double sigma = sigmaMaximum * grade;
      const double kappa = 1 + (layer->kappaMaximum - 1) * grade;
      const double alpha = layer->alphaMaximum * std::pow(1 - depth, layer->alphaOrder);

      Plane points;
      points.index = index;
      points.inverseKappa = 1 / kappa;
      points.b = std::exp(-(sigma / kappa + alpha) * grid.dt / core::kVacuumPermittivity);
      points.c = sigma > 0 ? sigma * (points.b - 1) / (sigma * kappa + kappa * kappa * alpha) : 0;
      points.psi.assign(plane(shape.box(), term.axis, index).size(), 0.0);
      entry.planes.push_back(std::move(points));
    }
    if (!entry.planes.empty()) stretched.push_back(std::move(entry));
  }
  return stretched;
}

Cpml::Cpml(const Setup& setup)
    : ofE_(makeStretched(setup, curlTermsOfE(setup.grid), 0.5)),
      ofH_(makeStretched(setup, curlTermsOfH(setup.grid), 0.0)) {}

void Cpml::correctCurlOfE(const Differences& differences, const FieldSet& fields, FieldSet& curl) {
  for (Stretched& entry : ofE_) {
    const CurlTerm& term = entry.term;
    Field& target = curl[term.target];
    for (Plane& points : entry.planes) {
      double* psi = points.psi.data();
      forEach(plane(target.box(), term.axis, points.index), [&](int i, int j, int k) {
        const double difference = differences.ofE(fields[term.source], term.axis, i, j, k);
        *psi = points.b * *psi + points.c * difference;
        target(i, j, k) += term.sign * ((points.inverseKappa - 1) * difference + *psi++);
      });
    }
  }
}

void Cpml::correctCurlOfH(const Differences& differences, const FieldSet& fields, FieldSet& curl) {
  for (Stretched& entry : ofH_) {
    const CurlTerm& term = entry.term;
    Field& target = curl[term.target];
    for (Plane& points : entry.planes) {
      double* psi = points.psi.data();
      forEach(plane(target.box(), term.axis, points.index), [&](int i, int j, int k) {
        const double difference = differences.ofH(fields[term.source], term.axis, i, j, k);
        *psi = points.b * *psi + points.c * difference;
        target(i, j, k) += term.sign * ((points.inverseKappa - 1) * difference + *psi++);
      });
    }
  }
}

void Cpml::save(core::CheckpointWriter& writer) const {
  std::vector<double> all;
  for (const auto* stretched : {&ofE_, &ofH_})
    for (const Stretched& entry : *stretched)
      for (const Plane& points : entry.planes) all.insert(all.end(), points.psi.begin(), points.psi.end());
  writer.writeArray("cpml", std::span<const double>(all));
}

void Cpml::load(core::CheckpointReader& reader) {
  std::vector<double> all(std::size_t(bytes()) / sizeof(double));
  reader.readArray("cpml", std::span<double>(all));
  auto from = all.begin();
  for (auto* stretched : {&ofE_, &ofH_})
    for (Stretched& entry : *stretched)
      for (Plane& points : entry.planes) {
        std::copy(from, from + std::ptrdiff_t(points.psi.size()), points.psi.begin());
        from += std::ptrdiff_t(points.psi.size());
      }
}

double Cpml::bytes() const {
  double sum = 0;
  for (const auto* stretched : {&ofE_, &ofH_})
    for (const Stretched& entry : *stretched)
      for (const Plane& points : entry.planes) sum += double(points.psi.size() * sizeof(double));
  return sum;
}

}  // namespace aula::fdtd::reference

// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cuda/device_medium.h"

#include <algorithm>
#include <string>

#include "core/units/constants.h"
#include "fdtd/model/ade.h"

namespace aula::fdtd::cuda {

DeviceGrid makeDeviceGrid(const Setup& setup) {
  DeviceGrid grid{};
  const bool isFlat = setup.grid.dimensions != Dimensions::three;
  for (int axis = 0; axis < 3; ++axis) {
    const auto& faces = setup.boundaries[static_cast<std::size_t>(axis)];
    const bool isIgnored = axis == 2 && isFlat;
    const auto is = [&](int side, BoundaryKind kind) {
      return !isIgnored && faces[static_cast<std::size_t>(side)].kind == kind;
    };
    grid.cells[axis] = isIgnored ? 1 : setup.grid.cells(axis);
    grid.isPeriodic[axis] = isIgnored || is(0, BoundaryKind::periodic);
    grid.isLowMirror[axis] = is(0, BoundaryKind::pmc);
    grid.isHighMirror[axis] = is(1, BoundaryKind::pmc);
    grid.owned[axis] = grid.cells[axis] + (grid.isHighMirror[axis] ? 1 : 0);
    grid.lowLayer[axis] = is(0, BoundaryKind::cpml) ? faces[0].cpml.cells : 0;
    grid.highLayer[axis] = is(1, BoundaryKind::cpml) ? faces[1].cpml.cells : 0;
    grid.courant[axis] = static_cast<float>(core::kSpeedOfLight * setup.grid.dt / setup.grid.spacing(axis));
  }
  // Rows begin at multiples of 128 bytes, what a warp fetches at once.
  constexpr long kRow = 32;
  grid.pitch = (grid.owned[0] + kRow - 1) / kRow * kRow;
  grid.plane = grid.pitch * grid.owned[1];
  return grid;
}

MediumReader::MediumReader(const Setup& setup, const Medium& medium) : setup_(setup), medium_(medium) {
  for (const Material& material : setup.materials) {
    double sum = 0;
    for (const Pole& pole : material.poles) sum += poleCoefficients(pole, setup.grid.dt).G;
    poleLoss_.push_back(sum);
  }
}

std::size_t MediumReader::index(int component, int i, int j, int k) const {
  const Grid& grid = setup_.grid;
  return (static_cast<std::size_t>(k) * static_cast<std::size_t>(grid.count(component, 1)) +
          static_cast<std::size_t>(j)) *
             static_cast<std::size_t>(grid.count(component, 0)) +
         static_cast<std::size_t>(i);
}

bool MediumReader::isUniform(int component) const {
  const auto axis = static_cast<std::size_t>(axisOf(component));
  const auto& inverse = isElectric(component) ? medium_.inverseEpsilon[axis] : medium_.inverseMu[axis];
  return inverse.empty() && isLossless(component);
}

bool MediumReader::isLossless(int component) const {
  const auto axis = static_cast<std::size_t>(axisOf(component));
  if (!isElectric(component)) return medium_.magneticConductivity[axis].empty();
  return medium_.conductivity[axis].empty() && medium_.dispersion[axis].empty();
}

float MediumReader::uniform(int component) const {
  return static_cast<float>(isElectric(component) ? medium_.background : medium_.backgroundMu);
}

YeeCoefficients MediumReader::at(int component, int i, int j, int k) const {
  const auto axis = static_cast<std::size_t>(axisOf(component));
  const bool isE = isElectric(component);
  const std::size_t n = index(component, i, j, k);
  const auto& inverses = isE ? medium_.inverseEpsilon[axis] : medium_.inverseMu[axis];
  const auto& losses = isE ? medium_.conductivity[axis] : medium_.magneticConductivity[axis];
  const double inverse =
      inverses.empty() ? (isE ? medium_.background : medium_.backgroundMu) : double(inverses[n]);
  const double permeability = isE ? core::kVacuumPermittivity : core::kVacuumPermeability;
  double halfLoss = losses.empty() ? 0 : double(losses[n]) * setup_.grid.dt / (2 * permeability);
  if (const int material = isE ? dispersion(component, i, j, k) : 0; material != 0)
    halfLoss += poleLoss_[static_cast<std::size_t>(material)];
  return yeeCoefficients(inverse, halfLoss);
}

int MediumReader::dispersion(int component, int i, int j, int k) const {
  const auto& materials = medium_.dispersion[static_cast<std::size_t>(axisOf(component))];
  return materials.empty() ? 0 : materials[index(component, i, j, k)];
}

DeviceMedium::DeviceMedium(compute::Stream& stream, const Setup& setup, const Medium& medium,
                           const DeviceGrid& grid) {
  const MediumReader reader(setup, medium);
  const auto size = static_cast<std::size_t>(grid.size());
  const auto plane = static_cast<std::size_t>(grid.plane);
  for (int component = 0; component < 6; ++component) {
    const auto c = static_cast<std::size_t>(component);
    ComponentCoefficients& coefficients = tables_.coefficients[component];
    coefficients.uniform = reader.uniform(component);
    if (!setup.grid.computes(component) || reader.isUniform(component)) continue;
    const bool isLossless = reader.isLossless(component);
    const std::string name(1, "EH"[isElectric(component) ? 0 : 1]);
    cb_[c] = {stream, size, name + std::string(1, "xyz"[axisOf(component)]) + " coefficients"};
    if (!isLossless) loss_[c] = {stream, size, name + std::string(1, "xyz"[axisOf(component)]) + " losses"};
    bytes_ += static_cast<double>(cb_[c].bytes() + loss_[c].bytes());

    // Plane by plane, so that the host never holds a second copy of the whole medium. Places without a field
    // get 0.
    std::vector<float> cbPlane(plane), lossPlane(plane);
    for (int k = 0; k < grid.owned[2]; ++k) {
      std::fill(cbPlane.begin(), cbPlane.end(), 0.0F);
      std::fill(lossPlane.begin(), lossPlane.end(), 0.0F);
      const int countX = std::min(grid.owned[0], setup.grid.count(component, 0));
      const int countY = std::min(grid.owned[1], setup.grid.count(component, 1));
      if (k < setup.grid.count(component, 2))
        for (int j = 0; j < countY; ++j)
          for (int i = 0; i < countX; ++i) {
            const YeeCoefficients here = reader.at(component, i, j, k);
            const auto at = static_cast<std::size_t>(grid.offset(i, j, 0));
            cbPlane[at] = static_cast<float>(here.cb);
            lossPlane[at] = static_cast<float>(here.loss);
          }
      const std::size_t first = static_cast<std::size_t>(k) * plane;
      cb_[c].upload(stream, cbPlane, first);
      if (!isLossless) loss_[c].upload(stream, lossPlane, first);
    }
    coefficients.cb = cb_[c].device();
    coefficients.loss = loss_[c].device();
  }

  for (int axis = 0; axis < 3; ++axis) {
    if (grid.slabs(axis) == 0) continue;
    const CpmlAxis coefficients = makeCpmlAxis(setup, axis);
    for (const Half half : {kMagnetic, kElectric}) {
      std::vector<LayerCoefficients> table;
      for (const CpmlCoefficients& c : half == kMagnetic ? coefficients.magnetic : coefficients.electric)
        table.push_back({static_cast<float>(c.a), static_cast<float>(c.b), static_cast<float>(c.c)});
      auto& buffer = layers_[half][static_cast<std::size_t>(axis)];
      buffer = {stream, table.size(), "layer coefficients"};
      buffer.upload(stream, table);
      bytes_ += static_cast<double>(buffer.bytes());
      tables_.layers[half][axis] = buffer.device();
    }
  }
}

}  // namespace aula::fdtd::cuda

// SPDX-License-Identifier: Apache-2.0
#include "fdtd/reference/materials.h"

#include "core/units/constants.h"

namespace aula::fdtd::reference {

Materials::Materials(const Setup& setup, const Medium& medium, const Dispersion& dispersion)
    : couplings_(medium.couplings) {
  const Grid& grid = setup.grid;
  for (int component = 0; component < 6; ++component) {
    if (!grid.computes(component)) continue;
    const int axis = axisOf(component);
    const bool isE = isElectric(component);
    const auto& inverse = isE ? medium.inverseEpsilon[axis] : medium.inverseMu[axis];
    const auto& loss = isE ? medium.conductivity[axis] : medium.magneticConductivity[axis];
    const double uniform = isE ? medium.background : medium.backgroundMu;
    const double vacuum = isE ? core::kVacuumPermittivity : core::kVacuumPermeability;
    static const std::vector<std::uint8_t> none;
    const auto& poles = isE ? medium.dispersion[axis] : none;

    Update& update = updates_[component];
    update.uniformGain = uniform;
    if (inverse.empty() && loss.empty() && poles.empty()) continue;
    const std::size_t size = Field(grid, component).values().size();
    update.keep.resize(size);
    update.gain.resize(size);
    for (std::size_t index = 0; index < size; ++index) {
      const double inverseHere = inverse.empty() ? uniform : inverse[index];
      if (inverseHere == 0) {
        conductors_[axis].push_back(index);
        continue;  // keep and gain stay 0.
      }
      double half = loss.empty() ? 0 : loss[index] * grid.dt / (2 * vacuum);
      if (!poles.empty() && poles[index] != 0) half += dispersion.gainOf(poles[index]);
      const double stored = 1 / inverseHere;
      update.keep[index] = (stored - half) / (stored + half);
      update.gain[index] = 1 / (stored + half);
    }
  }
}

void Materials::apply(const Update& update, double sign, const Field& rightHandSide, Field& field) {
  const auto& r = rightHandSide.values();
  auto& f = field.values();
  if (update.keep.empty()) {
    for (std::size_t index = 0; index < f.size(); ++index) f[index] += sign * update.uniformGain * r[index];
    return;
  }
  for (std::size_t index = 0; index < f.size(); ++index)
    f[index] = update.keep[index] * f[index] + sign * update.gain[index] * r[index];
}

void Materials::advanceH(const FieldSet& rightHandSide, FieldSet& fields) const {
  for (int component = kHx; component <= kHz; ++component)
    apply(updates_[component], -1, rightHandSide[component], fields[component]);
}

void Materials::advanceE(const FieldSet& rightHandSide, FieldSet& fields) const {
  for (int component = kEx; component <= kEz; ++component)
    apply(updates_[component], 1, rightHandSide[component], fields[component]);
  applyCouplings(rightHandSide, fields);
}

void Materials::couple(double xi, const Field& from, int fromAxis, Field& to, int toAxis,
                       const int (&node)[3]) {
  // The two edges of each component that meet in the node: the one that begins there and the one before it.
  const std::size_t fromHere = from.index(node[0], node[1], node[2]);
  const std::size_t toHere = to.index(node[0], node[1], node[2]);
  const double sum = from.values()[fromHere] + from.values()[fromHere - std::size_t(from.stride(fromAxis))];
  to.values()[toHere] += 0.25 * xi * sum;
  to.values()[toHere - std::size_t(to.stride(toAxis))] += 0.25 * xi * sum;
}

void Materials::applyCouplings(const FieldSet& rightHandSide, FieldSet& fields) const {
  for (const Medium::Coupling& coupling : couplings_) {
    const int node[3] = {coupling.i, coupling.j, coupling.k};
    const auto pair = [&](double xi, int a, int b) {
      if (xi == 0) return;
      couple(xi, rightHandSide[b], b, fields[a], a, node);
      couple(xi, rightHandSide[a], a, fields[b], b, node);
    };
    pair(coupling.xy, kEx, kEy);
    pair(coupling.xz, kEx, kEz);
    pair(coupling.yz, kEy, kEz);
  }
}

void Materials::clearConductors(FieldSet& fields) const {
  for (int axis = 0; axis < 3; ++axis)
    for (const std::size_t index : conductors_[axis]) fields[axis].values()[index] = 0;
}

double Materials::bytes() const {
  double sum = double(couplings_.size() * sizeof(Medium::Coupling));
  for (const Update& update : updates_)
    sum += double((update.keep.size() + update.gain.size()) * sizeof(double));
  for (const auto& list : conductors_) sum += double(list.size() * sizeof(std::size_t));
  return sum;
}

}  // namespace aula::fdtd::reference

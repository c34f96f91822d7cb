// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/particles.h"

namespace aula::molecular::cpu {

Particles::Particles(const std::vector<double>& masses)
    : atoms(static_cast<std::int64_t>(masses.size())), blocks((atoms + kBlockAtoms - 1) / kBlockAtoms) {
  const auto size = static_cast<std::size_t>(3 * kBlockAtoms * blocks);
  for (std::vector<float>* array : {&x, &rest, &v, &next, &move, &f, &mass, &inverseMass})
    array->assign(size, 0.0F);
  partial.resize(static_cast<std::size_t>(blocks));
  for (std::size_t n = 0; n < masses.size(); ++n)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      mass[3 * n + axis] = static_cast<float>(masses[n]);
      inverseMass[3 * n + axis] = static_cast<float>(1 / masses[n]);
    }
}

Vec3 Particles::position(std::int64_t atom) const {
  const auto n = static_cast<std::size_t>(3 * atom);
  const auto sum = [&](std::size_t at) { return static_cast<double>(x[at]) + static_cast<double>(rest[at]); };
  return {sum(n), sum(n + 1), sum(n + 2)};
}

void Particles::setPosition(std::int64_t atom, Vec3 position) {
  for (int axis = 0; axis < 3; ++axis) {
    const auto at = static_cast<std::size_t>(3 * atom + axis);
    x[at] = static_cast<float>(position[axis]);
    rest[at] = static_cast<float>(position[axis] - static_cast<double>(x[at]));
  }
}

double Particles::bytes() const {
  return static_cast<double>(8 * x.size() * sizeof(float) + partial.size() * sizeof(double));
}

Cell<float> singleCell(const Box& box) {
  if (!box.isPeriodic()) return {};
  const auto f = [](double value) { return static_cast<float>(value); };
  return {f(box.a.x), f(box.b.x),     f(box.b.y),     f(box.c.x),    f(box.c.y),
          f(box.c.z), f(1 / box.a.x), f(1 / box.b.y), f(1 / box.c.z)};
}

}  // namespace aula::molecular::cpu

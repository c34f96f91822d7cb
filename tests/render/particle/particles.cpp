// SPDX-License-Identifier: Apache-2.0
#include "particles.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace aula::render {

scene::ParticlesView balls(std::vector<scene::Float3> positions, std::vector<float> radii,
                           const std::string& name) {
  scene::ParticlesView view;
  view.name = name;
  view.positions = std::make_shared<const std::vector<scene::Float3>>(std::move(positions));
  view.radii = std::make_shared<const std::vector<float>>(std::move(radii));
  return view;
}

scene::ParticlesView heapOfBalls(std::size_t count, double extent, float radius) {
  // The generator's own bits, not a distribution's: the same numbers with every library.
  std::mt19937 random(20260);
  const auto number = [&] { return 2.0 * random() / 4294967295.0 - 1.0; };
  std::vector<scene::Float3> positions;
  std::vector<scene::Colour> colours;
  const scene::Colour kinds[] = {
      {0.28F, 0.30F, 0.33F}, {0.85F, 0.86F, 0.88F}, {0.75F, 0.09F, 0.07F}, {0.10F, 0.24F, 0.72F}};
  while (positions.size() < count) {
    const core::Vec3 p{number(), number(), number()};
    if (core::dot(p, p) > 1) continue;
    positions.push_back(scene::toFloat3(extent * p));
    colours.push_back(kinds[random() % 4]);
  }
  scene::ParticlesView view = balls(std::move(positions), {radius}, "heap");
  view.colours = std::make_shared<const std::vector<scene::Colour>>(std::move(colours));
  return view;
}

scene::ParticlesView helixMolecule() {
  const scene::Colour carbon{0.16F, 0.17F, 0.18F}, oxygen{0.68F, 0.05F, 0.04F}, nitrogen{0.06F, 0.14F, 0.66F},
      hydrogen{0.82F, 0.82F, 0.82F}, sulphur{0.80F, 0.58F, 0.04F};
  std::vector<scene::Float3> positions;
  std::vector<float> radii;
  std::vector<scene::Colour> colours;
  auto bonds = std::make_shared<std::vector<std::array<std::uint32_t, 2>>>();
  // Lengths in nanometres: 0.15 rise and 100 degrees a residue, three backbone atoms each.
  const auto add = [&](double radius, double degrees, double z, const scene::Colour& colour, double size) {
    const double angle = degrees * std::acos(-1) / 180;
    positions.push_back(scene::toFloat3({radius * std::cos(angle), radius * std::sin(angle), z}));
    colours.push_back(colour);
    radii.push_back(static_cast<float>(size));
    return static_cast<std::uint32_t>(positions.size() - 1);
  };
  const auto join = [&](std::uint32_t a, std::uint32_t b) { bonds->push_back({a, b}); };
  constexpr double kCarbon = 0.05, kOxygen = 0.048, kHydrogen = 0.032;
  std::uint32_t before = 0;
  for (int residue = 0; residue < 14; ++residue) {
    const double turn = 100.0 * residue, z = 0.15 * residue - 1.0;
    const std::uint32_t n = add(0.155, turn, z, nitrogen, kCarbon);
    const std::uint32_t alpha = add(0.23, turn + 28, z + 0.09, carbon, kCarbon);
    const std::uint32_t c = add(0.165, turn + 55, z + 0.14, carbon, kCarbon);
    const std::uint32_t o = add(0.2, turn + 62, z + 0.26, oxygen, kOxygen);
    join(n, alpha);
    join(alpha, c);
    join(c, o);
    join(n, add(0.16, turn - 6, z - 0.1, hydrogen, kHydrogen));
    join(alpha, add(0.27, turn + 10, z + 0.17, hydrogen, kHydrogen));
    if (residue > 0) join(before, n);
    before = c;
    // A side chain outwards: one to four atoms, the last of another element.
    std::uint32_t last = alpha;
    const int length = 1 + residue * 7 % 4;
    for (int i = 0; i < length; ++i) {
      const bool isLast = i + 1 == length && length > 2;
      const scene::Colour& colour = !isLast            ? carbon
                                    : residue % 3 == 0 ? oxygen
                                    : residue % 3 == 1 ? nitrogen
                                                       : sulphur;
      const std::uint32_t next =
          add(0.36 + 0.12 * i, turn + 34 + (i % 2 == 0 ? 6 : -4), z + 0.04 - 0.06 * (i % 2), colour, kCarbon);
      join(last, next);
      join(next, add(0.38 + 0.12 * i, turn + 40 + (i % 2 == 0 ? 12 : -14), z + 0.12 - 0.2 * (i % 2), hydrogen,
                     kHydrogen));
      last = next;
    }
  }
  scene::ParticlesView view = balls(std::move(positions), std::move(radii), "helix");
  view.colours = std::make_shared<const std::vector<scene::Colour>>(std::move(colours));
  view.bonds = bonds;
  view.bondRadius = 0.018F;
  view.material.roughness = 0.35F;
  return view;
}

std::shared_ptr<const std::vector<std::array<std::uint32_t, 2>>> bondsBetween(
    const std::vector<scene::Float3>& positions, float distance) {
  auto bonds = std::make_shared<std::vector<std::array<std::uint32_t, 2>>>();
  // Sorted along x, so that only near ones are compared.
  std::vector<std::uint32_t> order(positions.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return positions[a].x < positions[b].x; });
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const scene::Float3 &a = positions[order[i]], &b = positions[order[j]];
      if (b.x - a.x > distance) break;
      if (core::length(scene::toVec3(a) - scene::toVec3(b)) < distance)
        bonds->push_back({order[i], order[j]});
    }
  return bonds;
}

}  // namespace aula::render

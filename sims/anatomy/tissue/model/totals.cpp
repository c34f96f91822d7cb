// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/model/totals.h"

#include "anatomy/tissue/model/formula/energy.h"

namespace aula::anatomy::tissue {

Totals totalsOf(const Body& body, const Layout& layout, const std::vector<Vec3>& positions,
                const std::vector<Vec3>& velocities, const std::vector<Vec3>& guides,
                const std::vector<double>& activations) {
  using Vec = Vector<double>;
  const auto vec = [](const Vec3& v) { return Vec{v.x, v.y, v.z}; };
  const auto displacement = [&](std::int32_t place) {
    const std::uint32_t point = layout.pointOf[static_cast<std::size_t>(place)];
    return vec(positions[point] - body.positions[point]);
  };
  Totals totals;
  std::vector<double> dilations(layout.masses.size(), 0);
  for (std::size_t t = 0; t < layout.elements.size(); ++t) {
    const ElementNumbers& e = layout.elements[t];
    const double active =
        activations.empty() ? 0 : e.fibreStress * activations[static_cast<std::size_t>(e.group)];
    const Constants<double> c{vec(e.gradients[0]),
                              vec(e.gradients[1]),
                              vec(e.gradients[2]),
                              e.volume,
                              e.volume * e.mu,
                              e.volume * e.gamma,
                              vec(e.fibre),
                              active,
                              e.fibreStiffness,
                              0,
                              0};
    const Vec base = displacement(layout.corners[t][0]);
    const Matrix<double> gradient =
        gradientOf(c, displacement(layout.corners[t][1]) - base, displacement(layout.corners[t][2]) - base,
                   displacement(layout.corners[t][3]) - base);
    totals.elasticEnergy += energyOf(c, gradient);
    const double dilation = e.volume * dilationOf(gradient);
    totals.volume += e.volume + dilation;
    for (const std::int32_t corner : layout.corners[t])
      dilations[static_cast<std::size_t>(corner)] += dilation / 4;
  }
  for (std::size_t n = 0; n < dilations.size(); ++n) {
    totals.elasticEnergy += layout.stiffness[n] / 2 * dilations[n] * dilations[n];
    const Vec3 v = velocities[layout.pointOf[n]];
    totals.kineticEnergy += layout.masses[n] / 2 * dot(v, v);
  }
  for (std::size_t n = 0; n < body.guided.size(); ++n) {
    const Vec3 away = positions[body.guided[n]] - guides[n];
    totals.elasticEnergy += body.guideStiffness[n] / 2 * dot(away, away);
  }
  return totals;
}

}  // namespace aula::anatomy::tissue

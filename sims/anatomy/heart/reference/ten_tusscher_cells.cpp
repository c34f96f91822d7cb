// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "anatomy/heart/reference/cells.h"

namespace aula::anatomy::heart::reference {

namespace {

// K. H. W. J. ten Tusscher and A. V. Panfilov, Am. J. Physiol. Heart Circ. Physiol. 291, H1088 (2006),
// appendix, and for the gates it keeps ten Tusscher, Noble, Noble and Panfilov, ibid. 286, H1573 (2004).
// mV, ms, mM, pA/pF; names as in the papers.
constexpr double R = 8314.472, T = 310, F = 96485.3415;  // J/(kmol K), K, C/mol
constexpr double Ko = 5.4, Cao = 2, Nao = 140;
constexpr double Vc = 0.016404, Vsr = 0.001094, Vss = 0.00005468, Cm = 0.185;
constexpr double GNa = 14.838, GK1 = 5.405, GKr = 0.153, GpK = 0.0146, GbNa = 0.00029, GbCa = 0.000592;
constexpr double GCaL = 0.0000398, GpCa = 0.1238, KpCa = 0.0005, pKNa = 0.03;
constexpr double PNaK = 2.724, KmK = 1, KmNa = 40;
constexpr double kNaCa = 1000, gamma_ = 0.35, KmCa = 1.38, KmNai = 87.5, ksat = 0.1, alpha_ = 2.5;
constexpr double Vrel = 0.102, k1_ = 0.15, k2_ = 0.045, k3 = 0.06, k4 = 0.005, EC = 1.5, maxSr = 2.5,
                 minSr = 1;
constexpr double Vmaxup = 0.006375, Kup = 0.00025, Vleak = 0.00036, Vxfer = 0.0038;
constexpr double Bufc = 0.2, Kbufc = 0.001, Bufsr = 10, Kbufsr = 0.3, Bufss = 0.4, Kbufss = 0.00025;

struct Cell {
  double xr1, xr2, xs, m, h, j, d, f, f2, fCass, s, r, Rq, Cai, Cass, CaSr, Nai, Ki;
};
constexpr std::size_t kMemory = sizeof(Cell) / sizeof(double);

// The values the authors' program starts from; the epicardial ones are Niederer et al. 2011, table 2.
constexpr double kStart[3] = {-86.709, -85.423, -85.23};
constexpr Cell kCells[3] = {{0.00448, 0.476, 0.0087, 0.00155, 0.7573, 0.7225, 3.164e-5, 0.8009, 0.9778,
                             0.9953, 0.3212, 2.235e-8, 0.9068, 0.00013, 0.00036, 3.715, 10.355, 138.4},
                            {0.0165, 0.473, 0.0174, 0.00165, 0.749, 0.6788, 3.288e-5, 0.7026, 0.9526, 0.9942,
                             0.999998, 2.347e-8, 0.8978, 0.000153, 0.00042, 4.272, 10.132, 138.52},
                            {0.00621, 0.4712, 0.0095, 0.00172, 0.7444, 0.7045, 3.373e-5, 0.7888, 0.9755,
                             0.9953, 0.999998, 2.42e-8, 0.9073, 0.000126, 0.00036, 3.64, 8.604, 136.89}};

/// x_inf and tau of a gate, and its linear equation over a step with both held (Rush and Larsen 1978).
void relax(double& x, double xInf, double tau, double dt) {
  x = xInf - (xInf - x) * std::exp(-dt / tau);
}
double sq(double x) {
  return x * x;
}

void stepGates(Cell& c, double V, double Cass, Layer layer, double dt) {
  const double mInf = 1 / sq(1 + std::exp((-56.86 - V) / 9.03));
  const double tauM = 1 / (1 + std::exp((-60 - V) / 5)) *
                      (0.1 / (1 + std::exp((V + 35) / 5)) + 0.1 / (1 + std::exp((V - 50) / 200)));
  relax(c.m, mInf, tauM, dt);

  const double hInf = 1 / sq(1 + std::exp((V + 71.55) / 7.43));
  double alphaH = 0, betaH = 0, alphaJ = 0, betaJ = 0;
  if (V < -40) {
    alphaH = 0.057 * std::exp(-(V + 80) / 6.8);
    betaH = 2.7 * std::exp(0.079 * V) + 3.1e5 * std::exp(0.3485 * V);
    alphaJ = (-2.5428e4 * std::exp(0.2444 * V) - 6.948e-6 * std::exp(-0.04391 * V)) * (V + 37.78) /
             (1 + std::exp(0.311 * (V + 79.23)));
    betaJ = 0.02424 * std::exp(-0.01052 * V) / (1 + std::exp(-0.1378 * (V + 40.14)));
  } else {
    betaH = 0.77 / (0.13 * (1 + std::exp(-(V + 10.66) / 11.1)));
    betaJ = 0.6 * std::exp(0.057 * V) / (1 + std::exp(-0.1 * (V + 32)));
  }
  relax(c.h, hInf, 1 / (alphaH + betaH), dt);
  relax(c.j, hInf, 1 / (alphaJ + betaJ), dt);

  relax(c.xr1, 1 / (1 + std::exp((-26 - V) / 7)),
        450 / (1 + std::exp((-45 - V) / 10)) * 6 / (1 + std::exp((V + 30) / 11.5)), dt);
  relax(c.xr2, 1 / (1 + std::exp((V + 88) / 24)),
        3 / (1 + std::exp((-60 - V) / 20)) * 1.12 / (1 + std::exp((V - 60) / 20)), dt);
  relax(c.xs, 1 / (1 + std::exp((-5 - V) / 14)),
        1400 / std::sqrt(1 + std::exp((5 - V) / 6)) / (1 + std::exp((V - 35) / 15)) + 80, dt);

  relax(c.r, 1 / (1 + std::exp((20 - V) / 6)), 9.5 * std::exp(-sq(V + 40) / 1800) + 0.8, dt);
  if (layer == Layer::endocardial)
    relax(c.s, 1 / (1 + std::exp((V + 28) / 5)), 1000 * std::exp(-sq(V + 67) / 1000) + 8, dt);
  else
    relax(c.s, 1 / (1 + std::exp((V + 20) / 5)),
          85 * std::exp(-sq(V + 45) / 320) + 5 / (1 + std::exp((V - 20) / 5)) + 3, dt);

  relax(c.d, 1 / (1 + std::exp((-8 - V) / 7.5)),
        (1.4 / (1 + std::exp((-35 - V) / 13)) + 0.25) * 1.4 / (1 + std::exp((V + 5) / 5)) +
            1 / (1 + std::exp((50 - V) / 20)),
        dt);
  relax(c.f, 1 / (1 + std::exp((V + 20) / 7)),
        1102.5 * std::exp(-sq(V + 27) / 225) + 200 / (1 + std::exp((13 - V) / 10)) +
            180 / (1 + std::exp((V + 30) / 10)) + 20,
        dt);
  relax(c.f2, 0.67 / (1 + std::exp((V + 35) / 7)) + 0.33,
        562 * std::exp(-sq(V + 27) / 240) + 31 / (1 + std::exp((25 - V) / 10)) +
            80 / (1 + std::exp((V + 30) / 10)),
        dt);
  relax(c.fCass, 0.6 / (1 + sq(Cass / 0.05)) + 0.4, 80 / (1 + sq(Cass / 0.05)) + 2, dt);
}

class TenTusscherCells final : public Cells {
 public:
  explicit TenTusscherCells(const std::vector<Layer>& layers)
      : layers_(layers), memory_(kMemory * layers.size()) {
    for (std::size_t n = 0; n < layers.size(); ++n) put(n, kCells[static_cast<std::size_t>(layers[n])]);
  }
  [[nodiscard]] double start(std::size_t cell) const override {
    return 1e-3 * kStart[static_cast<std::size_t>(layers_[cell])];
  }
  [[nodiscard]] double recovery(std::size_t cell) const override { return get(cell).Cai; }
  [[nodiscard]] std::vector<double>& memory() override { return memory_; }
  void step(std::size_t cell, double& potential, double timeStep, double excitability) override;

 private:
  [[nodiscard]] Cell get(std::size_t cell) const {
    const double* x = &memory_[kMemory * cell];
    return {x[0], x[1],  x[2],  x[3],  x[4],  x[5],  x[6],  x[7],  x[8],
            x[9], x[10], x[11], x[12], x[13], x[14], x[15], x[16], x[17]};
  }
  void put(std::size_t cell, const Cell& c) {
    const double x[kMemory] = {c.xr1,   c.xr2, c.xs, c.m,  c.h,   c.j,    c.d,    c.f,   c.f2,
                               c.fCass, c.s,   c.r,  c.Rq, c.Cai, c.Cass, c.CaSr, c.Nai, c.Ki};
    std::copy(x, x + kMemory, memory_.begin() + static_cast<std::ptrdiff_t>(kMemory * cell));
  }

  std::vector<Layer> layers_;
  std::vector<double> memory_;
};

void TenTusscherCells::step(std::size_t cell, double& potential, double timeStep, double excitability) {
  Cell c = get(cell);
  const Layer layer = layers_[cell];
  const double V = potential * 1e3, dt = timeStep * 1e3;
  const double GKs = layer == Layer::middle ? 0.098 : 0.392;
  const double Gto = layer == Layer::endocardial ? 0.073 : 0.294;

  const double EK = R * T / F * std::log(Ko / c.Ki), ENa = R * T / F * std::log(Nao / c.Nai);
  const double EKs = R * T / F * std::log((Ko + pKNa * Nao) / (c.Ki + pKNa * c.Nai));
  const double ECa = R * T / (2 * F) * std::log(Cao / c.Cai);

  const double INa = GNa * excitability * c.m * c.m * c.m * c.h * c.j * (V - ENa);
  const double VV = 2 * (V - 15) * F / (R * T);
  // 4 (V - 15) F^2/(R T) / (e^VV - 1) = 2 F VV / (e^VV - 1), which is 2 F at VV = 0.
  const double quotient = std::abs(VV) < 1e-7 ? 1 : VV / std::expm1(VV);
  const double ICaL =
      GCaL * c.d * c.f * c.f2 * c.fCass * 2 * F * quotient * (0.25 * c.Cass * std::exp(VV) - Cao);
  const double Ito = Gto * c.r * c.s * (V - EK);
  const double IKs = GKs * c.xs * c.xs * (V - EKs);
  const double IKr = GKr * std::sqrt(Ko / 5.4) * c.xr1 * c.xr2 * (V - EK);
  const double aK1 = 0.1 / (1 + std::exp(0.06 * (V - EK - 200)));
  const double bK1 = (3 * std::exp(0.0002 * (V - EK + 100)) + std::exp(0.1 * (V - EK - 10))) /
                     (1 + std::exp(-0.5 * (V - EK)));
  const double IK1 = GK1 * std::sqrt(Ko / 5.4) * aK1 / (aK1 + bK1) * (V - EK);
  const double INaCa = kNaCa *
                       (std::exp(gamma_ * V * F / (R * T)) * c.Nai * c.Nai * c.Nai * Cao -
                        std::exp((gamma_ - 1) * V * F / (R * T)) * Nao * Nao * Nao * c.Cai * alpha_) /
                       ((KmNai * KmNai * KmNai + Nao * Nao * Nao) * (KmCa + Cao) *
                        (1 + ksat * std::exp((gamma_ - 1) * V * F / (R * T))));
  const double INaK = PNaK * Ko * c.Nai /
                      ((Ko + KmK) * (c.Nai + KmNa) *
                       (1 + 0.1245 * std::exp(-0.1 * V * F / (R * T)) + 0.0353 * std::exp(-V * F / (R * T))));
  const double IpCa = GpCa * c.Cai / (KpCa + c.Cai);
  const double IpK = GpK * (V - EK) / (1 + std::exp((25 - V) / 5.98));
  const double IbNa = GbNa * (V - ENa), IbCa = GbCa * (V - ECa);

  const double kCaSr = maxSr - (maxSr - minSr) / (1 + sq(EC / c.CaSr));
  const double k1 = k1_ / kCaSr, k2 = k2_ * kCaSr;
  const double O = k1 * sq(c.Cass) * c.Rq / (k3 + k1 * sq(c.Cass));
  const double Irel = Vrel * O * (c.CaSr - c.Cass), Iup = Vmaxup / (1 + sq(Kup) / sq(c.Cai));
  const double Ileak = Vleak * (c.CaSr - c.Cai), Ixfer = Vxfer * (c.Cass - c.Cai);
  const double Cassold = c.Cass;

  // Ca beside its buffers in instantaneous equilibrium: d(Ca + bound)/dt = flux gives dCa/dt = flux / (1 +
  // Buf K / (Ca + K)^2).
  const double dCai = (Ixfer + (Ileak - Iup) * Vsr / Vc - (IbCa + IpCa - 2 * INaCa) * Cm / (2 * Vc * F)) /
                      (1 + Bufc * Kbufc / sq(c.Cai + Kbufc));
  const double dCaSr = (Iup - Irel - Ileak) / (1 + Bufsr * Kbufsr / sq(c.CaSr + Kbufsr));
  const double dCass = (-Ixfer * Vc / Vss + Irel * Vsr / Vss - ICaL * Cm / (2 * Vss * F)) /
                       (1 + Bufss * Kbufss / sq(c.Cass + Kbufss));
  // dR'/dt = k4 (1 - R') - k2 CaSS R' is linear in R' and solved as the gates are.
  relax(c.Rq, k4 / (k4 + k2 * c.Cass), 1 / (k4 + k2 * c.Cass), dt);
  c.Cai += dt * dCai;
  c.CaSr += dt * dCaSr;
  c.Cass += dt * dCass;
  c.Nai += dt * -(INa + IbNa + 3 * INaK + 3 * INaCa) * Cm / (Vc * F);
  c.Ki += dt * -(IK1 + Ito + IKr + IKs - 2 * INaK + IpK) * Cm / (Vc * F);
  stepGates(c, V, Cassold, layer, dt);
  put(cell, c);
  potential =
      1e-3 * (V - dt * (INa + ICaL + Ito + IKs + IKr + IK1 + INaCa + INaK + IpCa + IpK + IbNa + IbCa));
}

}  // namespace

std::unique_ptr<Cells> makeTenTusscherCells(const std::vector<Layer>& layers) {
  return std::make_unique<TenTusscherCells>(layers);
}

}  // namespace aula::anatomy::heart::reference

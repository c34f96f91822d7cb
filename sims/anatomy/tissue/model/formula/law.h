// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/model/formula/vector.h"

/// The material law of one tetrahedron, for one or many at a time; tissue/README.md has the whole.
///
/// Stable Neo-Hookean (Smith, de Goes and Kim 2018, "Stable Neo-Hookean flesh simulation", eq. 14):
///   W = mu/2 (I_C - 3) + lambda/2 (J - alpha)^2 - mu/2 log(I_C + 1),  alpha = 1 + 3 mu / (4 lambda),
/// with their mu = 4/3 mu_L and lambda = lambda_L + 5/6 mu_L of Lame's (section 3.4). The square is written
/// out and its quadratic part is shared out between the tetrahedron and its points:
///   lambda/2 (J - alpha)^2 = gamma/2 (J - 1)^2 + (lambda - gamma)/2 (J_points - 1)^2 - 3/4 mu (J - 1) +
///   const.
/// Fibre: the nominal stress T(l) = a sigma f(l) + k (l - 1)_+ at the stretch l = |F a|,
///   f(l) = 1 - ((l - 1)/w)^2 below l = 1, not below 0, w = 0.56 (van Soest and Bobbert 1993), and 1 above.
/// Damping, of stiffness beta: the potential beta/(2 h) [2 mu_L |E - E0|^2 + lambda_t tr(E - E0)^2], E0
/// Green's strain at the step's beginning: Rayleigh's beta K v for small strains, and none when the body
/// turns.
namespace aula::anatomy::tissue {

inline constexpr double kFibreWidth = 0.56;
/// Lame's lambda that stays with the tetrahedron, in units of mu_L: nu = 1/3, where linear tetrahedra do not
/// lock.
inline constexpr double kOwnLambda = 2;

/// Constants of a tetrahedron; all but the stresses of fibre and damping multiplied by its volume.
template <class Real>
struct Constants {
  Vector<Real> b1, b2,
      b3;  ///< Gradients of the shape functions of corners 1 to 3, 1/m; b0 = -(b1 + b2 + b3).
  Real volume;
  Real mu, gamma;
  Vector<Real> fibre;
  Real active, passive;            ///< a sigma; k
  Real shearDamping, bulkDamping;  ///< beta mu_L / h, beta lambda_t / (2 h)
};

/// The law linearised at a place: what a product with the stiffness needs. All but f multiplied by the
/// volume.
template <class Real>
struct Tangent {
  Matrix<Real> f;
  Real m, k;                ///< mu (1 - 1/(I_C + 1)), 2 mu/(I_C + 1)^2
  Real pressure;            ///< dW/dJ, the points' part included.
  Real bend;                ///< What of it multiplies the curvature of J.
  Vector<Real> along;       ///< F a / l
  Real pull, rise;          ///< T/l, dT/dl - T/l
  Symmetric<Real> damping;  ///< Second Piola-Kirchhoff stress of damping.
};

/// Forces on corners 1 to 3; corner 0 has minus their sum.
template <class Real>
struct Corners {
  Vector<Real> f1, f2, f3;
};

/// F = 1 + sum of (u_i - u_0) b_i^T, of the corners' displacements less that of corner 0.
template <class Real>
AULA_TISSUE_HD Matrix<Real> gradientOf(const Constants<Real>& c, const Vector<Real>& u1,
                                       const Vector<Real>& u2, const Vector<Real>& u3) {
  return {c.b1.x * u1 + c.b2.x * u2 + c.b3.x * u3, c.b1.y * u1 + c.b2.y * u2 + c.b3.y * u3,
          c.b1.z * u1 + c.b2.z * u2 + c.b3.z * u3};
}
template <class Real>
AULA_TISSUE_HD Matrix<Real> deformationOf(Matrix<Real> gradient) {
  gradient.x.x = gradient.x.x + Real(1);
  gradient.y.y = gradient.y.y + Real(1);
  gradient.z.z = gradient.z.z + Real(1);
  return gradient;
}
/// J - 1 from the displacement's gradient g: without the rounding of 1 + small.
template <class Real>
AULA_TISSUE_HD Real dilationOf(const Matrix<Real>& g) {
  const Matrix<Real> c = cofactors(g);
  return (g.x.x + g.y.y + g.z.z) + (c.x.x + c.y.y + c.z.z) + dot(g.x, c.x);
}
/// I_C - 3 likewise.
template <class Real>
AULA_TISSUE_HD Real stretchOf(const Matrix<Real>& g) {
  return Real(2) * (g.x.x + g.y.y + g.z.z) + contract(g, g);
}

/// C - 1 = g + g^T + g^T g of a displacement gradient: what linearise takes as `before`.
template <class Real>
AULA_TISSUE_HD Symmetric<Real> strainOf(const Matrix<Real>& g) {
  Symmetric<Real> s = gram(g);
  s.xx = s.xx + g.x.x + g.x.x;
  s.yy = s.yy + g.y.y + g.y.y;
  s.zz = s.zz + g.z.z + g.z.z;
  s.yz = s.yz + g.y.z + g.z.y;
  s.xz = s.xz + g.x.z + g.z.x;
  s.xy = s.xy + g.x.y + g.y.x;
  return s;
}

/// `gradient` of the displacement; `points`: the mean of the corners' pressures. The curvature of J has
/// eigenvalues of either sign, no larger than the largest stretch (Smith, de Goes and Kim 2018, section 4.4);
/// with `limit` 1 its factor is held where the term of m outweighs it, with a large one the tangent is exact.
template <class Real, bool HasFibre, bool IsDamped>
AULA_TISSUE_HD Tangent<Real> linearise(const Constants<Real>& c, const Matrix<Real>& gradient,
                                       const Real& points, const Symmetric<Real>& before, const Real& limit) {
  Tangent<Real> t{};
  t.f = deformationOf(gradient);
  const Real one(1);
  const Real inverse = one / (stretchOf(gradient) + Real(4));
  t.m = c.mu * (one - inverse);
  t.k = (c.mu + c.mu) * inverse * inverse;
  t.pressure = c.gamma * dilationOf(gradient) - Real(0.75F) * c.mu + c.volume * points;
  // Gershgorin's bound of the largest stretch, exact at rest.
  const Symmetric<Real> c2 = gram(t.f);
  const Real yz = larger(c2.yz, Real(0) - c2.yz), xz = larger(c2.xz, Real(0) - c2.xz),
             xy = larger(c2.xy, Real(0) - c2.xy);
  const Real bound = larger(larger(c2.xx + xy + xz, c2.yy + xy + yz), larger(c2.zz + xz + yz, Real(1e-12F)));
  const Real most = limit * t.m / squareRoot(bound);
  t.bend = larger(smaller(t.pressure, most), Real(0) - most);
  if constexpr (HasFibre) {
    const Vector<Real> fa = t.f * c.fibre;
    // A tetrahedron without fibre has a null one, one squashed flat a tiny one: no direction, no pull.
    const Real squared = larger(dot(fa, fa), Real(1e-12F));
    const Real stretch = squareRoot(squared);
    const Real perStretch = one / stretch;
    t.along = perStretch * fa;
    // How far below its optimal length, in units of where its force ends.
    const Real x = smaller(larger(one - stretch, Real(0)) * Real(static_cast<float>(1 / kFibreWidth)), one);
    const Real passive = c.passive * larger(stretch - one, Real(0));
    const Real slope =
        choose(stretch > one, c.passive,
               choose(x < one, c.active * x * Real(static_cast<float>(2 / kFibreWidth)), Real(0)));
    t.pull = c.volume * (c.active * (one - x * x) + passive) * perStretch;
    t.rise = c.volume * slope - t.pull;
  }
  if constexpr (IsDamped) {
    const Symmetric<Real> change = strainOf(gradient) - before;
    const Real trace = c.volume * c.bulkDamping * (change.xx + change.yy + change.zz);
    t.damping = (c.volume * c.shearDamping) * change;
    t.damping.xx = t.damping.xx + trace;
    t.damping.yy = t.damping.yy + trace;
    t.damping.zz = t.damping.zz + trace;
  }
  return t;
}

/// -P b_i, P the first Piola-Kirchhoff stress m F + (dW/dJ) cof F + T (F a / l) a^T + F S, times the volume.
template <class Real, bool HasFibre, bool IsDamped>
AULA_TISSUE_HD Corners<Real> forcesOf(const Constants<Real>& c, const Tangent<Real>& t) {
  Matrix<Real> p = t.m * t.f + t.pressure * cofactors(t.f);
  if constexpr (HasFibre) {
    const Vector<Real> pulled = t.pull * (t.f * c.fibre);
    p.x = p.x + c.fibre.x * pulled;
    p.y = p.y + c.fibre.y * pulled;
    p.z = p.z + c.fibre.z * pulled;
  }
  if constexpr (IsDamped) p = p + t.f * t.damping;
  const Real minus(-1.0F);
  return {minus * (p * c.b1), minus * (p * c.b2), minus * (p * c.b3)};
}

/// The change of the volume with the displacement gradient's change d.
template <class Real>
AULA_TISSUE_HD Real volumeChange(const Constants<Real>& c, const Matrix<Real>& f, const Matrix<Real>& d) {
  return c.volume * contract(cofactors(f), d);
}

/// K d at the corners, K the second derivative of the energy; `points`: change of the mean of the corners'
/// pressures.
template <class Real, bool HasFibre, bool IsDamped>
AULA_TISSUE_HD Corners<Real> stiffnessTimes(const Constants<Real>& c, const Tangent<Real>& t,
                                            const Matrix<Real>& d, const Real& points) {
  const Matrix<Real> cof = cofactors(t.f);
  Matrix<Real> p = t.m * d + (t.k * contract(t.f, d)) * t.f +
                   (c.gamma * contract(cof, d) + c.volume * points) * cof + t.bend * cofactorsChange(t.f, d);
  if constexpr (HasFibre) {
    const Vector<Real> da = d * c.fibre;
    const Vector<Real> pulled = t.pull * da + (t.rise * dot(t.along, da)) * t.along;
    p.x = p.x + c.fibre.x * pulled;
    p.y = p.y + c.fibre.y * pulled;
    p.z = p.z + c.fibre.z * pulled;
  }
  if constexpr (IsDamped) {
    const Symmetric<Real> change = gramChange(t.f, d);
    const Real trace = c.volume * c.bulkDamping * (change.xx + change.yy + change.zz);
    Symmetric<Real> stress = (c.volume * c.shearDamping) * change;
    stress.xx = stress.xx + trace;
    stress.yy = stress.yy + trace;
    stress.zz = stress.zz + trace;
    p = p + t.f * stress + d * t.damping;
  }
  return {p * c.b1, p * c.b2, p * c.b3};
}

/// The diagonal block of K at the corner whose shape function has the gradient b: what vertex block descent
/// inverts (Chen et al. 2024, eq. 8 and 10); positive definite. `shared`: volume times the share of the
/// points' lambda that counts here.
template <class Real, bool HasFibre, bool IsDamped>
AULA_TISSUE_HD Symmetric<Real> blockOf(const Constants<Real>& c, const Tangent<Real>& t,
                                       const Vector<Real>& b, const Real& shared) {
  const Real zero(0);
  const Vector<Real> fb = t.f * b, cb = cofactors(t.f) * b;
  Symmetric<Real> block = t.k * square(fb) + (c.gamma + shared) * square(cb);
  Real round = t.m * dot(b, b);
  if constexpr (HasFibre) {
    const Real ab = dot(c.fibre, b);
    round = round + ab * ab * t.pull;
    block = block + (ab * ab * (larger(t.rise + t.pull, zero) - t.pull)) * square(t.along);
  }
  if constexpr (IsDamped) {
    const Real shear = c.volume * c.shearDamping, bulk = c.volume * c.bulkDamping;
    const Real bb = dot(b, b);
    // F F^T, by the columns of F.
    const Symmetric<Real> left = square(t.f.x) + square(t.f.y) + square(t.f.z);
    block = block + (shear * bb) * left + (shear + bulk + bulk) * square(fb);
    round = round + larger(dot(b, t.damping * b), zero);
  }
  block.xx = block.xx + round;
  block.yy = block.yy + round;
  block.zz = block.zz + round;
  return block;
}

}  // namespace aula::anatomy::tissue

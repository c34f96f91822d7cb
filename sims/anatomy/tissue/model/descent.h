// SPDX-License-Identifier: Apache-2.0
#pragma once

/// How a step's minimum is sought, the same for every solver: see tissue/README.md, "Method".
namespace aula::anatomy::tissue {

/// A linear system is solved until its preconditioned residual has fallen by this.
inline constexpr double kForcing = 0.2;
/// And with the exact tangent, where Newton's method would otherwise wait for it.
inline constexpr double kForcingClose = 0.01;
/// How much of the points' stiffness against change of volume the preconditioner's blocks see: what a point's
/// block holds of it, over what it would hold were it the tetrahedra's (about 1/6.6 in a regular lattice).
inline constexpr double kSharedPart = 0.15;
/// A Newton step is shortened where the slope at its end has turned by more than this part of the first.
inline constexpr double kLargestTurn = 0.5;
inline constexpr int kMostCuts = 8;
/// With forces this close to balance (over their scale) the exact tangent is used, before the limited one.
inline constexpr double kClose = 0.03;
/// Of the curvature of J in the tangent: limited, and exact.
inline constexpr double kLimited = 1, kExact = 1e6;

/// A step's first guess goes on with this part of each point's velocity (less the mean, which goes on whole,
/// where nothing holds the body): all of it would carry on what the last step has not yet balanced, until
/// a step with few iterations cannot make good for it.
inline constexpr double kCarried = 0.7;

}  // namespace aula::anatomy::tissue

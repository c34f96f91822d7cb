// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "anatomy/shape/solid.h"

/// Lungs as closed formulas: two pleural cavities between chest wall, mediastinum and diaphragm, cut into
/// five lobes by the fissures. Frame: origin at the carina, +x to the body's right, +y to the front, +z up;
/// metres. Drawn at three quarters of the total lung capacity, 4.5 L of gas: the state of Weibel's and
/// Horsfield's casts.
namespace aula::anatomy {

enum class Lobe { rightSuperior, rightMiddle, rightInferior, leftSuperior, leftInferior };
inline constexpr int kLobes = 5;
inline constexpr std::array<Lobe, kLobes> kAllLobes = {
    Lobe::rightSuperior, Lobe::rightMiddle, Lobe::rightInferior, Lobe::leftSuperior, Lobe::leftInferior};

enum class Side { right, left };

/// The atlas' id: "lobe_right_superior".
[[nodiscard]] const char* idOf(Lobe lobe);
[[nodiscard]] const char* idOfBronchus(Lobe lobe);  ///< "lobar_bronchus_right_superior"
[[nodiscard]] Side sideOf(Lobe lobe);

/// Gas in the lungs as they are drawn, m^3; what they are besides gas (blood, tissue).
inline constexpr double kDrawnGas = 4.5e-3;
inline constexpr double kLungTissue = 0.9e-3;

/// Where a lung and its pleura lie; the lobes fill it but for the fissures' width.
[[nodiscard]] Solid lungSolid(Side side);
/// Volumes have the atlas' shares ("volume_share" of the lobe's id).
[[nodiscard]] Solid lobeSolid(Lobe lobe);
/// The dome that both lungs rest on, a sheet 4 mm thick.
[[nodiscard]] Solid diaphragmSolid();

/// The lobe that a point of a lung belongs to; of points outside that of the nearer side of the fissures.
[[nodiscard]] Lobe lobeAt(Vec3 p);

/// Negative inside the cavity: the smooth function behind lungSolid, without making one.
[[nodiscard]] double lungDistance(Side side, Vec3 p);

}  // namespace aula::anatomy

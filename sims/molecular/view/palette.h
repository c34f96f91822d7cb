// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scene/float3.h"

/// Colours of atoms and residues, linear light.
namespace aula::molecular {

/// A colour as screens have it, 0xRRGGBB, in linear light (IEC 61966-2-1).
[[nodiscard]] scene::Colour fromSrgb(unsigned rgb);
[[nodiscard]] scene::Colour mixed(scene::Colour a, scene::Colour b, double share);  ///< Share of b.

/// After Corey, Pauling and Koltun as drawings have it since; with `isSafe` hues that red-green blindness
/// keeps apart (Okabe and Ito 2008), each with a lightness of its own.
[[nodiscard]] scene::Colour elementColour(int element, bool isSafe);
/// The n-th of a list of hues that stay apart (Okabe and Ito 2008), round and round.
[[nodiscard]] scene::Colour listColour(std::size_t n);
/// Blue for minus, white for nothing, orange for plus; `value` from -1 to 1.
[[nodiscard]] scene::Colour divergingColour(double value);
/// Dark violet to yellow, `value` from 0 to 1 (a fit of six points to viridis by Smith and van der Walt
/// 2015).
[[nodiscard]] scene::Colour sequentialColour(double value);
/// Kyte and Doolittle, J. Mol. Biol. 157, 105 (1982), table 2: -4.5 (arginine) to 4.5 (isoleucine); 0 for
/// others.
[[nodiscard]] double hydropathy(const std::string& residue);
/// Of a letter of DSSP.
[[nodiscard]] scene::Colour structureColour(char letter);

}  // namespace aula::molecular

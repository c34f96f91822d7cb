// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What the periodic table says that is needed to read, build and draw.
namespace aula::molecular {

struct Element {
  const char* symbol;  ///< "Na"
  double mass;  ///< u, conventional atomic weight (IUPAC 2021, abridged); the longest-lived isotope's else
  double vdwRadius;  ///< nm; Bondi 1964, hydrogen by Rowland and Taylor 1996, others Mantina et al. 2009;
                     ///< 0.2 where none is published
};

inline constexpr int kElementCount = 119;  ///< Atomic numbers 0 (unknown, "X") to 118.

/// `atomicNumber` outside the table gives the unknown element.
[[nodiscard]] const Element& element(int atomicNumber);
/// By symbol, letter case aside; D is hydrogen; 0 when there is none.
[[nodiscard]] int atomicNumberOf(std::string_view symbol);
/// For atoms of which only a name ("CA", "OPLS_135", "1HB") and a mass (u; 0 where unknown too) are known:
/// the element with that mass whose symbol begins the name; with no mass, the one-letter element that the
/// name's first letter says, else the two-letter one. 0 when nothing fits.
[[nodiscard]] int guessElement(std::string_view name, double mass);

}  // namespace aula::molecular

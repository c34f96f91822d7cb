// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/elements.h"

#include <array>
#include <cctype>
#include <cmath>

namespace aula::molecular {

namespace {

// clang-format off
constexpr std::array<Element, kElementCount> kElements = {{
    {"X", 0, 0.2}, {"H", 1.008, 0.11}, {"He", 4.0026, 0.14}, {"Li", 6.94, 0.181}, {"Be", 9.0122, 0.153},
    {"B", 10.81, 0.192}, {"C", 12.011, 0.17}, {"N", 14.007, 0.155}, {"O", 15.999, 0.152}, {"F", 18.998, 0.147},
    {"Ne", 20.18, 0.154}, {"Na", 22.99, 0.227}, {"Mg", 24.305, 0.173}, {"Al", 26.982, 0.184}, {"Si", 28.085, 0.21},
    {"P", 30.974, 0.18}, {"S", 32.06, 0.18}, {"Cl", 35.45, 0.175}, {"Ar", 39.95, 0.188}, {"K", 39.098, 0.275},
    {"Ca", 40.078, 0.231}, {"Sc", 44.956, 0.2}, {"Ti", 47.867, 0.2}, {"V", 50.942, 0.2}, {"Cr", 51.996, 0.2},
    {"Mn", 54.938, 0.2}, {"Fe", 55.845, 0.2}, {"Co", 58.933, 0.2}, {"Ni", 58.693, 0.163}, {"Cu", 63.546, 0.14},
    {"Zn", 65.38, 0.139}, {"Ga", 69.723, 0.187}, {"Ge", 72.63, 0.211}, {"As", 74.922, 0.185}, {"Se", 78.971, 0.19},
    {"Br", 79.904, 0.183}, {"Kr", 83.798, 0.202}, {"Rb", 85.468, 0.303}, {"Sr", 87.62, 0.249}, {"Y", 88.906, 0.2},
    {"Zr", 91.224, 0.2}, {"Nb", 92.906, 0.2}, {"Mo", 95.95, 0.2}, {"Tc", 97, 0.2}, {"Ru", 101.07, 0.2},
    {"Rh", 102.91, 0.2}, {"Pd", 106.42, 0.163}, {"Ag", 107.87, 0.172}, {"Cd", 112.41, 0.158}, {"In", 114.82, 0.193},
    {"Sn", 118.71, 0.217}, {"Sb", 121.76, 0.206}, {"Te", 127.6, 0.206}, {"I", 126.9, 0.198}, {"Xe", 131.29, 0.216},
    {"Cs", 132.91, 0.343}, {"Ba", 137.33, 0.268}, {"La", 138.91, 0.2}, {"Ce", 140.12, 0.2}, {"Pr", 140.91, 0.2},
    {"Nd", 144.24, 0.2}, {"Pm", 145, 0.2}, {"Sm", 150.36, 0.2}, {"Eu", 151.96, 0.2}, {"Gd", 157.25, 0.2},
    {"Tb", 158.93, 0.2}, {"Dy", 162.5, 0.2}, {"Ho", 164.93, 0.2}, {"Er", 167.26, 0.2}, {"Tm", 168.93, 0.2},
    {"Yb", 173.05, 0.2}, {"Lu", 174.97, 0.2}, {"Hf", 178.49, 0.2}, {"Ta", 180.95, 0.2}, {"W", 183.84, 0.2},
    {"Re", 186.21, 0.2}, {"Os", 190.23, 0.2}, {"Ir", 192.22, 0.2}, {"Pt", 195.08, 0.175}, {"Au", 196.97, 0.166},
    {"Hg", 200.59, 0.155}, {"Tl", 204.38, 0.196}, {"Pb", 207.2, 0.202}, {"Bi", 208.98, 0.207}, {"Po", 209, 0.197},
    {"At", 210, 0.202}, {"Rn", 222, 0.22}, {"Fr", 223, 0.348}, {"Ra", 226, 0.283}, {"Ac", 227, 0.2},
    {"Th", 232.04, 0.2}, {"Pa", 231.04, 0.2}, {"U", 238.03, 0.186}, {"Np", 237, 0.2}, {"Pu", 244, 0.2},
    {"Am", 243, 0.2}, {"Cm", 247, 0.2}, {"Bk", 247, 0.2}, {"Cf", 251, 0.2}, {"Es", 252, 0.2},
    {"Fm", 257, 0.2}, {"Md", 258, 0.2}, {"No", 259, 0.2}, {"Lr", 262, 0.2}, {"Rf", 267, 0.2},
    {"Db", 268, 0.2}, {"Sg", 269, 0.2}, {"Bh", 270, 0.2}, {"Hs", 269, 0.2}, {"Mt", 277, 0.2},
    {"Ds", 281, 0.2}, {"Rg", 282, 0.2}, {"Cn", 285, 0.2}, {"Nh", 286, 0.2}, {"Fl", 290, 0.2},
    {"Mc", 290, 0.2}, {"Lv", 293, 0.2}, {"Ts", 294, 0.2}, {"Og", 294, 0.2}
}};
// clang-format on

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool beginsWith(std::string_view name, std::string_view symbol) {
  if (name.size() < symbol.size()) return false;
  for (std::size_t n = 0; n < symbol.size(); ++n)
    if (lower(name[n]) != lower(symbol[n])) return false;
  return true;
}

}  // namespace

const Element& element(int atomicNumber) {
  const bool isKnown = atomicNumber > 0 && atomicNumber < kElementCount;
  return kElements[static_cast<std::size_t>(isKnown ? atomicNumber : 0)];
}

int atomicNumberOf(std::string_view symbol) {
  if (symbol.size() == 1 && lower(symbol[0]) == 'd') return 1;
  for (std::size_t n = 1; n < kElements.size(); ++n) {
    const std::string_view own = kElements[n].symbol;
    if (own.size() == symbol.size() && beginsWith(symbol, own)) return static_cast<int>(n);
  }
  return 0;
}

int guessElement(std::string_view name, double mass) {
  while (!name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) == 0) name.remove_prefix(1);
  if (name.empty()) return 0;
  if (mass > 0) {
    // Hydrogens may have been made heavier (mass repartitioning): HE1 of 4.032 u is no helium.
    const bool isHelium = beginsWith(name, "he") && std::fabs(mass - element(2).mass) < 0.01;
    if (mass < 4.5 && !isHelium && (beginsWith(name, "h") || beginsWith(name, "d"))) return 1;
    int nearest = 0;
    // Force fields round masses to 0.1 u at worst; neighbours that begin with the same letter lie further
    // apart.
    double distance = 0.3;
    for (std::size_t n = 1; n < kElements.size(); ++n) {
      const double off = std::fabs(kElements[n].mass - mass);
      if (off < distance && beginsWith(name, kElements[n].symbol)) {
        nearest = static_cast<int>(n);
        distance = off;
      }
    }
    return nearest;
  }
  if (const int one = atomicNumberOf(name.substr(0, 1)); one > 0) return one;
  return name.size() > 1 ? atomicNumberOf(name.substr(0, 2)) : 0;
}

}  // namespace aula::molecular

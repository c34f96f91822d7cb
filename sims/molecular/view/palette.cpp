// SPDX-License-Identifier: Apache-2.0
#include "molecular/view/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace aula::molecular {

scene::Colour fromSrgb(unsigned rgb) {
  const auto channel = [rgb](int shift) {
    const double v = double((rgb >> shift) & 255U) / 255;
    return static_cast<float>(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
  };
  return {channel(16), channel(8), channel(0)};
}

scene::Colour mixed(scene::Colour a, scene::Colour b, double share) {
  const auto s = static_cast<float>(share);
  return {a.red + s * (b.red - a.red), a.green + s * (b.green - a.green), a.blue + s * (b.blue - a.blue)};
}

scene::Colour elementColour(int element, bool isSafe) {
  if (isSafe) {
    switch (element) {
      case 1:
        return fromSrgb(0xF2F2F2);
      case 6:
        return fromSrgb(0x505050);
      case 7:
        return fromSrgb(0x0072B2);
      case 8:
        return fromSrgb(0xD55E00);
      case 15:
        return fromSrgb(0xCC79A7);
      case 16:
        return fromSrgb(0xF0E442);
      case 11:
        return fromSrgb(0x56B4E9);
      case 17:
        return fromSrgb(0x009E73);
      default:
        return element == 18 ? fromSrgb(0x56B4E9) : fromSrgb(0xE69F00);
    }
  }
  switch (element) {
    case 1:
      return fromSrgb(0xF4F4F4);
    case 2:
    case 10:
      return fromSrgb(0xB8E6F0);
    case 3:
    case 11:
    case 19:
    case 37:
    case 55:
      return fromSrgb(0x8F5BD9);
    case 6:
      return fromSrgb(0x5A5A5A);
    case 7:
      return fromSrgb(0x3355DD);
    case 8:
      return fromSrgb(0xD8291E);
    case 9:
    case 17:
      return fromSrgb(0x3FBF3F);
    case 12:
    case 20:
      return fromSrgb(0x2E8B57);
    case 15:
      return fromSrgb(0xF08020);
    case 16:
      return fromSrgb(0xE8C832);
    case 18:
      return fromSrgb(0x4FB7C5);
    case 26:
      return fromSrgb(0xC8642D);
    case 30:
      return fromSrgb(0x8080A8);
    case 34:
      return fromSrgb(0xE09030);
    case 35:
      return fromSrgb(0x993320);
    case 36:
      return fromSrgb(0x5C9FD6);
    case 53:
      return fromSrgb(0x7020A0);
    case 54:
      return fromSrgb(0x4682B4);
    default:
      return fromSrgb(0xD070C0);
  }
}

scene::Colour listColour(std::size_t n) {
  static constexpr std::array<unsigned, 7> kHues{0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7,
                                                 0x56B4E9, 0xD55E00, 0xF0E442};
  return fromSrgb(kHues[n % kHues.size()]);
}

scene::Colour divergingColour(double value) {
  const scene::Colour white = fromSrgb(0xF2F2F2);
  const double share = std::clamp(std::abs(value), 0.0, 1.0);
  return mixed(white, value < 0 ? fromSrgb(0x1F5FBF) : fromSrgb(0xD95F02), share);
}

scene::Colour sequentialColour(double value) {
  static constexpr std::array<unsigned, 6> kPoints{0x440154, 0x414487, 0x2A788E,
                                                   0x22A884, 0x7AD151, 0xFDE725};
  const double at = std::clamp(value, 0.0, 1.0) * double(kPoints.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(at), kPoints.size() - 2);
  return mixed(fromSrgb(kPoints[below]), fromSrgb(kPoints[below + 1]), at - double(below));
}

double hydropathy(const std::string& residue) {
  struct Entry {
    const char* name;
    double value;
  };
  static constexpr Entry kTable[] = {
      {"ILE", 4.5},  {"VAL", 4.2},  {"LEU", 3.8},  {"PHE", 2.8},  {"CYS", 2.5},  {"CYX", 2.5},
      {"MET", 1.9},  {"ALA", 1.8},  {"GLY", -0.4}, {"THR", -0.7}, {"SER", -0.8}, {"TRP", -0.9},
      {"TYR", -1.3}, {"PRO", -1.6}, {"HIS", -3.2}, {"HID", -3.2}, {"HIE", -3.2}, {"HIP", -3.2},
      {"GLU", -3.5}, {"GLN", -3.5}, {"ASP", -3.5}, {"ASN", -3.5}, {"LYS", -3.9}, {"ARG", -4.5}};
  const std::string name =
      residue.size() == 4 && (residue[0] == 'N' || residue[0] == 'C') ? residue.substr(1) : residue;
  for (const Entry& entry : kTable)
    if (name == entry.name) return entry.value;
  return 0;
}

scene::Colour structureColour(char letter) {
  switch (letter) {
    case 'H':
    case 'G':
    case 'I':
      return fromSrgb(0xC8466B);
    case 'E':
    case 'B':
      return fromSrgb(0xE3B23C);
    case 'T':
      return fromSrgb(0x5B9FC4);
    default:
      return fromSrgb(0xB9BFC6);
  }
}

}  // namespace aula::molecular

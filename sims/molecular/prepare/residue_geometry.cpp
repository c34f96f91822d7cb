// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/residue_geometry.h"

#include "molecular/prepare/data_file.h"

// Lengths and angles: Engh and Huber 1991, tables 2 (bonds) and 3 (angles), by their atom classes. Where
// branches leave one atom, the second's dihedral is the first's turned by the angle that their bond angles
// leave, to the side of the L form. Rotamers: Lovell et al. 2000, table I, the commonest first.
namespace aula::molecular {

BackboneGeometry backboneOf(const std::string& residue, const std::string& next) {
  const double lengthCN = sameName(next, "PRO") ? 0.1341 : 0.1329;
  const double angleACN = sameName(next, "PRO") ? 116.9 : sameName(residue, "GLY") ? 116.4 : 116.2;
  if (sameName(residue, "GLY"))
    return {0.1451, 0.1516, lengthCN, 120.6, 112.5, angleACN, 110.5, 110.1, 0.1530};
  if (sameName(residue, "PRO"))
    return {0.1466, 0.1525, lengthCN, 122.6, 111.8, angleACN, 103.0, 110.1, 0.1530};
  if (sameName(residue, "ALA"))
    return {0.1458, 0.1525, lengthCN, 121.7, 111.2, angleACN, 110.4, 110.5, 0.1521};
  for (const char* branched : {"ILE", "THR", "VAL"})
    if (sameName(residue, branched))
      return {0.1458, 0.1525, lengthCN, 121.7, 111.2, angleACN, 111.5, 109.1, 0.1540};
  return {0.1458, 0.1525, lengthCN, 121.7, 111.2, angleACN, 110.5, 110.1, 0.1530};
}

const std::vector<SideChain>& sideChains() {
  static const std::vector<SideChain> table{
      {"ALA", 'A', {}, {}},
      {"ARG",
       'R',
       {{"CG", "CB", "CA", "N", 0.1520, 114.1, 1, 0},
        {"CD", "CG", "CB", "CA", 0.1520, 111.3, 2, 0},
        {"NE", "CD", "CG", "CB", 0.1460, 112.0, 3, 0},
        {"CZ", "NE", "CD", "CG", 0.1329, 124.2, 4, 0},
        {"NH1", "CZ", "NE", "CD", 0.1326, 120.0, 0, 0},
        {"NH2", "CZ", "NE", "CD", 0.1326, 120.0, 0, 180}},
       {{-67, 180, 180, 180}, {-67, 180, 180, -85}, {180, 180, 180, 180}, {62, 180, 180, 180}}},
      {"ASN",
       'N',
       {{"CG", "CB", "CA", "N", 0.1516, 112.6, 1, 0},
        {"OD1", "CG", "CB", "CA", 0.1231, 120.8, 2, 0},
        {"ND2", "CG", "CB", "CA", 0.1328, 116.4, 2, 180}},
       {{-71, -20, 0, 0}, {-174, -20, 0, 0}, {62, 10, 0, 0}}},
      {"ASP",
       'D',
       {{"CG", "CB", "CA", "N", 0.1516, 112.6, 1, 0},
        {"OD1", "CG", "CB", "CA", 0.1249, 118.4, 2, 0},
        {"OD2", "CG", "CB", "CA", 0.1249, 118.4, 2, 180}},
       {{-70, -15, 0, 0}, {-177, 0, 0, 0}, {62, -10, 0, 0}}},
      {"CYS",
       'C',
       {{"SG", "CB", "CA", "N", 0.1808, 114.4, 1, 0}},
       {{-65, 0, 0, 0}, {-177, 0, 0, 0}, {62, 0, 0, 0}}},
      {"GLN",
       'Q',
       {{"CG", "CB", "CA", "N", 0.1520, 114.1, 1, 0},
        {"CD", "CG", "CB", "CA", 0.1516, 112.6, 2, 0},
        {"OE1", "CD", "CG", "CB", 0.1231, 120.8, 3, 0},
        {"NE2", "CD", "CG", "CB", 0.1328, 116.4, 3, 180}},
       {{-67, 180, -25, 0}, {-177, 180, 0, 0}, {62, 180, 20, 0}}},
      {"GLU",
       'E',
       {{"CG", "CB", "CA", "N", 0.1520, 114.1, 1, 0},
        {"CD", "CG", "CB", "CA", 0.1516, 112.6, 2, 0},
        {"OE1", "CD", "CG", "CB", 0.1249, 118.4, 3, 0},
        {"OE2", "CD", "CG", "CB", 0.1249, 118.4, 3, 180}},
       {{-67, 180, -10, 0}, {-177, 180, 0, 0}, {62, 180, 20, 0}}},
      {"GLY", 'G', {}, {}},
      {"HIS",
       'H',
       {{"CG", "CB", "CA", "N", 0.1497, 113.8, 1, 0},
        {"ND1", "CG", "CB", "CA", 0.1378, 122.7, 2, 0},
        {"CD2", "CG", "CB", "CA", 0.1354, 131.2, 2, 180},
        {"CE1", "ND1", "CG", "CB", 0.1319, 109.0, 0, 180},
        {"NE2", "CD2", "CG", "CB", 0.1374, 107.2, 0, 180}},
       {{-65, -70, 0, 0}, {-177, 60, 0, 0}, {62, -75, 0, 0}}},
      {"ILE",
       'I',
       {{"CG1", "CB", "CA", "N", 0.1530, 110.4, 1, 0},
        {"CG2", "CB", "CA", "N", 0.1521, 110.5, 1, -122.6},
        {"CD1", "CG1", "CB", "CA", 0.1513, 113.8, 2, 0}},
       {{-65, 170, 0, 0}, {-57, -60, 0, 0}, {62, 170, 0, 0}, {-177, 165, 0, 0}}},
      {"LEU",
       'L',
       {{"CG", "CB", "CA", "N", 0.1530, 116.3, 1, 0},
        {"CD1", "CG", "CB", "CA", 0.1521, 110.7, 2, 0},
        {"CD2", "CG", "CB", "CA", 0.1521, 110.7, 2, 122.9}},
       {{-65, 175, 0, 0}, {-177, 65, 0, 0}, {-85, 65, 0, 0}}},
      {"LYS",
       'K',
       {{"CG", "CB", "CA", "N", 0.1520, 114.1, 1, 0},
        {"CD", "CG", "CB", "CA", 0.1520, 111.3, 2, 0},
        {"CE", "CD", "CG", "CB", 0.1520, 111.3, 3, 0},
        {"NZ", "CE", "CD", "CG", 0.1489, 111.9, 4, 0}},
       {{-67, 180, 180, 180}, {-177, 180, 180, 180}, {62, 180, 180, 180}}},
      {"MET",
       'M',
       {{"CG", "CB", "CA", "N", 0.1520, 114.1, 1, 0},
        {"SD", "CG", "CB", "CA", 0.1803, 112.7, 2, 0},
        {"CE", "SD", "CG", "CB", 0.1791, 100.9, 3, 0}},
       {{-65, -65, -70, 0}, {-67, 180, 75, 0}, {-177, 180, 75, 0}, {62, 180, 75, 0}}},
      {"PHE",
       'F',
       {{"CG", "CB", "CA", "N", 0.1502, 113.8, 1, 0},
        {"CD1", "CG", "CB", "CA", 0.1384, 120.7, 2, 0},
        {"CD2", "CG", "CB", "CA", 0.1384, 120.7, 2, 180},
        {"CE1", "CD1", "CG", "CB", 0.1382, 120.7, 0, 180},
        {"CE2", "CD2", "CG", "CB", 0.1382, 120.7, 0, 180},
        {"CZ", "CE1", "CD1", "CG", 0.1382, 120.0, 0, 0}},
       {{-65, -85, 0, 0}, {-177, 80, 0, 0}, {62, 90, 0, 0}}},
      // Puckered at CG, endo and exo; the second torsion closes the ring at N-CD 0.1473 nm.
      {"PRO",
       'P',
       {{"CG", "CB", "CA", "N", 0.1492, 104.5, 1, 0}, {"CD", "CG", "CB", "CA", 0.1503, 106.1, 2, 0}},
       {{30, -31.9, 0, 0}, {-30, 31.9, 0, 0}}},
      {"SER",
       'S',
       {{"OG", "CB", "CA", "N", 0.1417, 111.1, 1, 0}},
       {{62, 0, 0, 0}, {-65, 0, 0, 0}, {-177, 0, 0, 0}}},
      {"THR",
       'T',
       {{"OG1", "CB", "CA", "N", 0.1433, 109.6, 1, 0}, {"CG2", "CB", "CA", "N", 0.1521, 110.5, 1, -121.4}},
       {{62, 0, 0, 0}, {-65, 0, 0, 0}, {-175, 0, 0, 0}}},
      {"TRP",
       'W',
       {{"CG", "CB", "CA", "N", 0.1498, 113.6, 1, 0},
        {"CD1", "CG", "CB", "CA", 0.1365, 126.9, 2, 0},
        {"CD2", "CG", "CB", "CA", 0.1433, 126.8, 2, 180},
        {"NE1", "CD1", "CG", "CB", 0.1374, 110.2, 0, 180},
        {"CE2", "CD2", "CG", "CB", 0.1409, 107.2, 0, 180},
        {"CE3", "CD2", "CG", "CB", 0.1398, 133.9, 0, 0},
        {"CZ2", "CE2", "CD2", "CG", 0.1394, 122.4, 0, 180},
        {"CZ3", "CE3", "CD2", "CG", 0.1382, 118.6, 0, 180},
        {"CH2", "CZ2", "CE2", "CD2", 0.1368, 117.5, 0, 0}},
       {{-65, 95, 0, 0}, {-177, -105, 0, 0}, {62, -90, 0, 0}}},
      {"TYR",
       'Y',
       {{"CG", "CB", "CA", "N", 0.1512, 113.9, 1, 0},
        {"CD1", "CG", "CB", "CA", 0.1389, 120.8, 2, 0},
        {"CD2", "CG", "CB", "CA", 0.1389, 120.8, 2, 180},
        {"CE1", "CD1", "CG", "CB", 0.1382, 121.2, 0, 180},
        {"CE2", "CD2", "CG", "CB", 0.1382, 121.2, 0, 180},
        {"CZ", "CE1", "CD1", "CG", 0.1378, 119.6, 0, 0},
        {"OH", "CZ", "CE1", "CD1", 0.1376, 119.9, 0, 180}},
       {{-65, -85, 0, 0}, {-177, 80, 0, 0}, {62, 90, 0, 0}}},
      {"VAL",
       'V',
       {{"CG1", "CB", "CA", "N", 0.1521, 110.5, 1, 0}, {"CG2", "CB", "CA", "N", 0.1521, 110.5, 1, 122.9}},
       {{175, 0, 0, 0}, {-60, 0, 0, 0}, {63, 0, 0, 0}}}};
  return table;
}

const SideChain* findSideChain(const std::string& residue) {
  for (const SideChain& sideChain : sideChains())
    if (sameName(sideChain.residue, residue)) return &sideChain;
  return nullptr;
}

}  // namespace aula::molecular

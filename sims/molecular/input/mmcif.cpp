// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <memory>

#include "core/text.h"
#include "molecular/input/cif_table.h"
#include "molecular/input/raw_structure.h"
#include "molecular/input/text_file.h"

namespace aula::molecular {

namespace {

class MmcifParser {
 public:
  MmcifParser(const CifFile& file, const std::string& name) : file_(file) { raw_.file = name; }

  RawStructure parse(int model) {
    for (const auto& [category, tag] : {std::pair{"_struct.", "title"}, std::pair{"_entry.", "id"}})
      if (const CifRows rows = file_.rows(category, {tag}); raw_.title.empty() && rows.length > 0)
        raw_.title = std::string(trimmed(rows.text(0, 0)));
    atoms(model);
    cell();
    connections();
    return std::move(raw_);
  }

 private:
  enum Tag : std::size_t {
    kGroup,
    kId,
    kElement,
    kName,
    kLabelName,
    kAlternative,
    kResidue,
    kLabelResidue,
    kChain,
    kLabelChain,
    kNumber,
    kLabelNumber,
    kInsertion,
    kX,
    kY,
    kZ,
    kOccupancy,
    kBFactor,
    kModel
  };

  [[nodiscard]] std::string place(std::size_t row) const {
    return raw_.file + ": _atom_site, row " + std::to_string(row + 1);
  }

  void atoms(int wanted) {
    const CifRows rows = file_.rows(
        "_atom_site.",
        {"group_PDB", "id", "type_symbol", "auth_atom_id", "label_atom_id", "label_alt_id", "auth_comp_id",
         "label_comp_id", "auth_asym_id", "label_asym_id", "auth_seq_id", "label_seq_id", "pdbx_PDB_ins_code",
         "Cartn_x", "Cartn_y", "Cartn_z", "occupancy", "B_iso_or_equiv", "pdbx_PDB_model_num"});
    if (rows.length == 0)
      throw errorAt(raw_.file,
                    "has no table _atom_site with atoms (are these structure factors or a dictionary?)");
    for (const std::size_t tag : {kX, kY, kZ})
      if (!rows.has[tag])
        throw errorAt(raw_.file + ":" + std::to_string(rows.line),
                      std::string("_atom_site has no column Cartn_") + "xyz"[tag - kX]);
    std::vector<std::string> models;
    for (std::size_t row = 0; row < rows.length; ++row) {
      const std::string model = rows.text(row, kModel);
      if (models.empty() || models.back() != model)
        if (std::find(models.begin(), models.end(), model) == models.end()) models.push_back(model);
      if (wanted >= 1 && static_cast<std::size_t>(wanted) <= models.size() &&
          models[static_cast<std::size_t>(wanted) - 1] == model)
        atom(rows, row);
    }
    if (raw_.atoms.empty())
      throw errorAt(raw_.file, "has " + std::to_string(models.size()) +
                                   (models.size() == 1 ? " model" : " models") + "; model " +
                                   std::to_string(wanted) + " was asked for");
    if (models.size() > 1)
      raw_.remarks.push_back("model " + std::to_string(wanted) + " of " + std::to_string(models.size()) +
                             " is read");
  }

  void atom(const CifRows& rows, std::size_t row) {
    // What authors call things comes before what the dictionary does: papers and PDB files say the same.
    const auto either = [&](std::size_t first, std::size_t second) {
      std::string text = rows.text(row, first);
      return text.empty() ? rows.text(row, second) : text;
    };
    RawAtom atom;
    atom.name = either(kName, kLabelName);
    atom.residueName = either(kResidue, kLabelResidue);
    atom.chain = either(kChain, kLabelChain);
    atom.segment = rows.text(row, kLabelChain);
    const std::string who =
        "atom " + core::quoted(atom.name) + " of residue " + core::quoted(atom.residueName);
    const std::string number = either(kNumber, kLabelNumber);
    const auto residue = parseInteger(number);
    if (atom.name.empty()) throw errorAt(place(row), "the atom has no name");
    if (!residue || *residue < -1'000'000'000 || *residue > 1'000'000'000)
      throw errorAt(place(row), who + ": the residue's number is " + core::quoted(number) +
                                    "; a whole number stands here");
    atom.residueNumber = static_cast<int>(*residue);
    atom.isHetero = rows.text(row, kGroup) == "HETATM";
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::string text = rows.text(row, kX + axis);
      const double value = cifNumber(text);
      if (!std::isfinite(value) || std::fabs(value) > 1e7)
        throw errorAt(place(row), who + " " + number + ": Cartn_" + "xyz"[axis] + " is " +
                                      core::quoted(text) + ", which is no length in Angstrom");
      atom.position[static_cast<int>(axis)] = value / 10;
    }
    atom.occupancy = optional(rows, row, kOccupancy, 1, "occupancy", who);
    atom.bFactor = optional(rows, row, kBFactor, 0, "B_iso_or_equiv", who);
    const auto letter = [&](std::size_t tag) {
      const std::string text = rows.text(row, tag);
      return text.empty() ? ' ' : text[0];
    };
    atom.insertion = letter(kInsertion);
    atom.alternative = letter(kAlternative);
    // Names are not aligned here; the type is nearly always given.
    atom.element = elementOf(rows.text(row, kElement), " " + atom.name, atom.residueName);
    atom.serial = parseInteger(rows.text(row, kId)).value_or(-1);
    raw_.atoms.push_back(std::move(atom));
  }

  [[nodiscard]] float optional(const CifRows& rows, std::size_t row, std::size_t tag, float otherwise,
                               const char* what, const std::string& who) const {
    const std::string text = rows.text(row, tag);
    if (text.empty()) return otherwise;
    const double value = cifNumber(text);
    if (!std::isfinite(value))
      throw errorAt(place(row), who + ": " + what + " is " + core::quoted(text) + ", which is no number");
    return static_cast<float>(value);
  }

  void cell() {
    const CifRows rows = file_.rows(
        "_cell.", {"length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"});
    if (rows.length == 0) return;
    std::array<double, 6> cell{};
    for (std::size_t n = 0; n < 6; ++n) {
      const std::string text = rows.text(0, n);
      if (text.empty()) return;
      cell[n] = cifNumber(text);
      if (!std::isfinite(cell[n]))
        throw errorAt(raw_.file, "_cell has " + core::quoted(text) + ", which is no number");
    }
    raw_.box = boxOfCell(cell, raw_.file + ": _cell", raw_.remarks);
  }

  void connections() {
    const CifRows rows =
        file_.rows("_struct_conn.",
                   {"conn_type_id", "ptnr1_auth_asym_id", "ptnr1_auth_seq_id", "pdbx_ptnr1_PDB_ins_code",
                    "ptnr1_label_atom_id", "ptnr2_auth_asym_id", "ptnr2_auth_seq_id",
                    "pdbx_ptnr2_PDB_ins_code", "ptnr2_label_atom_id", "ptnr1_symmetry", "ptnr2_symmetry"});
    for (std::size_t row = 0; row < rows.length; ++row) {
      // Metal coordination and hydrogen bonds are no bonds; nor are those to other copies in the crystal.
      const std::string type = rows.text(row, 0);
      if (type != "disulf" && !type.starts_with("covale")) continue;
      if (rows.text(row, 9) != rows.text(row, 10)) continue;
      std::array<AtomAddress, 2> ends;
      bool isComplete = true;
      for (std::size_t n = 0; n < 2; ++n) {
        const std::size_t first = 1 + 4 * n;
        const auto number = parseInteger(rows.text(row, first + 1));
        isComplete = isComplete && number.has_value();
        const std::string insertion = rows.text(row, first + 2);
        ends[n] = {rows.text(row, first), rows.text(row, first + 3), static_cast<int>(number.value_or(0)),
                   insertion.empty() ? ' ' : insertion[0]};
      }
      if (isComplete) raw_.namedLinks.push_back(std::move(ends));
    }
  }

  const CifFile& file_;
  RawStructure raw_;
};

}  // namespace

RawStructure parseMmcif(std::string_view text, const std::string& name, int model) {
  std::unique_ptr<CifFile> file;
  try {
    file = std::make_unique<CifFile>(text, name);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& problem) {
    // Gemmi's messages begin with "name:line:column".
    const std::string what = problem.what();
    throw core::inputError((what.starts_with(name) ? "" : name + ": ") + what + " (is this an mmCIF file?)");
  }
  if (!file->selectBlock("_atom_site.Cartn_x")) throw errorAt(name, "has no data block");
  return MmcifParser(*file, name).parse(model);
}

}  // namespace aula::molecular

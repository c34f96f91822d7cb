// SPDX-License-Identifier: Apache-2.0
#include "core/units/unit_database.h"

#include <udunits2.h>

#include <cmath>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "core/error.h"
#include "core/units/constants.h"

namespace aula::core::units {

namespace {

struct FreeUnit {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
using UnitPointer = std::unique_ptr<ut_unit, FreeUnit>;

constexpr const char* kBaseSymbols[7] = {"m", "kg", "s", "A", "K", "mol", "cd"};

/// What a visit of UDUNITS's expression tree collects.
struct Visit {
  const std::array<UnitPointer, 7>* bases = nullptr;
  Unit unit;
};

void addPower(Visit& visit, const ut_unit* basic, int power) {
  for (std::size_t i = 0; i < 7; ++i) {
    if (ut_compare((*visit.bases)[i].get(), basic) == 0) visit.unit.dimension.powers[i] += power;
  }
  // What is none of the seven is the radian, a named pure number.
}

ut_status visitBasic(const ut_unit* unit, void* argument) {
  addPower(*static_cast<Visit*>(argument), unit, 1);
  return UT_SUCCESS;
}

ut_status visitProduct(const ut_unit*, int count, const ut_unit* const* basics, const int* powers,
                       void* argument) {
  for (int i = 0; i < count; ++i) addPower(*static_cast<Visit*>(argument), basics[i], powers[i]);
  return UT_SUCCESS;
}

ut_status visitGalilean(const ut_unit* unit, double scale, const ut_unit* underlying, double, void* argument);

// Times since a date and decibels are no sizes that could be multiplied.
ut_status visitTimestamp(const ut_unit*, const ut_unit*, double, void*) {
  return UT_BAD_ARG;
}
ut_status visitLogarithmic(const ut_unit*, double, const ut_unit*, void*) {
  return UT_BAD_ARG;
}

const ut_visitor kVisitor = {visitBasic, visitProduct, visitGalilean, visitTimestamp, visitLogarithmic};

ut_status visitGalilean(const ut_unit* unit, double scale, const ut_unit* underlying, double,
                        void* argument) {
  auto& visit = *static_cast<Visit*>(argument);
  cv_converter* converter = ut_get_converter(const_cast<ut_unit*>(unit), const_cast<ut_unit*>(underlying));
  if (converter == nullptr) return UT_BAD_ARG;
  visit.unit.offset = cv_convert_double(converter, 0.0);
  visit.unit.scale *= scale;
  cv_free(converter);
  return ut_accept_visitor(underlying, &kVisitor, argument);
}

/// UDUNITS keeps its status and parser state in globals: one caller at a time.
class Database {
 public:
  static Database& instance() {
    static Database database;
    return database;
  }

  std::optional<Unit> lookUp(const std::string& word) {
    const std::scoped_lock lock(mutex_);
    if (const auto known = known_.find(word); known != known_.end()) return known->second;
    const std::optional<Unit> unit = ask(word);
    // A file full of made-up words must not fill the memory.
    if (known_.size() < 4096) known_.emplace(word, unit);
    return unit;
  }

 private:
  Database() {
    ut_set_error_message_handler(ut_ignore);
    system_ = ut_read_xml(nullptr);
    if (system_ == nullptr) {
      throw Error(
          "The database of units cannot be read (udunits2.xml). Install Debian's package libudunits2-data, "
          "or set "
          "UDUNITS2_XML_PATH to the file.");
    }
    for (std::size_t i = 0; i < 7; ++i) {
      bases_[i].reset(ut_get_unit_by_symbol(system_, kBaseSymbols[i]));
      if (bases_[i] == nullptr) {
        throw Error(std::string("The database of units (udunits2.xml) does not know the SI base unit ") +
                    kBaseSymbols[i] + ". Reinstall Debian's package libudunits2-data.");
      }
    }
  }
  ~Database() {
    for (auto& base : bases_) base.reset();
    ut_free_system(system_);
  }

  /// What the database lacks or has out of date.
  std::optional<Unit> ask(const std::string& word) {
    if (word == "deg" || word == "degs") return askUdunits("degree");
    std::optional<Unit> unit = askUdunits(word);
    // Its electronvolt is CODATA's of 1986; since 2019 the elementary charge is exact.
    const bool isElectronvolt =
        word.ends_with("eV") || word.ends_with("electronvolt") || word.ends_with("electronvolts");
    if (unit && isElectronvolt) {
      const std::optional<Unit> old = askUdunits("electronvolt");
      if (old && old->dimension == unit->dimension) unit->scale *= kElementaryCharge / old->scale;
    }
    return unit;
  }

  std::optional<Unit> askUdunits(const std::string& word) {
    const UnitPointer unit(ut_parse(system_, word.c_str(), UT_ASCII));
    if (unit == nullptr) return std::nullopt;
    Visit visit{&bases_, {}};
    if (ut_accept_visitor(unit.get(), &kVisitor, &visit) != UT_SUCCESS) return std::nullopt;
    if (!std::isnormal(visit.unit.scale) || !std::isfinite(visit.unit.offset)) return std::nullopt;
    return visit.unit;
  }

  std::mutex mutex_;
  ut_system* system_ = nullptr;
  std::array<UnitPointer, 7> bases_;
  std::unordered_map<std::string, std::optional<Unit>> known_;
};

}  // namespace

std::optional<Unit> lookUp(const std::string& word) {
  return Database::instance().lookUp(word);
}

const std::vector<std::string>& commonWords() {
  static const std::vector<std::string> words = {
      "m",  "km",  "cm",   "mm",    "um",    "nm",     "pm",     "fm",      "s",   "ms",  "us",  "ns",
      "ps", "fs",  "as",   "Hz",    "kHz",   "MHz",    "GHz",    "THz",     "PHz", "rad", "deg", "degree",
      "V",  "kV",  "mV",   "A",     "mA",    "uA",     "W",      "mW",      "uW",  "kW",  "J",   "mJ",
      "eV", "keV", "K",    "degC",  "kg",    "g",      "mg",     "mol",     "N",   "Pa",  "kPa", "F",
      "nF", "pF",  "H",    "nH",    "T",     "mT",     "S",      "ohm",     "C",   "l",   "ml",  "min",
      "h",  "bar", "inch", "meter", "metre", "second", "micron", "angstrom"};
  return words;
}

}  // namespace aula::core::units

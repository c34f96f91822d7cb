// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "core/text.h"
#include "molecular/input/raw_structure.h"
#include "molecular/input/text_file.h"

namespace aula::molecular {

namespace {

using Indices = std::vector<std::size_t>;

class Builder {
 public:
  explicit Builder(RawStructure raw) : raw_(std::move(raw)) {}

  Structure build() {
    structure_.title = raw_.title;
    structure_.box = raw_.box;
    structure_.remarks = raw_.remarks;
    finalOf_.assign(raw_.atoms.size(), -1);
    for (std::size_t first = 0; first < raw_.atoms.size();) {
      std::size_t last = first + 1;
      while (last < raw_.atoms.size() && isSameSite(first, last)) ++last;
      site(first, last);
      first = last;
    }
    links();
    if (alternatives_ > 0)
      structure_.remarks.push_back(std::to_string(alternatives_) +
                                   (alternatives_ == 1 ? " residue has" : " residues have") +
                                   " alternative locations, of which the likeliest is kept: " + chosen_ +
                                   (alternatives_ > kMostNamed ? ", ..." : ""));
    return std::move(structure_);
  }

 private:
  static constexpr int kMostNamed = 5;

  [[nodiscard]] const RawAtom& atom(std::size_t n) const { return raw_.atoms[n]; }
  [[nodiscard]] std::string residueText(const RawAtom& a) const {
    return a.residueName + " " + std::to_string(a.residueNumber) +
           (a.insertion == ' ' ? "" : std::string(1, a.insertion));
  }
  [[nodiscard]] std::string place(const RawAtom& a) const {
    return raw_.file + (a.line > 0 ? ":" + std::to_string(a.line) : "") +
           (a.chain.empty() ? "" : ", chain " + a.chain) + ", residue " + residueText(a);
  }

  /// A residue, with all that may stand in its place: another name is the same place when both are
  /// alternatives.
  [[nodiscard]] bool isSameSite(std::size_t first, std::size_t n) const {
    const RawAtom &a = atom(first), &b = atom(n);
    if (a.chain != b.chain || a.segment != b.segment || a.residueNumber != b.residueNumber ||
        a.insertion != b.insertion)
      return false;
    if (a.residueName != b.residueName) return a.alternative != ' ' && b.alternative != ' ';
    // Numbers that ran over leave neighbours the same: the second begins like the first.
    return !(n > first && b.name == a.name && b.alternative == a.alternative);
  }

  void site(std::size_t first, std::size_t last) {
    // Occupancy of each alternative, the mean of its atoms, in the order of the file.
    struct Alternative {
      char letter = ' ';
      double sum = 0;
      int atoms = 0;
    };
    std::vector<Alternative> alternatives;
    for (std::size_t n = first; n < last; ++n) {
      const char own = atom(n).alternative;
      if (own == ' ') continue;
      auto found = std::find_if(alternatives.begin(), alternatives.end(),
                                [&](const auto& a) { return a.letter == own; });
      if (found == alternatives.end()) found = alternatives.insert(alternatives.end(), Alternative{own});
      found->sum += static_cast<double>(atom(n).occupancy);
      ++found->atoms;
    }
    char letter = ' ';
    double best = -1;
    for (const Alternative& candidate : alternatives)
      // Means of the same figures in another order are the same.
      if (const double mean = candidate.sum / candidate.atoms; mean > best + 1e-6) {
        letter = candidate.letter;
        best = mean;
      }
    // The name that goes with the choice.
    std::string name = atom(first).residueName;
    for (std::size_t n = first; n < last; ++n)
      if (atom(n).alternative == letter) {
        name = atom(n).residueName;
        break;
      }
    Indices kept;
    std::unordered_map<std::string_view, std::size_t> placeOf;  // By name, in `kept`.
    for (std::size_t n = first; n < last; ++n) {
      if (atom(n).residueName != name) continue;
      const auto [same, isNew] = placeOf.emplace(atom(n).name, kept.size());
      if (isNew) {
        kept.push_back(n);
        continue;
      }
      const RawAtom &old = atom(kept[same->second]), &other = atom(n);
      if (old.alternative == other.alternative)
        throw errorAt(place(other),
                      "atom " + core::quoted(other.name) + " stands there twice (first in " +
                          (old.line > 0 ? "line " + std::to_string(old.line) : "an earlier line") + ")");
      // Atoms that the chosen alternative lacks come from the likeliest that has them.
      const bool isBetter = old.alternative != letter && old.alternative != ' ' &&
                            (other.alternative == letter || other.occupancy > old.occupancy);
      if (isBetter) kept[same->second] = n;
    }
    if (alternatives.size() > 1) {
      if (++alternatives_ <= kMostNamed)
        chosen_ += (chosen_.empty() ? "" : ", ") + std::string(1, letter) + " of " + name + " " +
                   std::to_string(atom(first).residueNumber) +
                   (atom(first).chain.empty() ? "" : " in chain " + atom(first).chain);
    }
    add(kept);
  }

  void add(const Indices& kept) {
    const RawAtom& first = atom(kept.front());
    const bool isNewChain = structure_.chains.empty() || structure_.chains.back().name != first.chain ||
                            segment_ != first.segment;
    if (isNewChain) structure_.chains.push_back({first.chain, {}});
    segment_ = first.segment;
    StructureResidue residue;
    residue.name = first.residueName;
    residue.number = first.residueNumber;
    residue.insertion = first.insertion;
    residue.isHetero = first.isHetero;
    residue.place = place(first);
    for (const std::size_t n : kept) {
      const RawAtom& a = atom(n);
      residue.atoms.push_back({a.name, a.element, a.position, a.occupancy, a.bFactor});
      finalOf_[n] = count_++;
    }
    structure_.chains.back().residues.push_back(std::move(residue));
  }

  void addLink(int a, int b) {
    if (a < 0 || b < 0 || a == b) return;
    structure_.links.push_back({std::min(a, b), std::max(a, b)});
  }

  void links() {
    std::map<long long, std::size_t> bySerial;
    using Key = std::tuple<std::string, int, char, std::string>;
    std::map<Key, int> byName;
    for (std::size_t n = 0; n < raw_.atoms.size(); ++n) {
      const RawAtom& a = atom(n);
      bySerial.emplace(a.serial, n);
      if (finalOf_[n] >= 0) byName.emplace(Key{a.chain, a.residueNumber, a.insertion, a.name}, finalOf_[n]);
    }
    std::size_t lost = 0;
    for (const auto& [from, to] : raw_.serialLinks) {
      const auto a = bySerial.find(from), b = bySerial.find(to);
      if (a == bySerial.end() || b == bySerial.end())
        ++lost;
      else
        addLink(finalOf_[a->second], finalOf_[b->second]);
    }
    for (const auto& ends : raw_.namedLinks) {
      const auto find = [&](const AtomAddress& end) {
        return byName.find({end.chain, end.residueNumber, end.insertion, end.name});
      };
      const auto a = find(ends[0]), b = find(ends[1]);
      if (a == byName.end() || b == byName.end())
        ++lost;
      else
        addLink(a->second, b->second);
    }
    if (lost > 0)
      structure_.remarks.push_back(std::to_string(lost) + (lost == 1 ? " link names" : " links name") +
                                   " atoms that are not there, and is left out");
    auto& all = structure_.links;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }

  RawStructure raw_;
  Structure structure_;
  std::vector<int> finalOf_;  ///< Of each raw atom its number in the structure; -1 where it was left out.
  std::string segment_, chosen_;
  int count_ = 0, alternatives_ = 0;
};

}  // namespace

Structure buildStructure(RawStructure raw) {
  return Builder(std::move(raw)).build();
}

Structure parseStructure(std::string_view text, const std::string& name, int model) {
  std::string unpacked;
  if (text.starts_with("\x1F\x8B")) {
    unpacked = inflated(text, name);
    text = unpacked;
  }
  checkIsText(text, name);
  // mmCIF begins with its data block, whatever comments come first.
  bool looksLikeCif = false;
  std::size_t checked = 0;
  for (const std::string_view line : splitLines(text.substr(0, std::size_t(1) << 20U))) {
    const std::string_view words = trimmed(line);
    if (words.empty() || words.front() == '#') continue;
    std::string start(words.substr(0, 5));
    std::transform(start.begin(), start.end(), start.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    looksLikeCif = start == "data_";
    ++checked;
    break;
  }
  if (checked == 0) throw errorAt(name, "is empty");
  return buildStructure(looksLikeCif ? parseMmcif(text, name, model) : parsePdb(text, name, model));
}

Structure readStructure(const std::filesystem::path& file, int model) {
  const std::optional<std::string> text = readTextFile(file);
  if (!text) throw errorAt(file.string(), "there is no such file");
  return parseStructure(*text, file.filename().string(), model);
}

}  // namespace aula::molecular

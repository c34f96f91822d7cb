// SPDX-License-Identifier: Apache-2.0
#include "lab/record/xdmf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "lab/record/markup.h"

namespace aula::lab {

namespace {

// ParaView reads a CoRectMesh's lattice slowest axis first: z, y, x.
struct Lattice {
  std::array<std::size_t, 3> nodes{1, 1, 1};
  std::array<double, 3> origin{}, spacing{1, 1, 1};
  const Axis* series = nullptr;  ///< The axis before the lattice, if there is one.
};

int spatialIndex(const Axis& axis) {
  if (axis.unit != "m") return -1;
  return axis.name == "z" ? 0 : axis.name == "y" ? 1 : axis.name == "x" ? 2 : -1;
}

bool isEven(const std::vector<double>& values) {
  if (values.size() < 2) return !values.empty();
  const double step = (values.back() - values.front()) / static_cast<double>(values.size() - 1);
  if (!(std::abs(step) > 0)) return false;
  // Coordinates are i * step + origin in double: a millionth of a step is far above their rounding and far
  // below what is seen.
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::abs(values[i] - values.front() - static_cast<double>(i) * step) > 1e-6 * std::abs(step))
      return false;
  return true;
}

std::optional<Lattice> latticeOf(const Dataset& dataset) {
  Lattice lattice;
  std::size_t first = 0;
  if (!dataset.axes.empty() && spatialIndex(dataset.axes[0]) < 0) {
    lattice.series = &dataset.axes[0];
    first = 1;
  }
  int last = -1;
  double smallest = 0;
  bool hasExtent = false;
  for (std::size_t i = first; i < dataset.axes.size(); ++i) {
    const Axis& axis = dataset.axes[i];
    const int index = spatialIndex(axis);
    if (index <= last || !isEven(axis.values)) return std::nullopt;
    last = index;
    const auto slot = static_cast<std::size_t>(index);
    lattice.nodes[slot] = axis.values.size();
    lattice.origin[slot] = axis.values.front();
    if (axis.values.size() > 1) {
      lattice.spacing[slot] =
          (axis.values.back() - axis.values.front()) / static_cast<double>(axis.values.size() - 1);
      smallest = smallest == 0 ? std::abs(lattice.spacing[slot])
                               : std::min(smallest, std::abs(lattice.spacing[slot]));
      hasExtent = true;
    }
  }
  if (!hasExtent) return std::nullopt;
  // The spacing across a single layer means nothing; one of the lattice's own size keeps viewers' boxes
  // sensible.
  for (std::size_t slot = 0; slot < 3; ++slot)
    if (lattice.nodes[slot] == 1) lattice.spacing[slot] = smallest;
  return lattice;
}

template <class List>
std::string joined(const List& list) {
  std::string text;
  for (const auto& value : list) {
    if (!text.empty()) text += ' ';
    if constexpr (std::is_floating_point_v<std::decay_t<decltype(value)>>) {
      text += shortestNumber(value);
    } else {
      text += std::to_string(value);
    }
  }
  return text;
}

std::string dataItem(const Dataset& dataset, const std::string& reference, std::size_t entry, bool isSeries) {
  std::vector<std::size_t> shape;
  for (const Axis& axis : dataset.axes) shape.push_back(axis.values.size());
  const std::string precision = dataset.isSinglePrecision ? "4" : "8";
  const std::string whole = "<DataItem Dimensions=\"" + joined(shape) +
                            "\" NumberType=\"Float\" Precision=\"" + precision + "\" Format=\"HDF\">" +
                            escapeMarkup(reference) + "</DataItem>";
  if (!isSeries) return "          " + whole + "\n";
  std::vector<std::size_t> start(shape.size(), 0), stride(shape.size(), 1), count = shape;
  start[0] = entry;
  count[0] = 1;
  return "          <DataItem ItemType=\"HyperSlab\" Dimensions=\"" + joined(count) +
         "\">\n            <DataItem Dimensions=\"3 " + std::to_string(shape.size()) +
         "\" NumberType=\"Int\" Format=\"XML\">" + joined(start) + " " + joined(stride) + " " +
         joined(count) + "</DataItem>\n            " + whole + "\n          </DataItem>\n";
}

std::string gridText(const Dataset& dataset, const Lattice& lattice, const std::string& name,
                     const std::string& reference, std::size_t entry, double time) {
  std::string text = "      <Grid Name=\"" + escapeMarkup(name) + "\" GridType=\"Uniform\">\n";
  text += "        <Time Value=\"" + shortestNumber(time) + "\"/>\n";
  text += "        <Topology TopologyType=\"3DCoRectMesh\" Dimensions=\"" + joined(lattice.nodes) + "\"/>\n";
  text += "        <Geometry GeometryType=\"ORIGIN_DXDYDZ\">\n";
  text += "          <DataItem Dimensions=\"3\" NumberType=\"Float\" Precision=\"8\" Format=\"XML\">" +
          joined(lattice.origin) + "</DataItem>\n";
  text += "          <DataItem Dimensions=\"3\" NumberType=\"Float\" Precision=\"8\" Format=\"XML\">" +
          joined(lattice.spacing) + "</DataItem>\n";
  text += "        </Geometry>\n";
  text += "        <Attribute Name=\"" +
          escapeMarkup(dataset.name + (dataset.unit.empty() ? "" : " (" + dataset.unit + ")")) +
          "\" AttributeType=\"Scalar\" Center=\"Node\">\n";
  text += dataItem(dataset, reference, entry, lattice.series != nullptr);
  text += "        </Attribute>\n      </Grid>\n";
  return text;
}

}  // namespace

std::string axisPath(const std::string& group, const Dataset& dataset, const Axis& axis) {
  return group + "/axes/" + dataset.name + "/" + axis.name;
}

std::string xdmfText(const InstrumentData& data, const std::vector<std::string>& instruments,
                     const std::string& dataFile, double time) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Xdmf Version=\"3.0\">\n  <Domain>\n"
      "    <!-- Lengths in m; times in s; a series over another axis (frequency) uses its values as times. "
      "-->\n";
  for (const auto& [instrument, datasets] : data) {
    if (!instruments.empty() && std::find(instruments.begin(), instruments.end(), instrument) == instruments.end())
      continue;
    for (const Dataset& dataset : datasets) {
      const auto lattice = latticeOf(dataset);
      if (!lattice) continue;
      const std::string name = instrument + "/" + dataset.name;
      const std::string reference = dataFile + ":/instruments/" + name;
      if (lattice->series == nullptr) {
        text += gridText(dataset, *lattice, name, reference, 0, time);
        continue;
      }
      text += "    <Grid Name=\"" + escapeMarkup(name) +
              "\" GridType=\"Collection\" CollectionType=\"Temporal\">\n";
      for (std::size_t i = 0; i < lattice->series->values.size(); ++i)
        text += gridText(dataset, *lattice, name + "/" + std::to_string(i), reference, i,
                         lattice->series->values[i]);
      text += "    </Grid>\n";
    }
  }
  return text + "  </Domain>\n</Xdmf>\n";
}

}  // namespace aula::lab

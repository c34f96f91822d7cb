// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/cif_table.h"

#include <algorithm>
#include <gemmi/cif.hpp>
#include <gemmi/numb.hpp>

namespace aula::molecular {

namespace cif = gemmi::cif;

struct CifFile::Document {
  cif::Document all;
  cif::Block* block = nullptr;
};

CifFile::CifFile(std::string_view text, const std::string& name) : document_(std::make_unique<Document>()) {
  document_->all = cif::read_memory(text.data(), text.size(), name.c_str());
}
CifFile::~CifFile() = default;

bool CifFile::selectBlock(const std::string& tag) {
  for (cif::Block& block : document_->all.blocks) {
    document_->block = &block;
    if (block.find_values(tag)) break;
  }
  return document_->block != nullptr;
}

CifRows CifFile::rows(const std::string& category, const std::vector<std::string>& tags) const {
  struct Column {
    const cif::Loop* loop = nullptr;
    std::size_t at = 0;
    const std::string* single = nullptr;
  };
  std::vector<Column> columns;
  CifRows rows;
  cif::Block& block = *document_->block;
  for (const std::string& tag : tags) {
    const cif::Column found = block.find_loop(category + tag);
    Column column;
    column.loop = found.get_loop();
    if (column.loop != nullptr) {
      column.at = found.col();
      rows.length = std::max(rows.length, column.loop->length());
      if (rows.line == 0) rows.line = found.item()->line_number;
    } else {
      column.single = block.find_value(category + tag);
      if (column.single != nullptr) rows.length = std::max<std::size_t>(rows.length, 1);
    }
    rows.has.push_back(column.loop != nullptr || column.single != nullptr);
    columns.push_back(column);
  }
  rows.cells.reserve(rows.length * tags.size());
  for (std::size_t row = 0; row < rows.length; ++row)
    for (const Column& column : columns) {
      // A category split over loops of different lengths has nothing in its shorter ones.
      if (column.loop != nullptr && row < column.loop->length())
        rows.cells.push_back(cif::as_string(column.loop->val(row, column.at)));
      else if (column.single != nullptr && row == 0)
        rows.cells.push_back(cif::as_string(*column.single));
      else
        rows.cells.emplace_back();
    }
  return rows;
}

double cifNumber(const std::string& text) {
  return cif::as_number(text);
}

}  // namespace aula::molecular

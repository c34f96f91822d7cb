// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

/// What a fuzzer of each format does with its bytes: they must end in what was read or in one core::Error of
/// Fault::input with a message, soon and in little memory; anything else stops the program.
namespace aula::test {

void feedTopology(const std::string& bytes);
void feedGro(const std::string& bytes);
/// PDB or mmCIF, by content.
void feedStructure(const std::string& bytes);
/// Files of a force field's folder one after another, each after a line "%% NAME"; a small peptide and a
/// molecule of water are prepared by them.
void feedForceField(const std::string& bytes);
/// A structure, read and prepared with the force field that is installed; nothing where there is none.
void feedPreparation(const std::string& bytes);

}  // namespace aula::test

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/error.h"
#include "fuzz/molecular_fuzzer.h"
#include "molecular/prepare/force_field.h"
#include "molecular/prepare/prepare.h"

using namespace aula;
using namespace aula::molecular;

namespace {

void require(bool isTrue) {
  if (!isTrue) __builtin_trap();
}

template <class Action>
void bear(const Action& action) {
  try {
    action();
  } catch (const core::Error& error) {
    require(error.fault() == core::Fault::input && error.what()[0] != '\0');
  }
}

}  // namespace

namespace aula::test {

void feedPreparation(const std::string& bytes) {
  // The installed force field; nothing to do where there is none.
  static const std::optional<ForceField> forceField =
      gromacsData().empty() ? std::nullopt : std::optional(readForceField("amber99sb-ildn"));
  if (!forceField) return;
  bear([&] {
    const Structure structure = parseStructure(bytes, "input");
    PrepareOptions options;
    options.chainBreaks = ChainBreaks::split;
    const System system = prepare(structure, *forceField, options);
    require(static_cast<std::size_t>(system.topology.atomCount()) == system.state.positions.size());
    for (const Vec3& r : system.state.positions)
      require(std::isfinite(r.x) && std::isfinite(r.y) && std::isfinite(r.z));
  });
}

}  // namespace aula::test

#ifdef AULA_FUZZ_FEED
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::AULA_FUZZ_FEED(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
#endif

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace aula::render::path {

/// Side of the table.
inline constexpr int kFacetTableSide = 96;

/// What brdf.glsl's facetAlbedo() stands for, integrated: the share of uniform light that GGX facets give
/// back in one bounce, for reflectance 1 and weighted with Schlick's (1 - cos)^5. Rows by the square root of
/// alpha, columns by that of the cosine, both from 0 to 1; two floats an entry. Computed once a process; any
/// thread.
[[nodiscard]] const std::vector<float>& facetTable();

/// One entry; alpha above 0, cosine above 0. Points of the integral around the viewer and outwards from it.
struct FacetAlbedo {
  double whole = 0, grazing = 0;
};
[[nodiscard]] FacetAlbedo integrateFacets(double cosine, double alpha, int around, int outwards);

}  // namespace aula::render::path

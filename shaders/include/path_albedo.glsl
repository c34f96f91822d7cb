// SPDX-License-Identifier: Apache-2.0
// brdf.glsl with its reflectances from a table of integrals instead of the fitted polynomials: the furnace test allows half a
// per cent at every angle.
#define AULA_FACET_ALBEDO_TABLE

// Rows: square root of alpha; columns: square root of the cosine; both from 0 to 1. See path/facet_table.h.
vec2 facetAlbedo(float cosine, float alpha) {
  int side = u.table.z;
  vec2 at = sqrt(clamp(vec2(cosine, alpha), 0.0, 1.0)) * float(side - 1);
  ivec2 cell = min(ivec2(at), ivec2(side - 2));
  vec2 w = at - vec2(cell);
  Floats table = Floats(u.tables.zw);
  vec2 sum = vec2(0.0);
  for (int k = 0; k < 4; ++k) {
    ivec2 p = cell + ivec2(k & 1, k >> 1);
    int i = 2 * (p.y * side + p.x);
    sum += ((k & 1) != 0 ? w.x : 1.0 - w.x) * ((k >> 1) != 0 ? w.y : 1.0 - w.y) * vec2(table.at[i], table.at[i + 1]);
  }
  return sum;
}
#include "brdf.glsl"

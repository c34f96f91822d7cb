// SPDX-License-Identifier: Apache-2.0
// Volumes by delta and ratio tracking (Woodcock 1965; Novak, Selle and Jarosz 2014, section 3.2) below greatest extinctions
// that hold for the cells of a coarse lattice: no step length, no bias.

// Trilinear between nodes; what is not a number stays so.
float volumeValue(PathVolume volume, vec3 unit) {
  ivec3 nodes = ivec3(volume.nodes.xyz);
  vec3 at = clamp(unit, 0.0, 1.0) * vec3(nodes - 1);
  ivec3 cell = clamp(ivec3(at), ivec3(0), max(nodes - 2, ivec3(0)));
  vec3 w = at - vec3(cell);
  ivec3 next = min(cell + 1, nodes - 1);
  Floats values = Floats(volume.data.xy);
  int y0 = cell.y * nodes.x, y1 = next.y * nodes.x;
  int z0 = cell.z * nodes.x * nodes.y, z1 = next.z * nodes.x * nodes.y;
  float a = mix(values.at[z0 + y0 + cell.x], values.at[z0 + y0 + next.x], w.x);
  float b = mix(values.at[z0 + y1 + cell.x], values.at[z0 + y1 + next.x], w.x);
  float c = mix(values.at[z1 + y0 + cell.x], values.at[z1 + y0 + next.x], w.x);
  float d = mix(values.at[z1 + y1 + cell.x], values.at[z1 + y1 + next.x], w.x);
  return mix(mix(a, b, w.y), mix(c, d, w.y), w.z);
}

// Colour and extinction (a stage length) of a value.
vec4 volumeEntry(PathVolume volume, float value) {
  if (isnan(value)) return vec4(0.0);
  float at = clamp((value - volume.limits.x) * volume.limits.y, 0.0, 1.0) * (volume.nodes.w - 1.0);
  int k = min(int(at), int(volume.nodes.w) - 2);
  Vectors table = Vectors(volume.data.zw);
  return mix(table.at[k], table.at[k + 1], at - float(k));
}

vec3 volumeUnit(PathVolume volume, vec3 position) {
  return (position - volume.low.xyz) / (volume.high.xyz - volume.low.xyz);
}

vec4 volumeAt(PathVolume volume, vec3 unit) {
  int cut = int(volume.limits.z);
  if (cut >= 8) {
    bvec3 isHigh = greaterThan(unit, vec3(0.5));
    if (isHigh == bvec3((cut & 1) != 0, (cut & 2) != 0, (cut & 4) != 0)) return vec4(0.0);
  }
  return volumeEntry(volume, volumeValue(volume, unit));
}

// By rising value, not of unit length.
vec3 volumeGradient(PathVolume volume, vec3 position) {
  vec3 unit = volumeUnit(volume, position);
  vec3 h = 1.0 / max(volume.nodes.xyz - 1.0, 1.0), g;
  for (int i = 0; i < 3; ++i) {
    vec3 e = vec3(0.0);
    e[i] = h[i];
    g[i] = (volumeValue(volume, unit + e) - volumeValue(volume, unit - e)) / (volume.high[i] - volume.low[i]) / h[i];
  }
  return g;
}

vec2 crossVolume(PathVolume volume, vec3 origin, vec3 direction) {
  vec3 safe = direction + vec3(lessThan(abs(direction), vec3(1e-12))) * 1e-12;
  vec3 a = (volume.low.xyz - origin) / safe, b = (volume.high.xyz - origin) / safe;
  vec3 near = min(a, b), far = max(a, b);
  return vec2(max(max(near.x, near.y), near.z), min(min(far.x, far.y), far.z));
}

// Walks the coarse lattice from one candidate to the next. With `isDelta` it ends at the first real collision and gives its
// distance, else below 0; without, `through` is multiplied with an estimate of what passes.
float trackVolume(PathVolume volume, vec3 origin, vec3 direction, float nearest, float farthest, bool isDelta,
                  inout Random random, inout float through, out vec4 entry) {
  entry = vec4(0.0);
  vec2 span = crossVolume(volume, origin, direction);
  float t = max(span.x, nearest), end = min(span.y, farthest);
  if (!(t < end)) return -1.0;
  int side = int(volume.cells.z);
  Floats greatest = Floats(volume.cells.xy);
  vec3 size = (volume.high.xyz - volume.low.xyz) / float(side);
  ivec3 cell = clamp(ivec3((origin + t * direction - volume.low.xyz) / size), ivec3(0), ivec3(side - 1));
  ivec3 advance = ivec3(greaterThanEqual(direction, vec3(0.0))) * 2 - 1;
  vec3 safe = direction + vec3(lessThan(abs(direction), vec3(1e-12))) * 1e-12;
  vec3 crossing = (volume.low.xyz + vec3(cell + max(advance, ivec3(0))) * size - origin) / safe;
  vec3 pace = abs(size / safe);
  float depth = -log(1.0 - nextFree(random));
  while (t < end) {
    float leave = min(end, min(crossing.x, min(crossing.y, crossing.z)));
    float most = greatest.at[(cell.z * side + cell.y) * side + cell.x];
    while (most > 0.0) {
      float ahead = depth / most;
      if (t + ahead >= leave) {
        depth -= max(leave - t, 0.0) * most;
        break;
      }
      t += ahead;
      depth = -log(1.0 - nextFree(random));
      entry = volumeAt(volume, volumeUnit(volume, origin + t * direction));
      if (isDelta) {
        if (nextFree(random) * most < entry.a) return t;
      } else {
        through *= max(0.0, 1.0 - entry.a / most);
        // Roulette, for thin shafts of light through dense matter.
        if (through < 0.02) {
          if (nextFree(random) * 0.02 >= through) {
            through = 0.0;
            return -1.0;
          }
          through = 0.02;
        }
      }
    }
    t = max(t, leave);
    if (crossing.x <= crossing.y && crossing.x <= crossing.z) {
      cell.x += advance.x;
      crossing.x += pace.x;
    } else if (crossing.y <= crossing.z) {
      cell.y += advance.y;
      crossing.y += pace.y;
    } else {
      cell.z += advance.z;
      crossing.z += pace.z;
    }
    if (any(lessThan(cell, ivec3(0))) || any(greaterThanEqual(cell, ivec3(side)))) break;
  }
  return -1.0;
}

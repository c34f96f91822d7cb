// SPDX-License-Identifier: Apache-2.0
// Points of Sobol's first two dimensions, shuffled and Owen-scrambled by hashing anew for each pair of dimensions (Burley 2020,
// "Practical Hash-based Owen Scrambling", sections 2 and 4). Sample k of a pixel is the same however many are taken, in
// whatever pieces.

// Jarzynski and Olano 2020, "Hash Functions for GPU Rendering": PCG.
uint hashed(uint v) {
  uint state = v * 747796405u + 2891336453u;
  uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}
uint hashed(uint a, uint b) { return hashed(a ^ hashed(b)); }

// Laine and Karras 2011 with Burley's constants (his listing 2): each bit changed by those below it alone.
uint permuted(uint x, uint seed) {
  x += seed;
  x ^= x * 0x6c50b47cu;
  x ^= x * 0xb82f1e52u;
  x ^= x * 0xc7afe638u;
  x ^= x * 0x8d22f6e6u;
  return x;
}

// The second dimension's matrix is Pascal's triangle mod 2: the polynomial whose coefficients are the bits, at 1 + x. With
// (1 + x)^(2^k) = 1 + x^(2^k) it takes five steps.
uint pascal(uint x) {
  x ^= (x >> 16u) & 0x0000ffffu;
  x ^= (x >> 8u) & 0x00ff00ffu;
  x ^= (x >> 4u) & 0x0f0f0f0fu;
  x ^= (x >> 2u) & 0x33333333u;
  x ^= (x >> 1u) & 0x55555555u;
  return x;
}

struct Random {
  uint seed;    // The pixel's.
  uint index;   // The sample's.
  uint pair;    // The next pair of dimensions.
  uint stream;  // For draws of which nobody knows how many there will be.
};

Random startRandom(uvec2 pixel, uint sampleIndex, uint seed) {
  uint own = hashed(pixel.x, hashed(pixel.y, seed));
  return Random(own, sampleIndex, 0u, hashed(own, sampleIndex + 0x9e3779b9u));
}

float unitFloat(uint bits) { return float(bits >> 8u) * (1.0 / 16777216.0); }

// Uniform in [0, 1) x [0, 1).
vec2 next2(inout Random random) {
  uint seed = hashed(random.seed, random.pair++);
  uint shuffled = bitfieldReverse(permuted(bitfieldReverse(random.index), seed));
  uint x = bitfieldReverse(permuted(shuffled, hashed(seed ^ 0xa511e9b3u)));
  uint y = bitfieldReverse(permuted(pascal(shuffled), hashed(seed ^ 0x63d83595u)));
  return vec2(unitFloat(x), unitFloat(y));
}

float nextFree(inout Random random) {
  random.stream = random.stream * 747796405u + 2891336453u;
  uint word = ((random.stream >> ((random.stream >> 28u) + 4u)) ^ random.stream) * 277803737u;
  return unitFloat((word >> 22u) ^ word);
}

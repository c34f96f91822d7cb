// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/device_math.h"

/// Fourier transforms of a mesh, one axis a launch: lines of any length that factors into primes up to 13, in
/// shared memory, by Stockham's self-sorting passes (Stockham 1966; Van Loan 1992, algorithm 1.7.2). Meshes
/// of molecular systems are small, so that what counts is few launches and no library's hidden allocation
/// within a recorded step.
namespace aula::molecular::cuda {

struct Complex {
  float re, im;
};
AULA_HD Complex operator+(Complex a, Complex b) {
  return {a.re + b.re, a.im + b.im};
}
AULA_HD Complex operator-(Complex a, Complex b) {
  return {a.re - b.re, a.im - b.im};
}
AULA_HD Complex operator*(Complex a, Complex b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/// One axis: its length, the radices of its passes and the powers exp(-2 pi i k / length).
struct FourierAxis {
  int length;
  int passes;
  int radix[12];
  const Complex* roots;
};

/// Charges are spread as integers of this many a unit charge, so that their sums do not depend on any order.
/// 63 bits hold 2e9 charges at one node.
inline constexpr float kChargeUnits = 4294967296.0F;

enum class LineKind {
  chargesToSpectrum,    ///< Real fixed-point numbers in, half the spectrum out: along z, forwards.
  complexLines,         ///< Complex in place.
  spectrumToPotential,  ///< Half a spectrum in, real numbers out: along z, backwards.
};

template <LineKind kKind>
struct FourierLines {
  static constexpr const char* kName = kKind == LineKind::chargesToSpectrum ? "transform charges"
                                       : kKind == LineKind::complexLines    ? "transform lines"
                                                                            : "transform potential";
  static constexpr int kThreads = 128;
  static constexpr int kRoom = 2048;  ///< Numbers a block holds: the longest line.
  static constexpr int kMostLines = 16;
  struct Shared {
    Complex data[2][kRoom];
  };
  struct Registers {};

  FourierAxis axis;
  bool isInverse;
  int lines;      ///< All of them.
  int linesEach;  ///< A block's.
  /// Line l begins at (l / inner) * outerStride + l % inner, and its numbers stand `stride` apart.
  int inner;
  long outerStride, stride;
  const unsigned long long* charges;
  Complex* spectrum;
  float* potential;

  [[nodiscard]] static int linesABlock(int length) {
    const int lines = kRoom / length;
    return lines > kMostLines ? kMostLines : lines;
  }
  [[nodiscard]] compute::LaunchShape shape() const {
    return {{compute::blocksFor(lines, linesEach), 1, 1}, {kThreads, 1, 1}};
  }

  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const int first = block.index().x * linesEach;
    const int here = lines - first < linesEach ? lines - first : linesEach;
    const int n = axis.length;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      for (int m = thread.x; m < n * here; m += kThreads) load(first, here, m, shared.data[0]);
    });
    int from = 0, done = 1;
    for (int pass = 0; pass < axis.passes; ++pass) {
      const int radix = axis.radix[pass], butterflies = n / radix;
      block.phase([&](compute::ThreadIndex thread, Registers&) {
        for (int m = thread.x; m < butterflies * here; m += kThreads) {
          const int line = m / butterflies, j = m - line * butterflies;
          butterfly(shared.data[from] + line * n, shared.data[1 - from] + line * n, radix, done, j);
        }
      });
      from = 1 - from;
      done *= radix;
    }
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      for (int m = thread.x; m < n * here; m += kThreads) store(first, here, m, shared.data[from]);
    });
  }

  /// Neighbouring threads touch neighbouring memory: the number runs first along z, the line first elsewhere.
  AULA_HD void place(int first, int here, int m, int& line, int& number, long& at) const {
    if (kKind != LineKind::complexLines) {
      line = m / axis.length;
      number = m - line * axis.length;
    } else {
      number = m / here;
      line = m - number * here;
    }
    const int l = first + line;
    at = (l / inner) * outerStride + l % inner + number * stride;
  }
  AULA_HD void load(int first, int here, int m, Complex* data) const {
    int line, number;
    long at;
    place(first, here, m, line, number, at);
    Complex value;
    if (kKind == LineKind::chargesToSpectrum) {
      value = {static_cast<float>(static_cast<long long>(charges[at])) * (1 / kChargeUnits), 0.0F};
    } else if (kKind == LineKind::complexLines) {
      value = spectrum[at];
    } else {
      // The other half of the spectrum of real numbers is the mirrored conjugate.
      const int half = axis.length / 2 + 1;
      const long start = static_cast<long>(first + line) * half;
      if (number < half) {
        value = spectrum[start + number];
      } else {
        value = spectrum[start + axis.length - number];
        value.im = -value.im;
      }
    }
    data[line * axis.length + number] = value;
  }
  AULA_HD void store(int first, int here, int m, const Complex* data) const {
    int line, number;
    long at;
    place(first, here, m, line, number, at);
    const Complex value = data[line * axis.length + number];
    if (kKind == LineKind::chargesToSpectrum) {
      const int half = axis.length / 2 + 1;
      if (number < half) spectrum[static_cast<long>(first + line) * half + number] = value;
    } else if (kKind == LineKind::complexLines) {
      spectrum[at] = value;
    } else {
      potential[at] = value.re;
    }
  }

  /// One butterfly of a pass: `done` is the product of the radices before it.
  AULA_HD void butterfly(const Complex* in, Complex* out, int radix, int done, int j) const {
    const int n = axis.length, apart = n / radix, k = j % done;
    const int step = apart / done;  // Of the roots, for one turn of k.
    Complex v[13];
    for (int r = 0; r < radix; ++r) v[r] = in[j + r * apart] * root(k * r * step);
    Complex* to = out + (j / done) * done * radix + k;
    if (radix == 2) {
      to[0] = v[0] + v[1];
      to[done] = v[0] - v[1];
    } else if (radix == 4) {
      const Complex a = v[0] + v[2], b = v[0] - v[2], c = v[1] + v[3];
      const Complex d = v[1] - v[3];
      const Complex turned = isInverse ? Complex{-d.im, d.re} : Complex{d.im, -d.re};
      to[0] = a + c;
      to[done] = b + turned;
      to[2 * done] = a - c;
      to[3 * done] = b - turned;
    } else {
      for (int s = 0; s < radix; ++s) {
        Complex sum = v[0];
        for (int r = 1; r < radix; ++r) sum = sum + v[r] * root((r * s % radix) * apart);
        to[s * done] = sum;
      }
    }
  }
  AULA_HD Complex root(int k) const {
    const Complex w = axis.roots[k];
    return isInverse ? Complex{w.re, -w.im} : w;
  }
};

}  // namespace aula::molecular::cuda

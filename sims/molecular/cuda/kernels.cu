// SPDX-License-Identifier: Apache-2.0
#include "compute/cuda/launch.cuh"
#include "molecular/cuda/bath_kernels.h"
#include "molecular/cuda/fourier_kernels.h"
#include "molecular/cuda/mesh_kernels.h"
#include "molecular/cuda/motion_kernels.h"
#include "molecular/cuda/outside_kernels.h"
#include "molecular/cuda/pair_kernel.h"
#include "molecular/cuda/rigid_kernels.h"
#include "molecular/cuda/search_kernels.h"
#include "molecular/cuda/term_kernels.h"

namespace molecular = aula::molecular::cuda;

AULA_INSTANTIATE_KERNEL(molecular::BinAtoms);
AULA_INSTANTIATE_KERNEL(molecular::ColumnPrefix);
AULA_INSTANTIATE_KERNEL(molecular::ScanColumns);
AULA_INSTANTIATE_KERNEL(molecular::PlaceAtoms);
AULA_INSTANTIATE_KERNEL(molecular::SortCells);
AULA_INSTANTIATE_KERNEL(molecular::BoundClusters);
AULA_INSTANTIATE_KERNEL(molecular::FindPairs);
AULA_INSTANTIATE_KERNEL(molecular::FillSlots);
AULA_INSTANTIATE_KERNEL(molecular::FillTypes);
AULA_INSTANTIATE_KERNEL(molecular::PairForces<false>);
AULA_INSTANTIATE_KERNEL(molecular::PairForces<true>);
AULA_INSTANTIATE_KERNEL(molecular::SpreadCharges);
AULA_INSTANTIATE_KERNEL(molecular::FourierLines<molecular::LineKind::chargesToSpectrum>);
AULA_INSTANTIATE_KERNEL(molecular::FourierLines<molecular::LineKind::complexLines>);
AULA_INSTANTIATE_KERNEL(molecular::FourierLines<molecular::LineKind::spectrumToPotential>);
AULA_INSTANTIATE_KERNEL(molecular::SolveMesh<false>);
AULA_INSTANTIATE_KERNEL(molecular::SolveMesh<true>);
AULA_INSTANTIATE_KERNEL(molecular::GatherForces);
using A0 = molecular::ComputeTerms<molecular::BondTerm, false>;
using B0 = molecular::ComputeTerms<molecular::BondTerm, true>;
AULA_INSTANTIATE_KERNEL(A0);
AULA_INSTANTIATE_KERNEL(B0);
using A1 = molecular::ComputeTerms<molecular::AngleTerm, false>;
using B1 = molecular::ComputeTerms<molecular::AngleTerm, true>;
AULA_INSTANTIATE_KERNEL(A1);
AULA_INSTANTIATE_KERNEL(B1);
using A2 = molecular::ComputeTerms<molecular::DihedralTerm<molecular::DihedralKind::periodic>, false>;
using B2 = molecular::ComputeTerms<molecular::DihedralTerm<molecular::DihedralKind::periodic>, true>;
AULA_INSTANTIATE_KERNEL(A2);
AULA_INSTANTIATE_KERNEL(B2);
using A3 = molecular::ComputeTerms<molecular::DihedralTerm<molecular::DihedralKind::harmonic>, false>;
using B3 = molecular::ComputeTerms<molecular::DihedralTerm<molecular::DihedralKind::harmonic>, true>;
AULA_INSTANTIATE_KERNEL(A3);
AULA_INSTANTIATE_KERNEL(B3);
using A4 = molecular::ComputeTerms<molecular::DihedralTerm<molecular::DihedralKind::ryckaertBellemans>, false>;
using B4 = molecular::ComputeTerms<molecular::DihedralTerm<molecular::DihedralKind::ryckaertBellemans>, true>;
AULA_INSTANTIATE_KERNEL(A4);
AULA_INSTANTIATE_KERNEL(B4);
using A5 = molecular::ComputeTerms<molecular::PairTerm14, false>;
using B5 = molecular::ComputeTerms<molecular::PairTerm14, true>;
AULA_INSTANTIATE_KERNEL(A5);
AULA_INSTANTIATE_KERNEL(B5);
using A6 = molecular::ComputeTerms<molecular::ExcludedTerm, false>;
using B6 = molecular::ComputeTerms<molecular::ExcludedTerm, true>;
AULA_INSTANTIATE_KERNEL(A6);
AULA_INSTANTIATE_KERNEL(B6);
using A7 = molecular::ComputeTerms<molecular::RestraintTerm, false>;
using B7 = molecular::ComputeTerms<molecular::RestraintTerm, true>;
AULA_INSTANTIATE_KERNEL(A7);
AULA_INSTANTIATE_KERNEL(B7);
AULA_INSTANTIATE_KERNEL(molecular::AddTerms);
AULA_INSTANTIATE_KERNEL(molecular::AddField<false>);
AULA_INSTANTIATE_KERNEL(molecular::AddField<true>);
AULA_INSTANTIATE_KERNEL(molecular::PullGroup);
#define AULA_GROUP(Group)                                              \
  AULA_INSTANTIATE_KERNEL(molecular::ConstrainGroups<Group AULA_COMMA false>); \
  AULA_INSTANTIATE_KERNEL(molecular::ConstrainGroups<Group AULA_COMMA true>)
AULA_GROUP(molecular::SettleGroups);
AULA_GROUP(molecular::StarGroups);
AULA_INSTANTIATE_KERNEL(molecular::Kick);
AULA_INSTANTIATE_KERNEL(molecular::Middle);
AULA_INSTANTIATE_KERNEL(molecular::Drift);
AULA_INSTANTIATE_KERNEL(molecular::HeatRegions);
AULA_INSTANTIATE_KERNEL(molecular::SumMotion);
AULA_INSTANTIATE_KERNEL(molecular::FoldSums);
AULA_INSTANTIATE_KERNEL(molecular::StopDrift);
AULA_INSTANTIATE_KERNEL(molecular::CountStep);
AULA_INSTANTIATE_KERNEL(molecular::Scale);
AULA_INSTANTIATE_KERNEL(molecular::Couple);
AULA_INSTANTIATE_KERNEL(molecular::TrialKinetic);
AULA_INSTANTIATE_KERNEL(molecular::CountBath);
AULA_INSTANTIATE_KERNEL(molecular::ClearTotals);

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

namespace md = aula::molecular::cuda;

AULA_INSTANTIATE_KERNEL(md::BinAtoms);
AULA_INSTANTIATE_KERNEL(md::ColumnPrefix);
AULA_INSTANTIATE_KERNEL(md::ScanColumns);
AULA_INSTANTIATE_KERNEL(md::PlaceAtoms);
AULA_INSTANTIATE_KERNEL(md::SortCells);
AULA_INSTANTIATE_KERNEL(md::BoundClusters);
AULA_INSTANTIATE_KERNEL(md::FindPairs);
AULA_INSTANTIATE_KERNEL(md::FillSlots);
AULA_INSTANTIATE_KERNEL(md::FillTypes);
AULA_INSTANTIATE_KERNEL(md::PairForces<false>);
AULA_INSTANTIATE_KERNEL(md::PairForces<true>);
AULA_INSTANTIATE_KERNEL(md::SpreadCharges);
AULA_INSTANTIATE_KERNEL(md::FourierLines<md::LineKind::chargesToSpectrum>);
AULA_INSTANTIATE_KERNEL(md::FourierLines<md::LineKind::complexLines>);
AULA_INSTANTIATE_KERNEL(md::FourierLines<md::LineKind::spectrumToPotential>);
AULA_INSTANTIATE_KERNEL(md::SolveMesh<false>);
AULA_INSTANTIATE_KERNEL(md::SolveMesh<true>);
AULA_INSTANTIATE_KERNEL(md::GatherForces);
using Term0 = md::ComputeTerms<md::BondTerm, false>;
using TermWithEnergy0 = md::ComputeTerms<md::BondTerm, true>;
AULA_INSTANTIATE_KERNEL(Term0);
AULA_INSTANTIATE_KERNEL(TermWithEnergy0);
using Term1 = md::ComputeTerms<md::AngleTerm, false>;
using TermWithEnergy1 = md::ComputeTerms<md::AngleTerm, true>;
AULA_INSTANTIATE_KERNEL(Term1);
AULA_INSTANTIATE_KERNEL(TermWithEnergy1);
using Term2 = md::ComputeTerms<md::DihedralTerm<md::DihedralKind::periodic>, false>;
using TermWithEnergy2 = md::ComputeTerms<md::DihedralTerm<md::DihedralKind::periodic>, true>;
AULA_INSTANTIATE_KERNEL(Term2);
AULA_INSTANTIATE_KERNEL(TermWithEnergy2);
using Term3 = md::ComputeTerms<md::DihedralTerm<md::DihedralKind::harmonic>, false>;
using TermWithEnergy3 = md::ComputeTerms<md::DihedralTerm<md::DihedralKind::harmonic>, true>;
AULA_INSTANTIATE_KERNEL(Term3);
AULA_INSTANTIATE_KERNEL(TermWithEnergy3);
using Term4 = md::ComputeTerms<md::DihedralTerm<md::DihedralKind::ryckaertBellemans>, false>;
using TermWithEnergy4 = md::ComputeTerms<md::DihedralTerm<md::DihedralKind::ryckaertBellemans>, true>;
AULA_INSTANTIATE_KERNEL(Term4);
AULA_INSTANTIATE_KERNEL(TermWithEnergy4);
using Term5 = md::ComputeTerms<md::PairTerm14, false>;
using TermWithEnergy5 = md::ComputeTerms<md::PairTerm14, true>;
AULA_INSTANTIATE_KERNEL(Term5);
AULA_INSTANTIATE_KERNEL(TermWithEnergy5);
using Term6 = md::ComputeTerms<md::ExcludedTerm, false>;
using TermWithEnergy6 = md::ComputeTerms<md::ExcludedTerm, true>;
AULA_INSTANTIATE_KERNEL(Term6);
AULA_INSTANTIATE_KERNEL(TermWithEnergy6);
using Term7 = md::ComputeTerms<md::RestraintTerm, false>;
using TermWithEnergy7 = md::ComputeTerms<md::RestraintTerm, true>;
AULA_INSTANTIATE_KERNEL(Term7);
AULA_INSTANTIATE_KERNEL(TermWithEnergy7);
AULA_INSTANTIATE_KERNEL(md::AddTerms);
AULA_INSTANTIATE_KERNEL(md::AddField<false>);
AULA_INSTANTIATE_KERNEL(md::AddField<true>);
AULA_INSTANTIATE_KERNEL(md::PullGroup);
using PlaceSettleGroups = md::ConstrainGroups<md::SettleGroups, false>;
using WeighSettleGroups = md::ConstrainGroups<md::SettleGroups, true>;
AULA_INSTANTIATE_KERNEL(PlaceSettleGroups);
AULA_INSTANTIATE_KERNEL(WeighSettleGroups);
using PlaceStarGroups = md::ConstrainGroups<md::StarGroups, false>;
using WeighStarGroups = md::ConstrainGroups<md::StarGroups, true>;
AULA_INSTANTIATE_KERNEL(PlaceStarGroups);
AULA_INSTANTIATE_KERNEL(WeighStarGroups);
AULA_INSTANTIATE_KERNEL(md::Kick);
AULA_INSTANTIATE_KERNEL(md::Middle);
AULA_INSTANTIATE_KERNEL(md::Drift);
AULA_INSTANTIATE_KERNEL(md::HeatRegions);
AULA_INSTANTIATE_KERNEL(md::SumMotion);
AULA_INSTANTIATE_KERNEL(md::FoldSums);
AULA_INSTANTIATE_KERNEL(md::StopDrift);
AULA_INSTANTIATE_KERNEL(md::CountStep);
AULA_INSTANTIATE_KERNEL(md::Scale);
AULA_INSTANTIATE_KERNEL(md::Couple);
AULA_INSTANTIATE_KERNEL(md::TrialKinetic);
AULA_INSTANTIATE_KERNEL(md::CountBath);
AULA_INSTANTIATE_KERNEL(md::ClearTotals);

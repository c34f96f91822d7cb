// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "core/vec3.h"

/// Named places on the bones of a right arm in the anatomical position: m, in the region's frame (origin in
/// the centre of the humeral head, +x lateral, +y to the front, +z up). Each lies on its bone's surface;
/// tests hold bones and points together.
namespace aula::anatomy::landmark {

using core::Vec3;

// Trunk.
inline constexpr Vec3 kSupraglenoidTubercle{-0.0225, -0.0148, 0.0197};
inline constexpr Vec3 kInfraglenoidTubercle{-0.0226, -0.0282, -0.0215};
inline constexpr Vec3 kCoracoidProcess{-0.0324, 0.0223, 0.0046};  ///< Its tip.
inline constexpr Vec3 kAcromion{0.0216, -0.0101, 0.0407};         ///< The middle of its lateral border.
inline constexpr Vec3 kAcromialAngle{0.0170, -0.0320, 0.0345};    ///< Where the spine becomes the acromion.
inline constexpr Vec3 kScapularSpine{-0.0434, -0.0613, 0.0285};   ///< The middle of its crest.
inline constexpr Vec3 kScapularSpineRoot{-0.1000, -0.0788, 0.0199};  ///< On the medial border.
inline constexpr Vec3 kLateralClavicle{-0.0331, 0.0097, 0.0450};     ///< Front of the lateral third.

// Humerus.
inline constexpr Vec3 kGreaterTubercle{0.0231, 0.0075, 0.0082};
inline constexpr Vec3 kLesserTubercle{0.0019, 0.0254, -0.0031};
inline constexpr Vec3 kIntertubercularGroove{0.0098, 0.0166, -0.0090};
inline constexpr Vec3 kDeltoidTuberosity{0.0154, 0.0025, -0.1352};
inline constexpr Vec3 kHumerusPosteriorMiddle{-0.0011, -0.0116,
                                              -0.1350};  ///< Triceps, lateral head, below here.
inline constexpr Vec3 kHumerusAnteriorLower{-0.0059, 0.0068, -0.1949};  ///< Brachialis, middle of its origin.
inline constexpr Vec3 kSupracondylarRidgeLateral{0.0084, 0.0005, -0.2447};
inline constexpr Vec3 kMedialEpicondyle{-0.0443, -0.0000, -0.2860};
inline constexpr Vec3 kLateralEpicondyle{0.0179, 0.0016, -0.2840};

// Forearm, elbow straight, palm to the front.
inline constexpr Vec3 kOlecranon{-0.0165, -0.0163, -0.2776};  ///< Its back, where the triceps inserts.
inline constexpr Vec3 kCoronoidProcess{-0.0169, 0.0187, -0.3011};
inline constexpr Vec3 kUlnarTuberosity{-0.0169, 0.0121, -0.3194};
inline constexpr Vec3 kRadialTuberosity{0.0049, 0.0165, -0.3356};
inline constexpr Vec3 kPronatorInsertion{0.0316, 0.0012, -0.4058};  ///< Lateral middle of the radius.
inline constexpr Vec3 kRadialStyloid{0.0645, 0.0075, -0.5271};
inline constexpr Vec3 kUlnarStyloid{0.0157, -0.0040, -0.5304};
inline constexpr Vec3 kWristCentre{0.0417, 0.0048, -0.5222};
inline constexpr Vec3 kCapitate{0.0493, -0.0054, -0.5504};  ///< Its back.
inline constexpr Vec3 kBaseOfMetacarpal2{0.0643, -0.0029,
                                         -0.5609};  ///< Its back: extensor carpi radialis longus.
inline constexpr Vec3 kBaseOfMetacarpal2Palmar{0.0636, 0.0100, -0.5608};  ///< Flexor carpi radialis.
inline constexpr Vec3 kBaseOfMetacarpal5{0.0241, 0.0029,
                                         -0.5670};  ///< Its ulnar side: extensor carpi ulnaris.

/// All of them but the wrist's centre, with the bone (the atlas' id) and the body that each moves with.
struct Named {
  const char *name, *bone, *body;
  Vec3 place;
};
inline constexpr std::array kAll{
    Named{"supraglenoid_tubercle", "scapula", "trunk", kSupraglenoidTubercle},
    Named{"infraglenoid_tubercle", "scapula", "trunk", kInfraglenoidTubercle},
    Named{"coracoid_process", "scapula", "trunk", kCoracoidProcess},
    Named{"acromion", "scapula", "trunk", kAcromion},
    Named{"acromial_angle", "scapula", "trunk", kAcromialAngle},
    Named{"scapular_spine", "scapula", "trunk", kScapularSpine},
    Named{"scapular_spine_root", "scapula", "trunk", kScapularSpineRoot},
    Named{"lateral_clavicle", "clavicle", "trunk", kLateralClavicle},
    Named{"greater_tubercle", "humerus", "humerus", kGreaterTubercle},
    Named{"lesser_tubercle", "humerus", "humerus", kLesserTubercle},
    Named{"intertubercular_groove", "humerus", "humerus", kIntertubercularGroove},
    Named{"deltoid_tuberosity", "humerus", "humerus", kDeltoidTuberosity},
    Named{"humerus_posterior_middle", "humerus", "humerus", kHumerusPosteriorMiddle},
    Named{"humerus_anterior_lower", "humerus", "humerus", kHumerusAnteriorLower},
    Named{"supracondylar_ridge_lateral", "humerus", "humerus", kSupracondylarRidgeLateral},
    Named{"medial_epicondyle", "humerus", "humerus", kMedialEpicondyle},
    Named{"lateral_epicondyle", "humerus", "humerus", kLateralEpicondyle},
    Named{"olecranon", "ulna", "forearm", kOlecranon},
    Named{"coronoid_process", "ulna", "forearm", kCoronoidProcess},
    Named{"ulnar_tuberosity", "ulna", "forearm", kUlnarTuberosity},
    Named{"radial_tuberosity", "radius", "forearm", kRadialTuberosity},
    Named{"pronator_insertion", "radius", "forearm", kPronatorInsertion},
    Named{"radial_styloid", "radius", "forearm", kRadialStyloid},
    Named{"ulnar_styloid", "ulna", "forearm", kUlnarStyloid},
    Named{"capitate", "carpals", "forearm", kCapitate},
    Named{"base_of_metacarpal_2", "metacarpal_2", "forearm", kBaseOfMetacarpal2},
    Named{"base_of_metacarpal_2_palmar", "metacarpal_2", "forearm", kBaseOfMetacarpal2Palmar},
    Named{"base_of_metacarpal_5", "metacarpal_5", "forearm", kBaseOfMetacarpal5},
};

/// Where the limb turns: elbow centre, and the direction about which flexion is a positive turn.
inline constexpr Vec3 kElbowCentre{-0.0123, 0.0061, -0.2904};
inline constexpr Vec3 kElbowAxis{0.9981, 0.0494, 0.0366};

}  // namespace aula::anatomy::landmark

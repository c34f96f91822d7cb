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
inline constexpr Vec3 kSupraglenoidTubercle{-0.0240, -0.0150, 0.0190};
inline constexpr Vec3 kInfraglenoidTubercle{-0.0250, -0.0260, -0.0190};
inline constexpr Vec3 kCoracoidProcess{-0.0320, 0.0220, 0.0020};  ///< Its tip.
inline constexpr Vec3 kAcromion{0.0190, -0.0100, 0.0390};         ///< The middle of its lateral border.
inline constexpr Vec3 kAcromialAngle{0.0180, -0.0320, 0.0330};    ///< Where the spine becomes the acromion.
inline constexpr Vec3 kScapularSpine{-0.0430, -0.0740, 0.0270};   ///< The middle of its crest.
inline constexpr Vec3 kScapularSpineRoot{-0.1000, -0.0790, 0.0200};  ///< On the medial border.
inline constexpr Vec3 kLateralClavicle{-0.0350, 0.0030, 0.0440};     ///< Front of the lateral third.

// Humerus.
inline constexpr Vec3 kGreaterTubercle{0.0250, 0.0080, 0.0100};
inline constexpr Vec3 kLesserTubercle{0.0030, 0.0240, -0.0020};
inline constexpr Vec3 kIntertubercularGroove{0.0120, 0.0220, -0.0080};
inline constexpr Vec3 kDeltoidTuberosity{0.0110, 0.0010, -0.1350};
inline constexpr Vec3 kHumerusPosteriorMiddle{-0.0010, -0.0120,
                                              -0.1350};  ///< Triceps, lateral head, below here.
inline constexpr Vec3 kHumerusAnteriorLower{-0.0060, 0.0080, -0.1950};  ///< Brachialis, middle of its origin.
inline constexpr Vec3 kSupracondylarRidgeLateral{0.0060, 0.0000, -0.2450};
inline constexpr Vec3 kMedialEpicondyle{-0.0430, 0.0020, -0.2860};
inline constexpr Vec3 kLateralEpicondyle{0.0185, 0.0030, -0.2840};

// Forearm, elbow straight, palm to the front.
inline constexpr Vec3 kOlecranon{-0.0140, -0.0170, -0.2780};  ///< Its back, where the triceps inserts.
inline constexpr Vec3 kCoronoidProcess{-0.0180, 0.0170, -0.3040};
inline constexpr Vec3 kUlnarTuberosity{-0.0120, 0.0110, -0.3170};
inline constexpr Vec3 kRadialTuberosity{0.0050, 0.0120, -0.3360};
inline constexpr Vec3 kPronatorInsertion{0.0310, 0.0020, -0.4060};  ///< Lateral middle of the radius.
inline constexpr Vec3 kRadialStyloid{0.0610, 0.0020, -0.5270};
inline constexpr Vec3 kUlnarStyloid{0.0160, -0.0090, -0.5180};
inline constexpr Vec3 kWristCentre{0.0376, 0.0030, -0.5250};
inline constexpr Vec3 kCapitate{0.0420, -0.0050, -0.5450};  ///< Its back.
inline constexpr Vec3 kBaseOfMetacarpal2{0.0600, -0.0050,
                                         -0.5560};  ///< Its back: extensor carpi radialis longus.
inline constexpr Vec3 kBaseOfMetacarpal2Palmar{0.0600, 0.0060, -0.5560};  ///< Flexor carpi radialis.
inline constexpr Vec3 kBaseOfMetacarpal5{0.0290, 0.0000,
                                         -0.5600};  ///< Its ulnar side: extensor carpi ulnaris.

/// All of them, with the body that each moves with.
struct Named {
  const char *name, *body;
  Vec3 place;
};
inline constexpr std::array kAll{
    Named{"supraglenoid_tubercle", "trunk", kSupraglenoidTubercle},
    Named{"infraglenoid_tubercle", "trunk", kInfraglenoidTubercle},
    Named{"coracoid_process", "trunk", kCoracoidProcess},
    Named{"acromion", "trunk", kAcromion},
    Named{"acromial_angle", "trunk", kAcromialAngle},
    Named{"scapular_spine", "trunk", kScapularSpine},
    Named{"scapular_spine_root", "trunk", kScapularSpineRoot},
    Named{"lateral_clavicle", "trunk", kLateralClavicle},
    Named{"greater_tubercle", "humerus", kGreaterTubercle},
    Named{"lesser_tubercle", "humerus", kLesserTubercle},
    Named{"intertubercular_groove", "humerus", kIntertubercularGroove},
    Named{"deltoid_tuberosity", "humerus", kDeltoidTuberosity},
    Named{"humerus_posterior_middle", "humerus", kHumerusPosteriorMiddle},
    Named{"humerus_anterior_lower", "humerus", kHumerusAnteriorLower},
    Named{"supracondylar_ridge_lateral", "humerus", kSupracondylarRidgeLateral},
    Named{"medial_epicondyle", "humerus", kMedialEpicondyle},
    Named{"lateral_epicondyle", "humerus", kLateralEpicondyle},
    Named{"olecranon", "forearm", kOlecranon},
    Named{"coronoid_process", "forearm", kCoronoidProcess},
    Named{"ulnar_tuberosity", "forearm", kUlnarTuberosity},
    Named{"radial_tuberosity", "forearm", kRadialTuberosity},
    Named{"pronator_insertion", "forearm", kPronatorInsertion},
    Named{"radial_styloid", "forearm", kRadialStyloid},
    Named{"ulnar_styloid", "forearm", kUlnarStyloid},
    Named{"capitate", "forearm", kCapitate},
    Named{"base_of_metacarpal_2", "forearm", kBaseOfMetacarpal2},
    Named{"base_of_metacarpal_2_palmar", "forearm", kBaseOfMetacarpal2Palmar},
    Named{"base_of_metacarpal_5", "forearm", kBaseOfMetacarpal5},
};

/// Where the limb turns: elbow centre, and the direction about which flexion is a positive turn.
inline constexpr Vec3 kElbowCentre{-0.0123, 0.0061, -0.2904};
inline constexpr Vec3 kElbowAxis{0.9981, 0.0494, 0.0366};

}  // namespace aula::anatomy::landmark

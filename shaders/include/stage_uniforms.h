// Read by GLSL and, through stage/shader_structs.h, by C++: what every shader of the scene knows of the frame. std140.
// "Stage" is the renderer's own space (StageSpace). Pixels are those of the images drawn into, not of the final picture.
struct StageUniforms {
  mat4 clipFromStage;               // With jitter; what positions are drawn with. Depth 1 near, 0 far.
  mat4 stageFromClip;               // Its inverse.
  mat4 steadyClipFromStage;         // Without jitter: motion is measured with these two.
  mat4 previousSteadyClipFromStage; // Of the frame before.
  mat4 viewFromStage;               // x right, y up, z towards the viewer.
  mat4 previousStageFromStage;      // Identity unless the stage's frame was chosen anew.
  vec4 eye;                         // xyz: position; w: 1 perspective, 0 orthographic.
  vec4 forward;                     // xyz: unit, into the picture; w: a pixel's size at distance 1 (orthographic: everywhere).
  vec4 size;                        // Width, height, and one over them.
  vec4 jitter;                      // xy: pixels, of this frame; zw: of the frame before.
  vec4 clips[6];                    // Kept where dot(xyz, p) + w >= 0.
  vec4 lightDirection[4];           // xyz: unit, towards the lamp; w: its shadow map's index, or -1.
  vec4 lightColour[4];              // rgb: illuminance; w: tangent of its radius as seen from here.
  mat4 shadowFromStage[4];          // Texture coordinates and depth of each lamp's map.
  vec4 ambient;                     // x: environment's strength; y: exposure factor; z: occlusion radius (stage); w: volume density.
  vec4 subsurface;                  // rgb: distance each channel travels, stage; w: 1 where any material scatters.
  ivec4 counts;                     // x: clip planes; y: lamps; z: frame number; w: tone mapping (0 filmic, 1 none).
  ivec4 room;                       // x: surroundings (0 studio, 1 uniform); y: 1 where ambient occlusion is drawn; w: shadow maps.
};

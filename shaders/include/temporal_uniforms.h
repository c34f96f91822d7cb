// Read by GLSL and, through temporal/temporal_upscaler.cpp, by C++: what the passes of the temporal upscaler know. std140.
// "Input" is what was drawn, "output" the finished picture; pixels of either as said.
struct TemporalUniforms {
  vec4 inputSize;   // Width, height, and one over them.
  vec4 outputSize;
  vec4 jitter;      // xy: input pixels, of this frame: a thing at p was drawn at p + jitter; z: output pixels for one input pixel.
  vec4 depth;       // View distance of a stored depth d is (x d + y) / (z d + w).
  vec4 light;       // x: exposure; z: sharpness; w: 1 where there is a history.
  vec4 weights;     // Samples a history counts for at most, x: at rest, y: on the move; z: what a lock loses in a frame; w: pixels' sizes in front that make another surface.
  vec4 background;  // rgb: what is seen where nothing is; w: a pixel's size at distance 1 (negative: the size at any distance).
};

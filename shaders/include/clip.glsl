// SPDX-License-Identifier: Apache-2.0
// Where a ray runs through what the clip planes keep. Needs stage.glsl.
#ifndef AULA_CLIP
#define AULA_CLIP

struct ClipSpan {
  float enter, leave;  // In multiples of the direction.
  int plane;           // Through which it enters; -1: it starts inside.
};

ClipSpan clipSpan(vec3 origin, vec3 direction) {
  ClipSpan span = ClipSpan(-1e30, 1e30, -1);
  for (int i = 0; i < stage.counts.x; ++i) {
    float height = dot(stage.clips[i].xyz, origin) + stage.clips[i].w;
    float rise = dot(stage.clips[i].xyz, direction);
    if (abs(rise) < 1e-9) {
      if (height < 0.0) span.leave = -1e30;
      continue;
    }
    float at = -height / rise;
    if (rise > 0.0) {
      if (at > span.enter) {
        span.enter = at;
        span.plane = i;
      }
    } else {
      span.leave = min(span.leave, at);
    }
  }
  return span;
}
#endif

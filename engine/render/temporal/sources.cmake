target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/dynamic_resolution.cpp
  ${CMAKE_CURRENT_LIST_DIR}/jitter.cpp
  ${CMAKE_CURRENT_LIST_DIR}/temporal_upscaler.cpp)

target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/frame_images.cpp
  ${CMAKE_CURRENT_LIST_DIR}/materials.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mesh_views.cpp
  ${CMAKE_CURRENT_LIST_DIR}/passes.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sample_pattern.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stage_camera.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stage_space.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stage_uniforms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/targets.cpp)

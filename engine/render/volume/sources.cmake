target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/brick_map.cpp
  ${CMAKE_CURRENT_LIST_DIR}/slice_stage_pass.cpp
  ${CMAKE_CURRENT_LIST_DIR}/transfer_function.cpp
  ${CMAKE_CURRENT_LIST_DIR}/volume_pass.cpp
  ${CMAKE_CURRENT_LIST_DIR}/volume_texture.cpp)

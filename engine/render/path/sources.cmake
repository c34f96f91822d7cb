target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/acceleration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/environment_table.cpp
  ${CMAKE_CURRENT_LIST_DIR}/facet_table.cpp
  ${CMAKE_CURRENT_LIST_DIR}/path_line.cpp
  ${CMAKE_CURRENT_LIST_DIR}/path_scene.cpp
  ${CMAKE_CURRENT_LIST_DIR}/path_tracer.cpp
  ${CMAKE_CURRENT_LIST_DIR}/path_volume.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ray_pipeline.cpp)

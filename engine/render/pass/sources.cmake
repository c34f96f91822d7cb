target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/mesh_store.cpp
  ${CMAKE_CURRENT_LIST_DIR}/surface.cpp
  ${CMAKE_CURRENT_LIST_DIR}/surface_instances.cpp
  ${CMAKE_CURRENT_LIST_DIR}/texture_store.cpp)

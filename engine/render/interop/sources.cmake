target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/exported.cpp
  ${CMAKE_CURRENT_LIST_DIR}/shared_pool.cpp)

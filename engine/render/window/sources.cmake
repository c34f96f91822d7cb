target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/presenter.cpp)

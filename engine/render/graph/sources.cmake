target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/aliasing.cpp
  ${CMAKE_CURRENT_LIST_DIR}/compile.cpp
  ${CMAKE_CURRENT_LIST_DIR}/frame_graph.cpp
  ${CMAKE_CURRENT_LIST_DIR}/nodes.cpp
  ${CMAKE_CURRENT_LIST_DIR}/picture.cpp
  ${CMAKE_CURRENT_LIST_DIR}/timing.cpp
  ${CMAKE_CURRENT_LIST_DIR}/transients.cpp
  ${CMAKE_CURRENT_LIST_DIR}/usage.cpp)

target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/develop.cpp
  ${CMAKE_CURRENT_LIST_DIR}/full_pass.cpp
  ${CMAKE_CURRENT_LIST_DIR}/lamps.cpp
  ${CMAKE_CURRENT_LIST_DIR}/lighting.cpp
  ${CMAKE_CURRENT_LIST_DIR}/occlusion.cpp)

target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/device_arrays.cpp
  ${CMAKE_CURRENT_LIST_DIR}/hidden_balls.cpp
  ${CMAKE_CURRENT_LIST_DIR}/line_pass.cpp
  ${CMAKE_CURRENT_LIST_DIR}/line_pieces.cpp
  ${CMAKE_CURRENT_LIST_DIR}/particle_pass.cpp)

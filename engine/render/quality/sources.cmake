target_sources(aula_render PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/flip.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plane.cpp
  ${CMAKE_CURRENT_LIST_DIR}/psnr_ssim.cpp)

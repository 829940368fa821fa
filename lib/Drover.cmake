# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT

# Flags of every target of the project.
add_library(drover_flags INTERFACE)
target_compile_definitions(drover_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT
    QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_MESSAGELOGCONTEXT)
target_include_directories(drover_flags INTERFACE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/worker)
if(MSVC)
    target_compile_options(drover_flags INTERFACE /W4 $<$<BOOL:${DROVER_WERROR}>:/WX>)
else()
    target_compile_options(drover_flags INTERFACE -Wall -Wextra -Wnon-virtual-dtor -Woverloaded-virtual
        $<$<BOOL:${DROVER_WERROR}>:-Werror>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC 12 sees members of variants that are not there
        target_compile_options(drover_flags INTERFACE -Winvalid-pch -fpch-preprocess -Wno-maybe-uninitialized)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        target_compile_options(drover_flags INTERFACE -fcoroutines-ts -Wno-deprecated-experimental-coroutine)
    endif()
endif()
if(DROVER_SANITIZE)
    target_compile_options(drover_flags INTERFACE -fsanitize=${DROVER_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(drover_flags INTERFACE -fsanitize=${DROVER_SANITIZE})
endif()
if(DROVER_SANITIZE MATCHES "thread")
    # tells the sanitizer what Qt's hand-overs between threads mean
    add_library(drover_happensbefore SHARED ${PROJECT_SOURCE_DIR}/tests/testing/happensbefore_tsan.cpp)
    set_target_properties(drover_happensbefore PROPERTIES AUTOMOC OFF)
    target_compile_options(drover_happensbefore PRIVATE -fsanitize=${DROVER_SANITIZE})
    target_link_options(drover_happensbefore PRIVATE -fsanitize=${DROVER_SANITIZE})
    target_link_libraries(drover_happensbefore PRIVATE Qt6::Core ${CMAKE_DL_LIBS})
    target_link_libraries(drover_flags INTERFACE -Wl,--no-as-needed drover_happensbefore)
endif()

# A compiler cache, where there is one; it must be told that precompiled headers may be reused.
find_program(DROVER_CCACHE ccache)
if(DROVER_CCACHE AND NOT MSVC)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${DROVER_CCACHE})
endif()

if(WIN32)
    set(DROVER_SYSTEM win)
elseif(APPLE)
    set(DROVER_SYSTEM mac)
else()
    set(DROVER_SYSTEM linux)
endif()

# drover_precompile(<target>): the headers of lib/precompiled.h, compiled once and used by all targets.
# Programs are compiled as position independent as libraries are, or they could not share them.
if(CMAKE_CXX_COMPILE_OPTIONS_PIE)
    set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})
endif()
file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "")
add_library(drover_precompiled STATIC ${PROJECT_BINARY_DIR}/precompiled.cpp)
set_target_properties(drover_precompiled PROPERTIES AUTOMOC OFF CXX_CLANG_TIDY "")
target_link_libraries(drover_precompiled PRIVATE drover_flags Qt6::Core)
target_precompile_headers(drover_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/lib/precompiled.h)
function(drover_precompile target)
    target_precompile_headers(${target} REUSE_FROM drover_precompiled)
endfunction()

# drover_add_room(<name> SOURCES ... [PLATFORM <stem>...] LIBRARIES ...)
# A room is one folder: a static library drover_<name>. PLATFORM stems become <stem>_linux.cpp, _mac.cpp or _win.cpp, or
# <stem>_posix.cpp for the first two.
# LIBRARIES are the rooms it may include (DESIGN: the direction of includes) and what else it links.
function(drover_add_room name)
    cmake_parse_arguments(room "" "" "SOURCES;PLATFORM;LIBRARIES" ${ARGN})
    foreach(stem ${room_PLATFORM})
        if(NOT WIN32 AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${stem}_posix.cpp)
            list(APPEND room_SOURCES ${stem}_posix.cpp)
        else()
            list(APPEND room_SOURCES ${stem}_${DROVER_SYSTEM}.cpp)
        endif()
    endforeach()
    add_library(drover_${name} STATIC ${room_SOURCES})
    target_link_libraries(drover_${name} PUBLIC drover_flags ${room_LIBRARIES})
    drover_precompile(drover_${name})
endfunction()

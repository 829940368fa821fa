# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT

# What a shared library shows carries a macro of support/export.h; everything else stays inside.
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

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
if(DROVER_UNITY)
    # types of an anonymous namespace as members: of one file, which is included in another one here
    target_compile_options(drover_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(DROVER_SANITIZE)
    target_compile_options(drover_flags INTERFACE -fsanitize=${DROVER_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(drover_flags INTERFACE -fsanitize=${DROVER_SANITIZE})
endif()
if(DROVER_SANITIZE MATCHES "thread")
    # tells the sanitizer what Qt's hand-overs between threads mean
    add_library(drover_happensbefore SHARED ${PROJECT_SOURCE_DIR}/tests/testing/happensbefore_tsan.cpp)
    set_target_properties(drover_happensbefore PROPERTIES AUTOMOC OFF CXX_VISIBILITY_PRESET default)
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

# drover_add_room(<name> SOURCES ... [PUBLIC ...] [PLATFORM <stem>...] LIBRARIES ...)
# A room is one folder: a static library drover_<name>. PUBLIC headers are installed. PLATFORM stems become <stem>_linux.cpp,
# _mac.cpp or _win.cpp, or <stem>_posix.cpp for the first two.
# LIBRARIES are the rooms it may include (DESIGN: the direction of includes) and what else it links.
function(drover_add_room name)
    cmake_parse_arguments(room "" "" "SOURCES;PUBLIC;PLATFORM;LIBRARIES" ${ARGN})
    foreach(stem ${room_PLATFORM})
        if(NOT WIN32 AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${stem}_posix.cpp)
            list(APPEND room_SOURCES ${stem}_posix.cpp)
        else()
            list(APPEND room_SOURCES ${stem}_${DROVER_SYSTEM}.cpp)
        endif()
    endforeach()
    add_library(drover_${name} STATIC ${room_SOURCES} ${room_PUBLIC})
    target_link_libraries(drover_${name} PUBLIC drover_flags ${room_LIBRARIES})
    set_target_properties(drover_${name} PROPERTIES DROVER_PUBLIC "${room_PUBLIC}"
        UNITY_BUILD ${DROVER_UNITY} UNITY_BUILD_BATCH_SIZE 8)
    drover_precompile(drover_${name})
endfunction()

# drover_add_library(<name> ROOMS <room>... [PUBLIC ...] [PRIVATE ...]): the shared library libdrover-<name> of the objects of
# its rooms, as Drover::<Name>. What applications, plugins and programs link, so that a process has each piece of code once.
# PUBLIC is what its installed headers need, PRIVATE what its code needs besides.
function(drover_add_library name)
    cmake_parse_arguments(library "" "" "ROOMS;PUBLIC;PRIVATE" ${ARGN})
    string(TOUPPER ${name} upper)
    string(SUBSTRING ${upper} 0 1 first)
    string(SUBSTRING ${name} 1 -1 tail)
    set(target drover-${name})
    add_library(${target} SHARED)
    add_library(Drover::${first}${tail} ALIAS ${target})
    foreach(room ${library_ROOMS})
        target_sources(${target} PRIVATE $<TARGET_OBJECTS:drover_${room}>)
        # tests link the room itself and import nothing; no target may have the room and the library
        target_compile_definitions(drover_${room} PRIVATE DROVER_${upper}_LIBRARY
            INTERFACE $<$<NOT:$<BOOL:$<TARGET_PROPERTY:DROVER_LIBRARY>>>:DROVER_STATIC>)
        set_target_properties(drover_${room} PROPERTIES DROVER_LIBRARY ${target}
            INTERFACE_DROVER_LINKS_ROOMS ON COMPATIBLE_INTERFACE_BOOL DROVER_LINKS_ROOMS)
    endforeach()
    set_target_properties(${target} PROPERTIES
        AUTOMOC OFF
        LINKER_LANGUAGE CXX
        EXPORT_NAME ${first}${tail}
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
        DROVER_ROOMS "${library_ROOMS}"
        INTERFACE_DROVER_LINKS_ROOMS OFF
        COMPATIBLE_INTERFACE_BOOL DROVER_LINKS_ROOMS
        LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib
        INSTALL_RPATH $<IF:$<BOOL:${APPLE}>,@loader_path,$ORIGIN>)
    target_include_directories(${target} INTERFACE
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/lib>
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/worker>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/drover>)
    target_compile_features(${target} INTERFACE cxx_std_20)
    target_link_libraries(${target} PUBLIC ${library_PUBLIC} PRIVATE ${library_PRIVATE})
    if(DROVER_SANITIZE)
        target_link_options(${target} PRIVATE -fsanitize=${DROVER_SANITIZE})
    endif()
    if(UNIX AND NOT APPLE)
        set(map ${PROJECT_SOURCE_DIR}/packaging/exports.map)
        set_target_properties(${target} PROPERTIES LINK_DEPENDS ${map})
        target_link_options(${target} PRIVATE LINKER:--version-script=${map})
        if(NOT DROVER_SANITIZE)
            target_link_options(${target} PRIVATE LINKER:--no-undefined)
        endif()
    endif()
endfunction()

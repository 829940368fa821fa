# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT

# cmake -DCOMPILER=... -DFLAGS=file -DSOURCE=refused.cpp -P refused.cmake
# Compiles each mistake in SOURCE and looks for what the compiler must say about it.
file(READ ${SOURCE} source)
file(READ ${FLAGS} flags)
separate_arguments(flags UNIX_COMMAND "${flags}")

function(compile defines error)
    execute_process(COMMAND ${COMPILER} ${flags} ${defines} -fsyntax-only -w ${SOURCE}
        ERROR_VARIABLE said RESULT_VARIABLE result OUTPUT_QUIET)
    set(${error} "${said}" PARENT_SCOPE)
    set(result ${result} PARENT_SCOPE)
endfunction()

compile("" said)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "The file without any mistake does not compile:\n${said}")
endif()

string(REGEX MATCHALL "defined\\(REFUSE_[A-Z_]+\\)\n    // says: [^\n]+" cases "${source}")
list(LENGTH cases count)
if(count LESS 15)
    message(FATAL_ERROR "Only ${count} mistakes were found in ${SOURCE}")
endif()
foreach(case IN LISTS cases)
    string(REGEX REPLACE "^defined\\((REFUSE_[A-Z_]+)\\).*says: ([^\n]+)$" "\\1;\\2" parts "${case}")
    list(GET parts 0 define)
    list(GET parts 1 expected)
    compile(-D${define} said)
    string(FIND "${said}" "${expected}" at)
    if(result EQUAL 0)
        message(SEND_ERROR "${define} compiles")
    elseif(at EQUAL -1)
        message(SEND_ERROR "${define}: the compiler does not say \"${expected}\":\n${said}")
    else()
        message(STATUS "${define} is refused")
    endif()
endforeach()

# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Compiler flags for everything of ours, as one target that each library and program links.
add_library(foliot_options INTERFACE)
target_include_directories(foliot_options INTERFACE ${CMAKE_SOURCE_DIR}/shared)
target_compile_options(foliot_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Wimplicit-fallthrough -Wswitch-enum -fstack-protector-strong
    -Wno-missing-field-initializers) # a designated initializer names what differs from the default
if(FOLIOT_WERROR)
    target_compile_options(foliot_options INTERFACE -Werror)
endif()

if(FOLIOT_SANITIZE)
    target_compile_options(foliot_options INTERFACE
        -fsanitize=${FOLIOT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
    target_link_options(foliot_options INTERFACE -fsanitize=${FOLIOT_SANITIZE})
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_definitions(foliot_options INTERFACE _FORTIFY_SOURCE=3)
endif()

# Out-of-range indexes end the program, in release builds too.
target_compile_definitions(foliot_options INTERFACE _GLIBCXX_ASSERTIONS)

# Fuzz targets see which branches of everything they call were taken.
if(FOLIOT_FUZZ)
    target_compile_options(foliot_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# For code that reads octets from outside: no raw pointer arithmetic.
add_library(foliot_safe_buffers INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(foliot_safe_buffers INTERFACE
        -Werror=unsafe-buffer-usage -Wno-unsafe-buffer-usage-in-container)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 20)
        target_compile_options(foliot_safe_buffers INTERFACE -Wno-unsafe-buffer-usage-in-libc-call)
    endif()
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)

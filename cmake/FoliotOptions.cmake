# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Compiler flags for everything of ours, as one target that each library and program links; and without sanitizers, for
# what is loaded into programs of others.
add_library(foliot_plain_options INTERFACE)
add_library(foliot_options INTERFACE)
target_link_libraries(foliot_options INTERFACE foliot_plain_options)
target_include_directories(foliot_plain_options INTERFACE ${CMAKE_SOURCE_DIR}/shared)
target_compile_options(foliot_plain_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Wimplicit-fallthrough -Wswitch-enum -fstack-protector-strong
    -Wno-missing-field-initializers) # a designated initializer names what differs from the default
if(FOLIOT_WERROR)
    target_compile_options(foliot_plain_options INTERFACE -Werror)
endif()

if(FOLIOT_SANITIZE)
    target_compile_options(foliot_options INTERFACE
        -fsanitize=${FOLIOT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
    target_link_options(foliot_options INTERFACE -fsanitize=${FOLIOT_SANITIZE})
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_definitions(foliot_options INTERFACE _FORTIFY_SOURCE=3)
endif()

# Out-of-range indexes end the program, in release builds too.
target_compile_definitions(foliot_plain_options INTERFACE _GLIBCXX_ASSERTIONS)

# For the folders that have the standard library alone, in addition.
add_library(foliot_core_options INTERFACE)
if(FOLIOT_SANITIZE)
    # They compute much. All the others compile in half the time without, and run as fast.
    target_compile_options(foliot_core_options INTERFACE -O1)
endif()
if(FOLIOT_FUZZ)
    # Fuzz targets see which branches of what they call were taken.
    target_compile_options(foliot_core_options INTERFACE -fsanitize=fuzzer-no-link)
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

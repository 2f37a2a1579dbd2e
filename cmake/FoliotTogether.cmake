# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# With FOLIOT_TOGETHER a library's sources are compiled as one: the headers that they share are then parsed once, which is
# most of the work. The builds with sanitizers, made anew more often than changed, are built so; the others are not, so
# that each source is seen to include what it uses.
set(CMAKE_UNITY_BUILD ${FOLIOT_TOGETHER})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 0)
if(FOLIOT_TOGETHER)
    target_compile_options(foliot_plain_options INTERFACE -Wno-shadow) # of what is local to another source
endif()

# foliot_apart(SOURCE...): compiled alone all the same, because a name that is local to it is local to another, too.
function(foliot_apart)
    set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

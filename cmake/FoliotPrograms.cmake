# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# foliot_programs_of(FOLDER RESULT): the targets of a folder and of those below it that are built by default.
function(foliot_programs_of folder result)
    get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
    get_property(below DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
    set(found)
    foreach(target IN LISTS targets)
        get_target_property(type ${target} TYPE)
        if(type MATCHES "EXECUTABLE|LIBRARY" AND NOT type STREQUAL "INTERFACE_LIBRARY")
            list(APPEND found ${target})
        endif()
    endforeach()
    foreach(subfolder IN LISTS below)
        foliot_programs_of(${subfolder} more)
        list(APPEND found ${more})
    endforeach()
    set(${result} ${found} PARENT_SCOPE)
endfunction()

# "programs": everything but the tests, for those who only want to run it.
function(foliot_add_programs_target)
    add_custom_target(programs)
    foreach(folder IN LISTS ARGN)
        if(NOT folder STREQUAL "tests")
            foliot_programs_of(${CMAKE_SOURCE_DIR}/${folder} found)
            foreach(target IN LISTS found)
                add_dependencies(programs ${target})
            endforeach()
        endif()
    endforeach()
endfunction()

# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Headers of the standard library and of Qt, parsed once for all targets that are compiled alike: two thirds of the time a
# source takes go into them. No source relies on them: each includes what it uses, and
# builds the same with FOLIOT_PCH=OFF. tests/tree checks that no folder gets one that ARCHITECTURE.md's table keeps from it.
option(FOLIOT_PCH "Precompile headers of the standard library and of Qt" ON)

# Objects of programs then fit the same precompiled header as those of libraries.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Not the header as text once more, as CMake has it: not every member of a family finds all that it names.
    set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -Xclang -include-pch -Xclang <PCH_FILE>)
    # The same each time it is made, so that ccache knows what was compiled with it.
    list(APPEND CMAKE_CXX_COMPILE_OPTIONS_CREATE_PCH -Xclang -fno-pch-timestamp)
endif()

# foliot_family(NAME [LIBRARIES target...] [MODULES target...] HEADERS header...)
# LIBRARIES are what every member of the family links. Of MODULES, only where their headers are is known: their
# definitions would have to be those of every member.
function(foliot_family name)
    cmake_parse_arguments(arg "" "" "LIBRARIES;MODULES;HEADERS" ${ARGN})
    set(family foliot_family_${name})
    set(source ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "// What counts is the header.\n")
    add_library(${family} OBJECT ${source})
    target_link_libraries(${family} PRIVATE foliot_options ${arg_LIBRARIES})
    foreach(module IN LISTS arg_MODULES)
        target_include_directories(${family} SYSTEM PRIVATE
            $<TARGET_PROPERTY:${module},INTERFACE_INCLUDE_DIRECTORIES>)
    endforeach()
    list(TRANSFORM arg_HEADERS REPLACE ".+" "<\\0>")
    target_precompile_headers(${family} PRIVATE ${arg_HEADERS})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        # Clang's names the folder it was made in: ccache must not bring it to another.
        set_target_properties(${family} PROPERTIES CXX_COMPILER_LAUNCHER "")
    endif()
endfunction()

# foliot_belongs(FAMILY TARGET...): those of the targets that are built
function(foliot_belongs family)
    foreach(target IN LISTS ARGN)
        if(TARGET foliot_family_${family} AND TARGET ${target})
            target_precompile_headers(${target} REUSE_FROM foliot_family_${family})
        endif()
        if(family STREQUAL "std" AND TARGET ${target})
            target_link_libraries(${target} PRIVATE foliot_core_options)
        endif()
    endforeach()
endfunction()

# foliot_folders_belong(FAMILY FOLDER...): all targets of those folders that are built
function(foliot_folders_belong family)
    foreach(folder IN LISTS ARGN)
        if(folder IN_LIST folders)
            foliot_programs_of(${CMAKE_SOURCE_DIR}/${folder} targets)
            foliot_belongs(${family} ${targets})
        endif()
    endforeach()
endfunction()

set(stdHeaders
    algorithm array cassert chrono cmath compare cstddef cstdint expected format limits map memory numeric optional
    span string string_view tuple utility variant vector)
set(qtHeaders ${stdHeaders} functional
    QByteArray QCoreApplication QDateTime QDir QFile QHash QList QLoggingCategory QMap QObject QPointer QSocketNotifier
    QString QStringList QTimer QVariantMap
    QDBusArgument QDBusConnection QDBusMessage QDBusMetaType QDBusPendingCallWatcher QDBusPendingReply)
set(windowHeaders ${qtHeaders}
    QAction QApplication QBoxLayout QEvent QIcon QLabel QMenu QPainter QPalette QPushButton QToolButton QWidget)

if(FOLIOT_PCH)
    foliot_family(std LIBRARIES foliot_core_options HEADERS ${stdHeaders})
    foliot_family(qt LIBRARIES Qt6::Core MODULES Qt6::DBus HEADERS ${qtHeaders})
    if(FOLIOT_GUI)
        find_package(Qt6 6.8 REQUIRED COMPONENTS Widgets)
        foliot_family(window LIBRARIES Qt6::Widgets Qt6::DBus HEADERS ${windowHeaders})
    endif()
endif()

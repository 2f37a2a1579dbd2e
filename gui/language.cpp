// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/language.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace foliot::gui {

Language::Language()
{
    const QLocale wanted;
    // English is written in the source, except for its plurals.
    if (m_texts.load(wanted, QStringLiteral("foliot"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        m_texts.load(QStringLiteral(":/i18n/foliot_en.qm")))
        QCoreApplication::installTranslator(&m_texts);
    // The languages that somebody wants may be several, and what we have need not be the first of them.
    const QLocale spoken(m_texts.language());
    if (m_qtTexts.load(
            spoken, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTexts);
    if (wanted.language() != spoken.language() && wanted.language() != QLocale::C)
        QLocale::setDefault(QLocale(spoken.language(), wanted.territory()));
    // Not by qGuiApp, which takes any application for one with windows.
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        QGuiApplication::setLayoutDirection(spoken.textDirection());
}

} // namespace foliot::gui

// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The language of the window, for as long as this is there: that of the locale where there is a translation, or else English
// as a whole. Qt has texts in more languages than we do, and follows the script of its own: a window that is half of each,
// and mirrored, would be neither.

#include <QTranslator>

namespace foliot::gui {

class Language {
public:
    // For QLocale(), which it changes to a locale of English in the same country where it has no translation. An application
    // has to be there, and no window yet.
    Language();

private:
    QTranslator m_texts;
    QTranslator m_qtTexts; // of buttons and standard dialogs
};

} // namespace foliot::gui

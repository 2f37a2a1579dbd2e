// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// All about one source, live, beside the window. A list of labels and values: one stop of the Tab key, read line by line
// by a screen reader, copied as text.

#include "gui/source_details.h"

#include <QDialog>

class QLabel;
class QTreeWidget;

namespace foliot::gui {

class ClockWatch;
class ElidedLabel;
class GlyphSign;

class SourceDetailsDialog : public QDialog {
    Q_OBJECT

public:
    explicit SourceDetailsDialog(ClockWatch& watch, QWidget* parent = nullptr);

    // By the id on the bus. The dialog stays with it, also when it goes and comes again.
    void setSource(quint32 id);

    // What is shown as text: a label, a tab and a value a line.
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void display(const bus::SourceData& source);
    void displayAbsence();
    void rebuild(const QList<DetailSection>& sections);
    void applyFonts();

    ClockWatch& m_watch;
    quint32 m_id = 0;
    GlyphSign* m_sign;
    ElidedLabel* m_name;
    QLabel* m_verdict;
    QTreeWidget* m_list;
    QList<DetailSection> m_sections; // as shown
};

} // namespace foliot::gui

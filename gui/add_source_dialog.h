// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks for a source to add. Checks while typing; the daemon has the last word.

#include "gui/server_address.h"

#include <QDialog>
#include <QVariantMap>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace foliot::gui {

// What was typed, kept so that it can be offered again when the daemon refused it.
struct SourceRequest {
    QString address;
    int port = bus::ntpPort;
    bool isAuthenticated = false; // by Network Time Security
    bool isPool = false;
    bool isInterleaved = false;
    bool burst = true;
    bool keep = true;

    // For AddSource.
    [[nodiscard]] QVariantMap options() const;
    friend bool operator==(const SourceRequest&, const SourceRequest&) = default;
};

class AddSourceDialog : public QDialog {
    Q_OBJECT

public:
    explicit AddSourceDialog(const SourceRequest& start, QWidget* parent = nullptr);

    // What stands in the fields.
    [[nodiscard]] SourceRequest request() const;
    // What AddSource takes as address; empty while the fields are wrong.
    [[nodiscard]] QString serverText() const;

private:
    // What is wrong, for a person; empty when nothing was typed yet.
    static QString problemText(AddressError error);
    void check();
    void useUsualPort(bool isAuthenticated);

    QLineEdit* m_address;
    QLabel* m_problem;
    QSpinBox* m_port;
    QCheckBox* m_authenticated;
    QCheckBox* m_pool;
    QCheckBox* m_interleaved;
    QCheckBox* m_burst;
    QCheckBox* m_keep;
    QPushButton* m_add;
};

} // namespace foliot::gui

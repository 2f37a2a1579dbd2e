// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace foliot::tree {

struct Outcome {
    int status = -1;
    QString output;
    QString errors;
};

// The base of the scripts' tests: the pieces in scripts/lib, each asked for what it does in a shell of its own with an
// empty cache.
class ScriptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

protected:
    [[nodiscard]] Outcome shell(const QString& commands, const QString& before = {}) const;
    void write(const QString& name, const QByteArray& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace foliot::tree

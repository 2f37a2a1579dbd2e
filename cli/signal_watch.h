// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Signals of the system as a signal of Qt.

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <initializer_list>
#include <memory>

namespace foliot::cli {

class SignalWatch : public QObject {
    Q_OBJECT
public:
    // One at a time in a process. The signals have their default effect again when it ends.
    explicit SignalWatch(std::initializer_list<int> numbers);
    ~SignalWatch() override;

Q_SIGNALS:
    void caught(int signal);

private:
    void drain();

    std::initializer_list<int>::size_type m_count = 0;
    std::array<int, 8> m_signals{};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace foliot::cli

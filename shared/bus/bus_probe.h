// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A bus that takes connections and says nothing, because it hangs or is not up yet. Opening a connection waits for its
// first answer without end, and with it everything in the thread; so it is looked at before.

#include "bus/connection.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace foliot::bus {

// Why a connection to this bus should not be opened now; a sentence. None when the bus answers within the patience, for
// which this thread waits, and when it cannot be looked at: what else is wrong, opening the connection says at once.
std::optional<QString> whyNotAnswering(
    const BusChoice& choice, std::chrono::milliseconds patience = std::chrono::milliseconds(2'000));

// The same without waiting, for those who have other things to do meanwhile.
class BusProbe : public QObject {
    Q_OBJECT
public:
    explicit BusProbe(QObject* parent = nullptr);
    ~BusProbe() override;

    // answered() follows from the event loop, within the patience. What was asked before is forgotten.
    void ask(const BusChoice& choice, std::chrono::milliseconds patience = std::chrono::milliseconds(2'000));
    void forget();

Q_SIGNALS:
    // As whyNotAnswering() says it.
    void answered(const std::optional<QString>& silence);

private:
    void finish(const std::optional<QString>& silence);

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_answer;
    QTimer m_patience;
    std::optional<QString> m_without; // what it is when no answer comes
};

} // namespace foliot::bus

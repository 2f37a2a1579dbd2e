// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A private system bus that starts the staged helper, with its shipped policy, action, rule and service file, the real
// polkit, and limits in folders of the test. The helper changes this machine's clock, but for steps: a preloaded library
// writes them down. What the kernel ran at before is put back at the end.

#include "support/private_bus.h"

#include <QDBusConnection>

#include <memory>
#include <optional>

#include <sys/timex.h>

namespace foliot::tests {

inline constexpr uint daemonId = 64'330;   // user foliot
inline constexpr uint strangerId = 64'331; // anybody
inline constexpr uint personId = 64'332;   // sits before the window

// How fast the kernel runs the clock now.
double kernelPpm();
// Equal but for the kernel's rounding, which happens twice.
bool isNear(double ppm, double other);

QByteArray contentOf(const QString& path);
bool isAlive(qint64 pid);

// Where the plugin lies for every user to read: the folder that it is built in may be root's alone.
QString pluginFolder();

class HelperBus {
public:
    // Why this user on this machine cannot have it, a sentence; empty when it works.
    static std::optional<QString> whyImpossible();

    // With KAuth's own policy, which lets everybody in, and the shipped one after it; or others.
    enum class Policy : quint8 { Shipped, OpenToAll };
    explicit HelperBus(Policy policy = Policy::Shipped);
    ~HelperBus();
    HelperBus(const HelperBus&) = delete;
    HelperBus& operator=(const HelperBus&) = delete;

    [[nodiscard]] bool start();

    // NAME=VALUE pairs: where a helper that is started here finds its limits.
    QStringList helperEnvironment() const;
    PrivateBus& bus() { return *m_bus; }
    // The shipped rule, and these. polkitd reads them within half a second.
    [[nodiscard]] bool setRules(const QStringList& rules);

    double basePpm() const { return m_basePpm; } // before anything was changed
    qint64 helperPid() const;                    // 0 when it does not run
    void startHelper() const;                    // as anybody on the bus may, and no more than that

    QString firstStepFile() const { return m_directory.filePath(QStringLiteral("run/first-step")); }
    QString stepsFile() const { return m_directory.filePath(QStringLiteral("state/steps")); }
    QByteArray stepsDone() const { return contentOf(m_directory.filePath(QStringLiteral("steps-done"))); }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<PrivateBus> m_bus;
    timex m_before{};
    double m_basePpm = 0.0;
};

} // namespace foliot::tests
